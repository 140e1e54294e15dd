#include "bootstrap/settings.h"

#include "bootstrap/settingsfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <vector>

namespace dockerauto::app {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

/// Takes a text into the settings; an empty answer, or what was expected.
using Take = QString (*)(const QString &text, Settings &settings);

/// One setting and its names in the three places.
struct Entry
{
    const char *fileKey;
    const char *variable;
    const char *option;
    const char *value;
    const char *help;
    Take take;
};

QString takeListen(const QString &text, Settings &settings)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const uint port = text.mid(colon + 1).toUInt(&isNumber);
    QString host = text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        host = host.mid(1, host.size() - 2);
    }
    if (host == QStringLiteral("localhost")) {
        host = QStringLiteral("127.0.0.1");
    }
    if (colon < 0 || !isNumber || port > 65535 || host.isEmpty()) {
        return QStringLiteral("an address and a port such as 127.0.0.1:8484");
    }
    settings.listenAddress = host;
    settings.listenPort = static_cast<quint16>(port);
    return {};
}

QString takeDatabase(const QString &text, Settings &settings)
{
    const QString prefix = QStringLiteral("sqlite://");
    if (!text.startsWith(prefix) || !text.mid(prefix.size()).startsWith(u'/')) {
        return QStringLiteral("sqlite:///path/to/file (PostgreSQL is not offered by this version)");
    }
    settings.database = text.mid(prefix.size());
    return {};
}

QString takeLevel(const QString &text, Settings &settings)
{
    static const std::array<std::pair<QString, core::LogLevel>, 4> levels{
        std::pair{QStringLiteral("debug"), core::LogLevel::Debug},
        std::pair{QStringLiteral("info"), core::LogLevel::Info},
        std::pair{QStringLiteral("warning"), core::LogLevel::Warning},
        std::pair{QStringLiteral("error"), core::LogLevel::Error}};
    for (const auto &[name, level] : levels) {
        if (name == text) {
            settings.logLevel = level;
            return {};
        }
    }
    return QStringLiteral("debug, info, warning or error");
}

QString takeFormat(const QString &text, Settings &settings)
{
    if (text != QStringLiteral("json") && text != QStringLiteral("text")) {
        return QStringLiteral("json or text");
    }
    settings.logFormat = text == QStringLiteral("json") ? core::LogFormat::JsonLines : core::LogFormat::Text;
    return {};
}

QString takePath(const QString &text, QString &target)
{
    if (text.isEmpty()) {
        return QStringLiteral("a path");
    }
    target = QDir::cleanPath(QDir::current().absoluteFilePath(text));
    return {};
}

template <class Number>
QString takeNumber(const QString &text, int least, int most, Number &target)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < least || number > most) {
        return QStringLiteral("a whole number from %1 to %2").arg(least).arg(most);
    }
    target = Number(number);
    return {};
}

constexpr int day = 86400;

const std::array<Entry, 14> &entries()
{
    static const std::array<Entry, 14> all{{
        {"server.listen", "DOCKER_AUTO_LISTEN", "listen", "HOST:PORT",
            "Where the API listens (127.0.0.1:8484)", takeListen},
        {"storage.data-dir", "DOCKER_AUTO_DATA_DIR", "data-dir", "DIR", "Where everything is kept",
            [](const QString &text, Settings &settings) { return takePath(text, settings.dataDir); }},
        {"storage.database", "DOCKER_AUTO_DATABASE", "database", "URL",
            "sqlite:///path (docker-auto.db in the data folder)", takeDatabase},
        {"storage.key-file", "DOCKER_AUTO_KEY_FILE", "key-file", "FILE",
            "The key that stored secrets are sealed with (secrets.key in the data folder)",
            [](const QString &text, Settings &settings) { return takePath(text, settings.keyFile); }},
        {"docker.host", "DOCKER_AUTO_DOCKER_HOST", "docker-host", "URL",
            "The Docker Engine (DOCKER_HOST, else unix:///var/run/docker.sock)",
            [](const QString &text, Settings &settings) {
                settings.dockerHost = text;
                return QString();
            }},
        {"log.level", "DOCKER_AUTO_LOG_LEVEL", "log-level", "LEVEL", "debug, info, warning or error (info)",
            takeLevel},
        {"log.format", "DOCKER_AUTO_LOG_FORMAT", "log-format", "FORMAT", "json or text (text)", takeFormat},
        {"checks.interval-seconds", "DOCKER_AUTO_CHECK_INTERVAL", "check-interval", "SECONDS",
            "How often registries are asked (21600); 0 for only when asked",
            [](const QString &text, Settings &settings) {
                return takeNumber(text, 0, 31 * day, settings.checkInterval);
            }},
        {"checks.first-after-seconds", "DOCKER_AUTO_FIRST_CHECK_AFTER", "first-check-after", "SECONDS",
            "When the first check comes after the start (15)",
            [](const QString &text, Settings &settings) {
                return takeNumber(text, 0, day, settings.firstCheckAfter);
            }},
        {"updates.stable-seconds", "DOCKER_AUTO_STABLE_SECONDS", "stable-seconds", "SECONDS",
            "How long a container without a health check must run (10)",
            [](const QString &text, Settings &settings) {
                return takeNumber(text, 1, 3600, settings.stableFor);
            }},
        {"updates.health-slack-seconds", "DOCKER_AUTO_HEALTH_SLACK_SECONDS", "health-slack-seconds",
            "SECONDS", "Added to the time that a health check gives (10)",
            [](const QString &text, Settings &settings) {
                return takeNumber(text, 0, 3600, settings.healthSlack);
            }},
        {"updates.parallel", "DOCKER_AUTO_PARALLEL_UPDATES", "parallel-updates", "NUMBER",
            "How many updates run at once (4)",
            [](const QString &text, Settings &settings) {
                return takeNumber(text, 1, 64, settings.parallelUpdates);
            }},
        {"admin.email", "DOCKER_AUTO_ADMIN_EMAIL", nullptr, nullptr, nullptr,
            [](const QString &text, Settings &settings) {
                settings.adminEmail = text;
                return QString();
            }},
        {"admin.password-file", "DOCKER_AUTO_ADMIN_PASSWORD_FILE", nullptr, nullptr, nullptr,
            [](const QString &text, Settings &settings) {
                return takePath(text, settings.adminPasswordFile);
            }},
    }};
    return all;
}

QString defaultDataDir()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/docker-auto");
}

/// The options of the command line as `name → value`, flags with an empty value.
Result<std::vector<std::pair<QString, QString>>> parseArguments(const QStringList &arguments)
{
    std::vector<std::pair<QString, QString>> options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        const QString name = argument.mid(2).section(u'=', 0, 0);
        const bool isFlag = name == QStringLiteral("server") || name == QStringLiteral("version") ||
                            name == QStringLiteral("help");
        const bool isKnown =
            name == QStringLiteral("config") || std::ranges::any_of(entries(), [&](const Entry &entry) {
                return entry.option && name == QLatin1String(entry.option);
            });
        if (!argument.startsWith(QStringLiteral("--")) || !(isFlag || isKnown)) {
            return fail(ErrorCode::InvalidArgument,
                QStringLiteral("“%1” is not an option. --help lists them.").arg(argument));
        }
        if (isFlag) {
            options.emplace_back(name, QString());
        } else if (argument.contains(u'=')) {
            options.emplace_back(name, argument.section(u'=', 1));
        } else if (i + 1 < arguments.size()) {
            options.emplace_back(name, arguments.at(++i));
        } else {
            return fail(ErrorCode::InvalidArgument, QStringLiteral("%1 needs a value").arg(argument));
        }
    }
    return options;
}

Result<> take(const Entry &entry, const QString &text, const QString &where, Settings &settings)
{
    const QString expected = entry.take(text, settings);
    if (!expected.isEmpty()) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("%1 is “%2”, but must be %3").arg(where, text.left(200), expected));
    }
    return {};
}

Result<> takeFile(const QString &path, Settings &settings)
{
    DOCKERAUTO_TRY_ASSIGN(values, readSettingsFile(path));
    for (const auto &[key, value] : values) {
        const auto entry = std::ranges::find_if(entries(),
            [&key = key](const Entry &candidate) { return key == QLatin1String(candidate.fileKey); });
        const QString where = QStringLiteral("%1:%2: “%3”").arg(path).arg(value.line).arg(key);
        if (entry == entries().end()) {
            return fail(ErrorCode::InvalidArgument, where % QStringLiteral(" is not a setting"));
        }
        DOCKERAUTO_TRY(take(*entry, value.text, where, settings));
    }
    return {};
}

} // namespace

QString Settings::databasePath() const
{
    return database.isEmpty() ? QString(dataDir % QStringLiteral("/docker-auto.db")) : database;
}

QString Settings::keyPath() const
{
    return keyFile.isEmpty() ? QString(dataDir % QStringLiteral("/secrets.key")) : keyFile;
}

Result<Settings> readSettings(const QStringList &arguments, const QProcessEnvironment &environment)
{
    Settings settings;
    settings.dataDir = defaultDataDir();
    DOCKERAUTO_TRY_ASSIGN(options, parseArguments(arguments));
    QString file = environment.value(QStringLiteral("DOCKER_AUTO_CONFIG"));
    for (const auto &[name, value] : options) {
        if (name == QStringLiteral("help")) {
            settings.mode = Settings::Mode::ShowHelp;
            return settings;
        }
        if (name == QStringLiteral("version")) {
            settings.mode = Settings::Mode::ShowVersion;
        } else if (name == QStringLiteral("server") && settings.mode == Settings::Mode::Desktop) {
            settings.mode = Settings::Mode::Server;
        } else if (name == QStringLiteral("config")) {
            file = value;
        }
    }
    if (file.isEmpty()) {
        const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                              QStringLiteral("/docker-auto/docker-auto.toml");
        file = QFileInfo::exists(usual) ? usual : QString();
    }
    if (!file.isEmpty()) {
        DOCKERAUTO_TRY(takeFile(file, settings));
    }
    for (const Entry &entry : entries()) {
        const QString variable = QString::fromLatin1(entry.variable);
        if (environment.contains(variable)) {
            DOCKERAUTO_TRY(take(
                entry, environment.value(variable), QStringLiteral("The variable ") % variable, settings));
        }
    }
    for (const auto &[name, value] : options) {
        for (const Entry &entry : entries()) {
            if (entry.option && name == QLatin1String(entry.option)) {
                DOCKERAUTO_TRY(take(entry, value, QStringLiteral("--") % name, settings));
            }
        }
    }
    return settings;
}

QString helpText()
{
    QString text = QStringLiteral(
        "Docker Auto keeps containers up to date without breaking them.\n\n"
        "  docker-auto            the desktop, with everything inside; opens no port\n"
        "  docker-auto --server   without windows, with the API\n\n"
        "Options, each also as a variable and in the settings file:\n\n"
        "  --config FILE                  settings file (DOCKER_AUTO_CONFIG; docker-auto.toml in the folder\n"
        "                                 for settings, ~/.config/docker-auto)\n");
    for (const Entry &entry : entries()) {
        if (entry.option) {
            const QString option =
                QStringLiteral("  --%1 %2").arg(QLatin1String(entry.option), QLatin1String(entry.value));
            text += option.leftJustified(33) + QString::fromUtf8(entry.help) + QStringLiteral("\n");
            text +=
                QString(33, u' ') +
                QStringLiteral("%1, %2\n").arg(QLatin1String(entry.variable), QLatin1String(entry.fileKey));
        }
    }
    text += QStringLiteral("  --version, --help\n\n"
                           "DOCKER_AUTO_ADMIN_EMAIL and DOCKER_AUTO_ADMIN_PASSWORD_FILE make the first "
                           "administrator of a server;\n"
                           "without them the log prints a one-time code for /api/v1/auth/setup.\n");
    return text;
}

} // namespace dockerauto::app
