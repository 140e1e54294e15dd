// What stands in the way of a container of the fake engine that is to start, and how it fares then.

#include "testsupport/fakeengine.h"

#include <algorithm>

namespace dockerauto::testsupport {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using Container = FakeEngine::Container;

namespace {

/// `port/protocol` with the host's addresses that are wanted for it.
std::vector<std::pair<QString, QString>> publishedPorts(const Container &container)
{
    std::vector<std::pair<QString, QString>> ports;
    const Json bindings = container.hostConfig.value("PortBindings", Json::object());
    if (core::textOf(container.hostConfig, "NetworkMode").startsWith(QStringLiteral("container:")) ||
        !bindings.is_object()) {
        return ports;
    }
    for (const auto &[inside, outside] : bindings.items()) {
        for (const Json &binding : outside) {
            const QString port = core::textOf(binding, "HostPort");
            const QString address = core::textOf(binding, "HostIp");
            if (!port.isEmpty() && port != QStringLiteral("0")) {
                ports.emplace_back(port % u'/' % QString::fromStdString(inside).section(u'/', 1),
                    address == QStringLiteral("0.0.0.0") ? QString() : address);
            }
        }
    }
    return ports;
}

QString fixedAddress(const Json &endpoint)
{
    return core::textOf(core::memberOf(endpoint, "IPAMConfig"), "IPv4Address");
}

} // namespace

Result<> FakeEngine::checkNamespaces(const Container &container) const
{
    for (const char *key : {"NetworkMode", "IpcMode", "PidMode"}) {
        const QString mode = core::textOf(container.hostConfig, key);
        if (!mode.startsWith(QStringLiteral("container:"))) {
            continue;
        }
        const QString other = mode.section(u':', 1);
        const Container *target = find(other);
        if (!target) {
            return notFound(other);
        }
        if (!isLiving(*target)) {
            return fail(
                ErrorCode::Conflict, QStringLiteral("cannot join %1 of a non running container: %2")
                                         .arg(QString::fromLatin1(key).chopped(4).toLower(), target->id));
        }
    }
    return {};
}

Result<> FakeEngine::checkPorts(const Container &container) const
{
    const auto wanted = publishedPorts(container);
    for (const auto &[id, other] : m_containers) {
        if (id == container.id || !isLiving(other)) {
            continue;
        }
        for (const auto &[port, address] : publishedPorts(other)) {
            const bool clash = std::ranges::any_of(wanted, [&](const auto &mine) {
                return mine.first == port &&
                       (mine.second.isEmpty() || address.isEmpty() || mine.second == address);
            });
            if (clash) {
                return fail(ErrorCode::Internal,
                    QStringLiteral("driver failed programming external connectivity on endpoint %1: Bind for "
                                   "0.0.0.0:%2 failed: port is already allocated")
                        .arg(container.name, port.section(u'/', 0, 0)));
            }
        }
    }
    return {};
}

Result<> FakeEngine::checkNetworks(const Container &container) const
{
    for (const auto &[name, endpoint] : container.networks.items()) {
        const QString network = QString::fromStdString(name);
        if (!m_networks.contains(network)) {
            return fail(ErrorCode::NotFound, QStringLiteral("network %1 not found").arg(network));
        }
        const QString address = fixedAddress(endpoint);
        const bool taken =
            !address.isEmpty() && std::ranges::any_of(m_containers, [&, key = name](const auto &other) {
                return other.first != container.id && isLiving(other.second) &&
                       other.second.networks.contains(key) &&
                       fixedAddress(other.second.networks[key]) == address;
            });
        if (taken) {
            return fail(ErrorCode::PermissionDenied, QStringLiteral("Address already in use"));
        }
    }
    return {};
}

Result<> FakeEngine::launch(Container &container)
{
    if (container.status == QStringLiteral("running")) {
        return {};
    }
    if (container.status == QStringLiteral("paused")) {
        return fail(
            ErrorCode::Conflict, QStringLiteral("cannot start a paused container, try unpause instead"));
    }
    DOCKERAUTO_TRY(checkNamespaces(container));
    DOCKERAUTO_TRY(checkNetworks(container));
    DOCKERAUTO_TRY(checkPorts(container));
    const Image &image = container.image;
    if (image.fate == Fate::WontStart) {
        container.exitCode = 127;
        container.problem = QStringLiteral(
            "failed to create task for container: exec: \"serve\": executable file not found in $PATH");
        return fail(ErrorCode::InvalidArgument, container.problem);
    }
    container.status = QStringLiteral("running");
    container.startedAt = nextMoment();
    container.oomKilled = false;
    container.exitCode = 0;
    // The only program that anybody writes into a container: it empties the folders that it is given.
    const Json &entrypoint = core::memberOf(container.config, "Entrypoint");
    if (entrypoint.is_array() && !entrypoint.empty() &&
        container.files.contains(entrypoint.front().get<QString>())) {
        for (const Json &folder : container.config.value("Cmd", Json::array())) {
            emptyFolder(container, folder.get<QString>());
        }
        end(container, 0);
        return {};
    }
    for (const auto &[path, content] : image.writesAtStart) {
        writeFile(container, path, content);
    }
    if (image.fate == Fate::Exits) {
        end(container, image.exitCode);
    } else if (image.fate == Fate::OomKilled) {
        container.oomKilled = true;
        end(container, 137);
    }
    return {};
}

} // namespace dockerauto::testsupport
