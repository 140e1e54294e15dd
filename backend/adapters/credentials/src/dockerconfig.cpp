#include "credentials/dockerconfig.h"

#include "helperprotocol.h"

#include <core/json.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <map>
#include <mutex>

namespace dockerauto::credentials {

using core::CallContext;
using core::ErrorCode;
using core::Result;
using ports::RegistryCredentials;
using Found = std::optional<RegistryCredentials>;

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kept{60};
constexpr qint64 maxSize = 1024 * 1024;
const QString fromEnvironment = QStringLiteral("DOCKER_AUTH_CONFIG");

core::Failure unusable(const QString &where, const QString &why)
{
    return core::fail(ErrorCode::Corrupt,
        QStringLiteral("Docker's credentials in %1 cannot be used: %2. Correct it or take it away.")
            .arg(where, why));
}

QString configPath(const QProcessEnvironment &environment)
{
    QString folder = environment.value(QStringLiteral("DOCKER_CONFIG"));
    if (folder.isEmpty()) {
        folder = environment.value(QStringLiteral("HOME"), QDir::homePath()) + QStringLiteral("/.docker");
    }
    return folder + QStringLiteral("/config.json");
}

/// Of DOCKER_AUTH_CONFIG only `auth` counts, and only an entry that has it.
QByteArray reduced(const core::Json &config)
{
    core::Json auths = core::Json::object();
    if (const core::Json &all = core::memberOf(config, "auths"); all.is_object()) {
        for (const auto &[name, entry] : all.items()) {
            if (entry.is_object() && entry.contains("auth")) {
                auths[name] = {{"auth", entry["auth"]}};
            }
        }
    }
    return QByteArray::fromStdString(core::writeJson({{"auths", auths}}));
}

/// What tells one version of the file from another.
struct FileState
{
    bool exists = false;
    QDateTime modified;
    qint64 size = 0;

    friend bool operator==(const FileState &, const FileState &) = default;
};

} // namespace

class DockerConfig::Private
{
public:
    Private(const QProcessEnvironment &environment, HelperRunner helperRunner)
        : path(configPath(environment))
        , variable(environment.value(fromEnvironment).toUtf8())
        , helpers(std::move(helperRunner))
    {
    }

    Result<Found> findInVariable(const QString &registry, const CallContext &context) const;
    /// The text of the file, empty when there is none. Forgets what helpers said when it is another one.
    Result<QByteArray> readFile();
    Result<HelperAnswer> askHelper(const QString &name, const QString &server, const CallContext &context);

    const QString path;
    const QByteArray variable;
    const HelperRunner helpers;

private:
    struct KeptAnswer
    {
        core::Secret output;
        int exitCode = 0;
        SteadyClock::time_point until;
    };

    std::mutex m_mutex;
    std::optional<FileState> m_state;
    core::Secret m_text;
    std::map<std::pair<QString, QString>, KeptAnswer> m_answers;
};

Result<Found> DockerConfig::Private::findInVariable(const QString &registry, const CallContext &context) const
{
    if (variable.trimmed().isEmpty()) {
        return Found();
    }
    const auto json = core::parsePeerJson({variable.constData(), static_cast<std::size_t>(variable.size())});
    if (!json || !json->is_object()) {
        return unusable(fromEnvironment, QStringLiteral("it is not a JSON object"));
    }
    auto found = credentialsFromConfig(reduced(*json), registry, {}, context);
    if (!found) {
        return unusable(fromEnvironment, found.error().message);
    }
    if (*found) {
        (*found)->source = fromEnvironment;
    }
    return found;
}

Result<QByteArray> DockerConfig::Private::readFile()
{
    const QFileInfo info(path);
    const FileState state{info.exists(), info.lastModified(), info.size()};
    const std::scoped_lock lock(m_mutex);
    if (m_state == state) {
        return m_text.reveal();
    }
    QByteArray text;
    if (state.exists) {
        QFile file(path);
        if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
            return core::fail(ErrorCode::Unavailable,
                QStringLiteral("The file %1 cannot be read. Let the user that runs this program read it.")
                    .arg(path));
        }
        text = file.read(maxSize + 1);
        if (text.size() > maxSize) {
            return core::fail(
                ErrorCode::Corrupt, QStringLiteral("The file %1 is larger than 1 MiB").arg(path));
        }
    }
    m_state = state;
    m_text = core::Secret(text);
    m_answers.clear();
    return text;
}

Result<HelperAnswer> DockerConfig::Private::askHelper(
    const QString &name, const QString &server, const CallContext &context)
{
    const std::pair key(name, server);
    const auto now = SteadyClock::now();
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_answers.find(key);
        if (known != m_answers.end() && known->second.until > now) {
            return HelperAnswer{known->second.output.reveal(), known->second.exitCode};
        }
    }
    DOCKERAUTO_TRY_ASSIGN(answer, helpers(name, server, context));
    // A helper that failed is asked again, so that a repaired one works at once.
    if (answer.exitCode == 0 || saysNotFound(answer.output)) {
        const std::scoped_lock lock(m_mutex);
        m_answers.insert_or_assign(key, KeptAnswer{core::Secret(answer.output), answer.exitCode, now + kept});
    }
    return answer;
}

DockerConfig::DockerConfig(const QProcessEnvironment &environment, HelperRunner helpers)
    : d(std::make_unique<Private>(environment, std::move(helpers)))
{
}

DockerConfig::~DockerConfig() = default;

Result<Found> DockerConfig::find(const QString &registry, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(preset, d->findInVariable(registry, context));
    if (preset) {
        return preset;
    }
    DOCKERAUTO_TRY_ASSIGN(text, d->readFile());
    QString source = QStringLiteral("config.json");
    const HelperRunner keeping = [&](const QString &name, const QString &server, const CallContext &call) {
        source = helperProgram(name);
        return d->askHelper(name, server, call);
    };
    auto found = credentialsFromConfig(text, registry, keeping, context);
    if (!found) {
        if (found.error().code == ErrorCode::Corrupt) {
            return unusable(d->path, found.error().message);
        }
        return found;
    }
    if (*found) {
        (*found)->source = source;
    }
    return found;
}

} // namespace dockerauto::credentials
