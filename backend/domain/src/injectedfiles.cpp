#include "domain/injectedfiles.h"

#include "jsonfield.h"

#include <QDir>

#include <algorithm>
#include <set>
#include <string>

namespace dockerauto::domain {
namespace {

using namespace std::chrono_literals;
using core::Json;
using core::memberOf;
using core::Timestamp;

constexpr std::size_t maxPaths = 200;
constexpr qint64 maxBytes = 1024 * 1024;
/// Kind of a change: the path was there and is gone.
constexpr int deleted = 2;

bool isMadeByCompose(const Json &inspect)
{
    const Json &labels = memberOf(memberOf(inspect, "Config"), "Labels");
    return !memberOf(labels, "com.docker.compose.project").is_null();
}

/// Paths whose content is not in the container's own layer.
std::vector<QString> foreignPaths(const Json &inspect)
{
    std::vector<QString> paths{QStringLiteral("/proc"), QStringLiteral("/sys"), QStringLiteral("/dev"),
        QStringLiteral("/.dockerenv")};
    const auto add = [&paths](const QString &path) {
        if (!path.isEmpty()) {
            paths.push_back(QDir::cleanPath(path));
        }
    };
    const Json &host = memberOf(inspect, "HostConfig");
    for (const Json &mount : items(memberOf(inspect, "Mounts"))) {
        add(core::textOf(mount, "Destination"));
    }
    for (const Json &mount : items(memberOf(host, "Mounts"))) {
        add(core::textOf(mount, "Target"));
    }
    for (const auto &[path, options] : members(memberOf(host, "Tmpfs")).items()) {
        add(QString::fromStdString(path));
    }
    return paths;
}

bool isAtOrBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + QLatin1Char('/'));
}

std::optional<Timestamp> timeOf(const Json &object, const char *key)
{
    return core::fromEngineTime(core::textOf(object, key));
}

/// When compose could have put files there: it does so before it starts the container, after the engine has
/// made it or while it is stopped.
class QuietTimes
{
public:
    explicit QuietTimes(const Json &inspect)
        : m_created(timeOf(inspect, "Created"))
        , m_started(timeOf(memberOf(inspect, "State"), "StartedAt"))
        , m_restarted(timeOf(memberOf(inspect, "State"), "FinishedAt").has_value() ||
                      integer(inspect, "RestartCount") > 0)
    {
    }

    [[nodiscard]] bool neverStarted() const { return !m_started; }

    [[nodiscard]] bool contain(Timestamp time) const
    {
        // Compose writes whole seconds, the nearest; programs in the container write fractions.
        if (!m_started || time.time_since_epoch() % 1s != 0ms) {
            return false;
        }
        if (!m_created || time < *m_created - 1s) {
            return false;
        }
        const bool beforeStart = time <= *m_started + 500ms;
        const bool atCreation = time <= *m_created + 5s && (m_restarted || beforeStart);
        return atCreation || (time >= *m_started - 5s && beforeStart);
    }

private:
    std::optional<Timestamp> m_created;
    std::optional<Timestamp> m_started;
    bool m_restarted;
};

} // namespace

std::vector<QString> possiblyInjected(const Json &inspect, const Json &changes)
{
    if (!isMadeByCompose(inspect)) {
        return {};
    }
    const std::vector<QString> foreign = foreignPaths(inspect);
    std::vector<QString> paths;
    std::set<QString> folders;
    for (const Json &change : items(changes)) {
        const QString path = core::textOf(change, "Path");
        // Folders are listed for what has changed in them.
        folders.insert(path.section(u'/', 0, -2));
        const bool elsewhere = std::any_of(foreign.begin(), foreign.end(),
            [&path](const QString &folder) { return isAtOrBelow(path, folder); });
        if (!path.isEmpty() && !elsewhere && integer(change, "Kind") != deleted) {
            paths.push_back(path);
        }
    }
    std::erase_if(paths, [&folders](const QString &path) { return folders.count(path) > 0; });
    // Where compose puts them unless told otherwise comes first: /run/secrets, then the root.
    const auto rank = [](const QString &path) {
        return path.startsWith(QLatin1String("/run/secrets/")) ? 0 : path.count(u'/');
    };
    std::sort(paths.begin(), paths.end(), [&rank](const QString &a, const QString &b) {
        return std::pair(rank(a), a) < std::pair(rank(b), b);
    });
    if (paths.size() > maxPaths) {
        paths.resize(maxPaths);
    }
    return paths;
}

std::vector<QString> injectedFiles(const Json &inspect, const std::vector<ChangedPath> &paths)
{
    if (!isMadeByCompose(inspect)) {
        return {};
    }
    const QuietTimes quiet(inspect);
    std::vector<QString> files;
    for (const ChangedPath &changed : paths) {
        const bool putThere =
            quiet.neverStarted() || (changed.modifiedAt && quiet.contain(*changed.modifiedAt));
        if (changed.regularFile && changed.sizeBytes <= maxBytes && putThere) {
            files.push_back(changed.path);
        }
    }
    return files;
}

} // namespace dockerauto::domain
