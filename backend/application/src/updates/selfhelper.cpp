#include "selfhelper.h"

#include "names.h"
#include "texts.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;

namespace {

const auto socketScheme = QStringLiteral("unix://");
const auto usualSocket = QStringLiteral("/var/run/docker.sock");

/// /var/run is a link to /run, and both are written.
QString plainPath(const QString &path)
{
    return path.startsWith(QStringLiteral("/var/run/")) ? path.mid(4) : path;
}

/// The innermost mount of a container in which a path lies.
std::optional<Json> mountOf(const Json &inspect, const QString &path)
{
    std::optional<Json> found;
    qsizetype longest = 0;
    for (const Json &mount : memberOf(inspect, "Mounts")) {
        const QString place = plainPath(textOf(mount, "Destination"));
        const bool inside = plainPath(path) == place || plainPath(path).startsWith(place + u'/');
        if (!place.isEmpty() && inside && place.size() > longest) {
            found = mount;
            longest = place.size();
        }
    }
    return found;
}

/// The same thing in the same place of another container.
Json sameMount(const Json &mount)
{
    const bool isVolume = textOf(mount, "Type") == QStringLiteral("volume");
    return Json{{"Type", isVolume ? "volume" : "bind"},
        {"Source", textOf(mount, isVolume ? "Name" : "Source")}, {"Target", textOf(mount, "Destination")},
        {"ReadOnly", memberOf(mount, "RW") == false}};
}

bool hasTarget(const Json &mounts, const QString &target)
{
    return std::any_of(
        mounts.begin(), mounts.end(), [&](const Json &mount) { return textOf(mount, "Target") == target; });
}

void addMount(Json &mounts, const std::optional<Json> &mount)
{
    if (mount && !hasTarget(mounts, textOf(*mount, "Destination"))) {
        mounts.push_back(sameMount(*mount));
    }
}

/// The engine's socket in a proxy: where it usually is, else whatever socket is mounted.
std::optional<QString> socketIn(const Json &proxy)
{
    if (mountOf(proxy, usualSocket)) {
        return usualSocket;
    }
    for (const Json &mount : memberOf(proxy, "Mounts")) {
        if (const QString place = textOf(mount, "Destination"); place.endsWith(QStringLiteral(".sock"))) {
            return place;
        }
    }
    return std::nullopt;
}

/// What the program was given to reach the engine, and to start at all.
std::vector<QString> keptVariables(const Json &own)
{
    static const std::array<QString, 5> names{QStringLiteral("LD_LIBRARY_PATH"),
        QStringLiteral("QT_PLUGIN_PATH"), QStringLiteral("DOCKER_TLS_VERIFY"),
        QStringLiteral("DOCKER_CERT_PATH"), QStringLiteral("DOCKER_API_VERSION")};
    std::vector<QString> kept;
    for (const QString &variable : textsOf(memberOf(memberOf(own, "Config"), "Env"))) {
        if (std::ranges::find(names, variable.section(u'=', 0, 0)) != names.end()) {
            kept.push_back(variable);
        }
    }
    return kept;
}

/// The helper must be allowed what its model is: rights on the socket hang on them.
void copyRights(const Json &model, Json &host)
{
    for (const char *right : {"GroupAdd", "SecurityOpt", "UsernsMode", "CapAdd", "CapDrop", "Privileged"}) {
        if (const Json &given = memberOf(memberOf(model, "HostConfig"), right); !given.is_null()) {
            host[right] = given;
        }
    }
}

/// A proxy's user has a name in the proxy's image only; a number means the same in all.
QString userOf(const HelperNeeds &needs)
{
    if (needs.role == SelfUpdate::Role::Self) {
        return textOf(memberOf(needs.own, "Config"), "User");
    }
    const QString user = textOf(memberOf(needs.target, "Config"), "User");
    const bool isNumber = !user.isEmpty() && std::ranges::all_of(user, [](QChar character) {
        return character == u':' || (character >= u'0' && character <= u'9');
    });
    return isNumber ? user : QStringLiteral("0:0");
}

/// How the helper reaches the engine: the address, and what has to be mounted for it.
struct Way
{
    QString address;
    std::optional<Json> socket;
    bool needsNetwork = false;
};

Result<Way> wayToEngine(const HelperNeeds &needs)
{
    if (needs.role == SelfUpdate::Role::Proxy) {
        const auto socket = socketIn(needs.target);
        return socket ? Result<Way>(Way{socketScheme + *socket, mountOf(needs.target, *socket), false})
                      : fail(ErrorCode::Unsupported,
                            QStringLiteral(
                                "Docker Auto speaks to the engine through “%1”, which has no socket of "
                                "the engine that could be used while it is replaced. Update it by hand.")
                                .arg(textOf(needs.target, "Name").mid(1)));
    }
    if (!needs.engine.address.startsWith(socketScheme)) {
        return Way{needs.engine.address, std::nullopt, true};
    }
    const QString socket = needs.engine.address.mid(socketScheme.size());
    auto mount = mountOf(needs.own, socket);
    return mount
               ? Result<Way>(Way{needs.engine.address, std::move(mount), false})
               : fail(ErrorCode::Unsupported,
                     QStringLiteral("The engine's socket %1 is not mounted into this container, so a helper "
                                    "can't be given it either. Mount it, or update this program by hand.")
                         .arg(socket));
}

Json hostConfigOf(const HelperNeeds &needs, const Way &way)
{
    Json mounts = Json::array();
    addMount(mounts, way.socket);
    addMount(mounts, mountOf(needs.own, needs.executable));
    for (const QString &variable : keptVariables(needs.own)) {
        if (way.needsNetwork && variable.startsWith(QStringLiteral("DOCKER_CERT_PATH="))) {
            addMount(mounts, mountOf(needs.own, variable.section(u'=', 1)));
        }
    }
    // Else the engine would make a volume for each, which nobody would ever remove.
    for (const auto &[path, nothing] : memberOf(memberOf(needs.own, "Config"), "Volumes").items()) {
        if (!hasTarget(mounts, QString::fromStdString(path))) {
            mounts.push_back({{"Type", "tmpfs"}, {"Target", path}});
        }
    }
    // It is started again after a kill and after a restart of the host: the one to bring either of both up.
    Json host{{"RestartPolicy", {{"Name", "on-failure"}, {"MaximumRetryCount", 10}}},
        {"Mounts", std::move(mounts)}, {"Memory", 256 * 1024 * 1024}, {"PidsLimit", 64},
        {"ReadonlyRootfs", true}, {"NetworkMode", "none"}};
    if (way.needsNetwork) {
        host["NetworkMode"] = textOf(memberOf(needs.own, "HostConfig"), "NetworkMode");
    }
    copyRights(needs.role == SelfUpdate::Role::Proxy ? needs.target : needs.own, host);
    return host;
}

} // namespace

Result<Json> helperBody(const HelperNeeds &needs)
{
    DOCKERAUTO_TRY_ASSIGN(way, wayToEngine(needs));
    Json variables = Json::array();
    for (const QString &variable : keptVariables(needs.own)) {
        variables.push_back(variable);
    }
    variables.push_back(QString(QStringLiteral("DOCKER_HOST=") % way.address));
    variables.push_back(
        std::string(Replacement::variable) + '=' + core::writeJson(needs.replacement.toJson()));
    return Json{{"Image", textOf(needs.own, "Image")}, {"Entrypoint", Json::array({needs.executable})},
        {"Cmd", Json::array({Replacement::option})}, {"User", userOf(needs)}, {"Env", std::move(variables)},
        {"Labels", {{labels::operation, needs.replacement.update.text()}, {labels::helper, "replace"},
                       {"docker-auto.enable", "false"}}},
        {"Healthcheck", {{"Test", Json::array({"NONE"})}}}, {"HostConfig", hostConfigOf(needs, way)}};
}

std::vector<QString> helperNetworks(const HelperNeeds &needs)
{
    const bool needsNetwork =
        needs.role == SelfUpdate::Role::Self && !needs.engine.address.startsWith(socketScheme);
    const QString mode = textOf(memberOf(needs.own, "HostConfig"), "NetworkMode");
    const Json &networks = memberOf(memberOf(needs.own, "NetworkSettings"), "Networks");
    std::vector<QString> more;
    if (needsNetwork && networks.is_object()) {
        for (const auto &[name, endpoint] : networks.items()) {
            const bool isFirst = mode.toStdString() == name || mode == textOf(endpoint, "NetworkID") ||
                                 (mode == QStringLiteral("default") && name == "bridge");
            if (!isFirst) {
                more.push_back(QString::fromStdString(name));
            }
        }
    }
    return more;
}

} // namespace dockerauto::application
