// How containers of the fake engine come to be, and how they look.

#include "testsupport/fakeengine.h"

#include <core/time.h>

#include <algorithm>

namespace dockerauto::testsupport {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using Container = FakeEngine::Container;

namespace {

/// What the daemon takes over from an image when a container is made.
void mergeImage(Json &config, const Json &image)
{
    Json merged = config.value("Env", Json::array());
    if (merged.is_null()) {
        merged = Json::array();
    }
    for (const Json &entry : image.value("Env", Json::array())) {
        const std::string text = entry.get<std::string>();
        const std::string key = text.substr(0, text.find('=')) + '=';
        const bool set = std::ranges::any_of(
            merged, [&key](const Json &own) { return own.get<std::string>().starts_with(key); });
        if (!set) {
            merged.push_back(entry);
        }
    }
    config["Env"] = merged;
    for (const char *map : {"Labels", "Volumes", "ExposedPorts"}) {
        const Json &fromImage = memberOf(image, map);
        Json own = memberOf(config, map).is_object() ? config[map] : Json::object();
        if (fromImage.is_object()) {
            own.insert(fromImage.begin(), fromImage.end());
        }
        if (!own.empty() || std::string_view(map) == "Labels") {
            config[map] = own;
        }
    }
    // An own entry point makes the image's command meaningless.
    const bool ownEntrypoint = !memberOf(config, "Entrypoint").is_null();
    for (const char *key : {"Cmd", "Entrypoint", "Healthcheck", "WorkingDir", "User", "StopSignal"}) {
        const bool wanted = !ownEntrypoint || std::string_view(key) != "Cmd";
        if (wanted && memberOf(config, key).is_null() && image.contains(key)) {
            config[key] = image[key];
        }
    }
}

bool sharesNetwork(const Container &container)
{
    return textOf(container.hostConfig, "NetworkMode").startsWith(QStringLiteral("container:"));
}

Json healthJson(const QString &status)
{
    return Json{{"Status", status}, {"FailingStreak", status == QStringLiteral("unhealthy") ? 2 : 0},
        {"Log", Json::array()}};
}

} // namespace

Result<Container> FakeEngine::make(const QString &name, const Json &body)
{
    if (find(name)) {
        return fail(
            ErrorCode::Conflict, QStringLiteral("The container name /%1 is already in use").arg(name));
    }
    const Image *image = findImage(textOf(body, "Image"));
    if (!image) {
        return fail(ErrorCode::NotFound, QStringLiteral("No such image: ") % textOf(body, "Image"));
    }
    Container container;
    container.id = QStringLiteral("%1").arg(m_nextId++, 12, 16, QLatin1Char('0')) % QString(52, u'e');
    container.name = name;
    container.imageId = image->id;
    container.image = *image;
    container.config = body;
    container.hostConfig = body.value("HostConfig", Json::object());
    container.config.erase("HostConfig");
    container.config.erase("NetworkingConfig");
    mergeImage(container.config, image->config);
    if (textOf(container.hostConfig, "NetworkMode").isEmpty()) {
        container.hostConfig["NetworkMode"] = "default";
    }
    if (textOf(container.config, "Hostname").isEmpty() && !sharesNetwork(container) &&
        container.hostConfig["NetworkMode"] != "host") {
        container.config["Hostname"] = container.id.left(12);
    }
    DOCKERAUTO_TRY(addMounts(container));
    addNetworks(container, body);
    return container;
}

void FakeEngine::addMount(Container &container, Mount mount)
{
    const bool taken = std::ranges::any_of(
        container.mounts, [&](const Mount &other) { return other.destination == mount.destination; });
    if (taken) {
        return;
    }
    if (mount.type == QStringLiteral("volume") && !m_volumes.contains(mount.source)) {
        Files &files = m_volumes[mount.source];
        const QString folder = mount.destination + u'/';
        for (const auto &[path, content] : container.image.files) {
            if (path.startsWith(folder)) {
                files[path.mid(folder.size())] = content;
            }
        }
    }
    if (mount.type == QStringLiteral("bind")) {
        m_volumes.try_emplace(mount.source);
    }
    container.mounts.push_back(std::move(mount));
}

Result<> FakeEngine::addMounts(Container &container)
{
    const auto kindOf = [](const QString &source) {
        return source.startsWith(u'/') ? QStringLiteral("bind") : QStringLiteral("volume");
    };
    const auto anonymous = [&] {
        return container.id.left(12) % QStringLiteral("%1").arg(container.mounts.size(), 52, 16, QChar(u'a'));
    };
    for (const Json &bind : container.hostConfig.value("Binds", Json::array())) {
        const QStringList parts = bind.get<QString>().split(u':');
        const QStringList options = parts.value(2).split(u',');
        addMount(container,
            {kindOf(parts.at(0)), parts.at(0), parts.value(1), !options.contains(QStringLiteral("ro"))});
    }
    for (const Json &wish : container.hostConfig.value("Mounts", Json::array())) {
        const QString type = textOf(wish, "Type", QStringLiteral("volume"));
        QString source = textOf(wish, "Source");
        if (type == QStringLiteral("volume") && source.isEmpty()) {
            source = anonymous();
        }
        addMount(container, {type, source, textOf(wish, "Target"), !wish.value("ReadOnly", false)});
    }
    DOCKERAUTO_TRY(addMountsOfOthers(container));
    const Json volumes = container.config.value("Volumes", Json::object());
    for (const auto &[path, nothing] : volumes.items()) {
        addMount(container, {QStringLiteral("volume"), anonymous(), QString::fromStdString(path), true});
    }
    return {};
}

Result<> FakeEngine::addMountsOfOthers(Container &container)
{
    for (const Json &entry : container.hostConfig.value("VolumesFrom", Json::array())) {
        const QString other = entry.get<QString>().section(u':', 0, 0);
        const bool readOnly = entry.get<QString>().endsWith(QStringLiteral(":ro"));
        const Container *from = find(other);
        if (!from) {
            return notFound(other);
        }
        for (Mount mount : from->mounts) {
            mount.writable = mount.writable && !readOnly;
            addMount(container, mount);
        }
    }
    return {};
}

void FakeEngine::addNetworks(Container &container, const Json &body)
{
    if (sharesNetwork(container)) {
        return;
    }
    const Json wanted =
        body.value("NetworkingConfig", Json::object()).value("EndpointsConfig", Json::object());
    if (wanted.is_object()) {
        container.networks = wanted;
    }
    const QString mode = textOf(container.hostConfig, "NetworkMode");
    const std::string name = mode == QStringLiteral("default") ? "bridge" : mode.toStdString();
    // With several networks named, the engine connects the first ones before API 1.44, but always its own.
    if (!container.networks.contains(name)) {
        container.networks[name] = Json::object();
    }
}

QString FakeEngine::healthOf(const Container &container) const
{
    const bool living =
        container.status == QStringLiteral("running") || container.status == QStringLiteral("paused");
    if (!living) {
        return {};
    }
    if (!container.health.isEmpty()) {
        return container.health;
    }
    switch (container.image.fate) {
    case Fate::Healthy:
        return QStringLiteral("healthy");
    case Fate::Unhealthy:
        return QStringLiteral("unhealthy");
    case Fate::NeverHealthy:
        return QStringLiteral("starting");
    case Fate::BecomesUnhealthy: {
        const bool ill = m_clock && m_clock->now() - *container.startedAt >= container.image.soundFor;
        return ill ? QStringLiteral("unhealthy") : QStringLiteral("healthy");
    }
    default:
        return {};
    }
}

Json FakeEngine::describeState(const Container &container) const
{
    const bool paused = container.status == QStringLiteral("paused");
    const bool running = paused || container.status == QStringLiteral("running");
    const QString never = QStringLiteral("0001-01-01T00:00:00Z");
    const QString started = container.startedAt ? core::toRfc3339(*container.startedAt) : never;
    Json state{{"Status", container.status}, {"Running", running}, {"Paused", paused}, {"Restarting", false},
        {"OOMKilled", container.oomKilled}, {"Dead", false}, {"ExitCode", running ? 0 : container.exitCode},
        {"Error", container.problem}, {"StartedAt", started},
        {"FinishedAt", running || !container.startedAt ? never : started}};
    if (const QString health = healthOf(container); !health.isEmpty()) {
        state["Health"] = healthJson(health);
    }
    return state;
}

Json FakeEngine::describeNetworks(const Container &container) const
{
    const bool running =
        container.status == QStringLiteral("running") || container.status == QStringLiteral("paused");
    Json networks = Json::object();
    for (const auto &[name, endpoint] : container.networks.items()) {
        Json shown{{"IPAMConfig", nullptr}, {"Links", nullptr}, {"Aliases", nullptr}, {"DriverOpts", nullptr},
            {"NetworkID", "network-" + name}, {"EndpointID", running ? "endpoint" : ""}, {"Gateway", ""},
            {"IPAddress", ""}, {"IPPrefixLen", 0}, {"IPv6Gateway", ""}, {"GlobalIPv6Address", ""},
            {"GlobalIPv6PrefixLen", 0}, {"MacAddress", ""}};
        if (endpoint.is_object()) {
            shown.update(endpoint);
        }
        const QString fixed = textOf(memberOf(shown, "IPAMConfig"), "IPv4Address");
        if (running && name != "host" && name != "none") {
            shown["IPAddress"] = fixed.isEmpty() ? QStringLiteral("172.17.0.2") : fixed;
        }
        networks[name] = std::move(shown);
    }
    Json ports = Json::object();
    if (running) {
        ports = container.hostConfig.value("PortBindings", Json::object());
    }
    return Json{{"Ports", ports.is_object() ? ports : Json::object()}, {"Networks", std::move(networks)}};
}

Json FakeEngine::describe(const Container &container) const
{
    const Json &given = memberOf(container.config, "Entrypoint");
    Json command = given.is_array() ? given : Json::array();
    if (const Json &arguments = memberOf(container.config, "Cmd"); arguments.is_array()) {
        command.insert(command.end(), arguments.begin(), arguments.end());
    }
    const Json path = command.empty() ? Json("") : command.front();
    if (!command.empty()) {
        command.erase(0);
    }
    Json mounts = Json::array();
    for (const Mount &mount : container.mounts) {
        const bool named = mount.type == QStringLiteral("volume");
        Json shown{{"Type", mount.type},
            {"Source",
                named ? QString(QStringLiteral("/fake/volumes/%1/_data").arg(mount.source)) : mount.source},
            {"Destination", mount.destination}, {"Mode", ""}, {"RW", mount.writable}, {"Propagation", ""}};
        if (named) {
            shown["Name"] = mount.source;
            shown["Driver"] = "local";
        }
        mounts.push_back(std::move(shown));
    }
    return Json{{"Id", container.id}, {"Name", QString(u'/' + container.name)}, {"Image", container.imageId},
        {"Created", "2025-02-19T20:00:00.000000000Z"}, {"Path", path}, {"Args", std::move(command)},
        {"State", describeState(container)}, {"RestartCount", container.restartCount},
        {"Config", container.config}, {"HostConfig", container.hostConfig}, {"Mounts", std::move(mounts)},
        {"NetworkSettings", describeNetworks(container)}};
}

} // namespace dockerauto::testsupport
