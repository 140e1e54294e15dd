#include "preflightchecks.h"

#include "backupestimate.h"
#include "names.h"

#include <QStringList>

#include <algorithm>

namespace dockerauto::application {

using contracts::PreflightFinding;
using core::ErrorCode;
using core::Finding;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;

namespace {

/// Layers are unpacked while they are pulled, to about three times their size.
constexpr qint64 unpacked = 3;
/// What has to stay free for the containers that run.
constexpr qint64 reserve = qint64(256) << 20;

QString listed(const std::vector<QString> &names)
{
    return QStringList(names.begin(), names.end()).join(QStringLiteral(", "));
}

void addOnce(std::vector<QString> &names, const QString &name)
{
    if (!name.isEmpty() && std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
    }
}

struct PortPlace
{
    QString address;
    int port = 0;
    QString protocol;
};

bool isEveryAddress(const QString &address)
{
    return address.isEmpty() || address == QLatin1String("0.0.0.0") || address == QLatin1String("::");
}

bool collide(const PortPlace &one, const PortPlace &other)
{
    return one.port == other.port && one.protocol == other.protocol &&
           (isEveryAddress(one.address) || isEveryAddress(other.address) || one.address == other.address);
}

/// Only those that the owner has fixed; others are chosen by the engine anew.
std::vector<PortPlace> fixedPorts(const Json &inspect)
{
    std::vector<PortPlace> places;
    const Json &bindings = memberOf(memberOf(inspect, "HostConfig"), "PortBindings");
    for (const auto &[inside, hosts] : bindings.items()) {
        const QString protocol = QString::fromStdString(inside).section(u'/', 1);
        for (const Json &host : hosts.is_array() ? hosts : Json::array()) {
            if (const int port = textOf(host, "HostPort").toInt(); port > 0) {
                places.push_back(
                    {textOf(host, "HostIp"), port, protocol.isEmpty() ? QStringLiteral("tcp") : protocol});
            }
        }
    }
    return places;
}

std::vector<PortPlace> publishedPorts(const ports::ContainerSummary &container)
{
    std::vector<PortPlace> places;
    for (const Json &entry : container.ports.is_array() ? container.ports : Json::array()) {
        const Json &port = memberOf(entry, "PublicPort");
        if (port.is_number_integer()) {
            places.push_back({textOf(entry, "IP"), port.get<int>(), textOf(entry, "Type")});
        }
    }
    return places;
}

/// What all checks for missing things say alike.
PreflightFinding presence(const QString &check, const std::vector<QString> &names,
    const std::vector<QString> &missing, const QString &none, const QString &good, const QString &bad)
{
    if (!missing.empty()) {
        return {check, Finding::Failed, bad.arg(listed(missing))};
    }
    return {check, Finding::Ok, names.empty() ? none : good.arg(listed(names))};
}

} // namespace

PreflightFinding checkDisk(const DiskFacts &facts)
{
    const QString name = QStringLiteral("disk");
    if (!facts.freeBytes) {
        return {name, Finding::Unknown,
            QStringLiteral("How much is free where the engine keeps its images can't be seen from here.")};
    }
    const QString free = QStringLiteral("%1 are free in %2").arg(inWords(*facts.freeBytes), facts.folder);
    const qint64 needed = facts.downloadBytes.value_or(0) * unpacked + reserve;
    if (*facts.freeBytes < reserve || (facts.downloadBytes && *facts.freeBytes < *facts.downloadBytes)) {
        return {name, Finding::Failed,
            QStringLiteral("Only %1, which is not enough for the new image. Remove images that are not used "
                           "and look again.")
                .arg(free)};
    }
    if (!facts.downloadBytes) {
        return {name, Finding::Unknown,
            free % QStringLiteral("; how large the new image is the registry does not tell now.")};
    }
    const QString download = QStringLiteral("%1 are to be downloaded").arg(inWords(*facts.downloadBytes));
    return *facts.freeBytes < needed
               ? PreflightFinding{name, Finding::Warning,
                     QStringLiteral("%1, and %2, which take more when unpacked. It may not be enough; the "
                                    "old container goes on if it is not.")
                         .arg(free, download)}
               : PreflightFinding{name, Finding::Ok, QStringLiteral("%1; %2.").arg(free, download)};
}

PreflightFinding checkPlatform(const QString &wanted, const QString &offered)
{
    const QString name = QStringLiteral("platform");
    if (offered.isEmpty() || wanted.isEmpty()) {
        return {name, Finding::Unknown,
            QStringLiteral("Which platform the new image is for the registry does not tell now.")};
    }
    return offered == wanted
               ? PreflightFinding{name, Finding::Ok,
                     QStringLiteral("The new image is there for %1.").arg(offered)}
               : PreflightFinding{name, Finding::Failed,
                     QStringLiteral("The new image is for %1, the container runs on %2. Choose another tag.")
                         .arg(offered, wanted)};
}

PreflightFinding checkPorts(const Json &inspect, const std::vector<ports::ContainerSummary> &others)
{
    const QString name = QStringLiteral("ports");
    const auto fixed = fixedPorts(inspect);
    if (fixed.empty()) {
        return {name, Finding::Ok, QStringLiteral("The container has no port of the host for itself.")};
    }
    for (const ports::ContainerSummary &other : others) {
        if (other.id.text() == textOf(inspect, "Id")) {
            continue;
        }
        for (const PortPlace &taken : publishedPorts(other)) {
            const auto found =
                std::ranges::find_if(fixed, [&](const PortPlace &own) { return collide(own, taken); });
            if (found == fixed.end()) {
                continue;
            }
            const bool running = memberOf(memberOf(inspect, "State"), "Running") == true;
            return running ? PreflightFinding{name, Finding::Failed,
                                 QStringLiteral("Port %1 of the host is used by “%2”, so the new container "
                                                "could not start. Free the port first.")
                                     .arg(found->port)
                                     .arg(other.name)}
                           : PreflightFinding{name, Finding::Warning,
                                 QStringLiteral("Port %1 of the host belongs to “%2” by now. The container "
                                                "does not run, so it can be updated, but not be started "
                                                "beside that one.")
                                     .arg(found->port)
                                     .arg(other.name)};
        }
    }
    std::vector<QString> numbers;
    for (const PortPlace &place : fixed) {
        addOnce(numbers, QString::number(place.port));
    }
    return {name, Finding::Ok,
        QStringLiteral("No other container has the container's ports of the host (%1).")
            .arg(listed(numbers))};
}

std::vector<QString> boundSources(const Json &inspect)
{
    std::vector<QString> sources;
    const Json &mounts = memberOf(inspect, "Mounts");
    for (const Json &mount : mounts.is_array() ? mounts : Json::array()) {
        if (textOf(mount, "Type") == QLatin1String("bind")) {
            addOnce(sources, textOf(mount, "Source"));
        }
    }
    return sources;
}

PreflightFinding checkBinds(
    const std::vector<QString> &sources, const std::optional<std::vector<QString>> &missing)
{
    const QString name = QStringLiteral("binds");
    if (!missing && !sources.empty()) {
        return {name, Finding::Unknown,
            QStringLiteral("Whether %1 is still there can't be seen from here.").arg(listed(sources))};
    }
    return presence(name, sources, missing.value_or(std::vector<QString>()),
        QStringLiteral("No folder of the host is mounted."), QStringLiteral("%1 is there."),
        QStringLiteral("%1 is not on the host any more, so the new container would see nothing there. Put it "
                       "back first."));
}

std::vector<QString> ownNetworks(const Json &inspect)
{
    std::vector<QString> names;
    const Json &networks = memberOf(memberOf(inspect, "NetworkSettings"), "Networks");
    for (const auto &[network, endpoint] : networks.items()) {
        const QString name = QString::fromStdString(network);
        if (name != QLatin1String("bridge") && name != QLatin1String("host") &&
            name != QLatin1String("none")) {
            names.push_back(name);
        }
    }
    return names;
}

PreflightFinding checkNetworks(
    const std::vector<QString> &names, const std::vector<QString> &missing, const Result<> &asked)
{
    if (!asked) {
        return {QStringLiteral("networks"), Finding::Unknown, asked.error().message};
    }
    return presence(QStringLiteral("networks"), names, missing,
        QStringLiteral("The container is in no network that people made."), QStringLiteral("%1 is there."),
        QStringLiteral("The network %1 does not exist any more. Make it again first."));
}

std::vector<QString> ownVolumes(const Json &inspect)
{
    std::vector<QString> names;
    const Json &mounts = memberOf(inspect, "Mounts");
    for (const Json &mount : mounts.is_array() ? mounts : Json::array()) {
        if (textOf(mount, "Type") == QLatin1String("volume")) {
            addOnce(names, textOf(mount, "Name"));
        }
    }
    return names;
}

PreflightFinding checkVolumes(
    const std::vector<QString> &names, const std::vector<QString> &missing, const Result<> &asked)
{
    if (!asked) {
        return {QStringLiteral("volumes"), Finding::Unknown, asked.error().message};
    }
    return presence(QStringLiteral("volumes"), names, missing,
        QStringLiteral("The container has no volumes."), QStringLiteral("%1 is there and is taken over."),
        QStringLiteral("The volume %1 does not exist any more; Docker would make an empty one. Restore it "
                       "first."));
}

PreflightFinding checkRegistry(const QString &registry, const Result<> &asked)
{
    const QString name = QStringLiteral("registry");
    if (asked) {
        return {name, Finding::Ok, QStringLiteral("%1 has the new image.").arg(registry)};
    }
    const QString said = asked.error().message;
    switch (asked.error().code) {
    case ErrorCode::Unauthenticated:
    case ErrorCode::PermissionDenied:
        return {name, Finding::Failed,
            QStringLiteral("%1 does not let us in: %2 Set what to sign in with, in the settings for "
                           "registries.")
                .arg(registry, said)};
    case ErrorCode::NotFound:
        return {name, Finding::Failed,
            QStringLiteral("%1 does not have the new image any more. Check the container again. (%2)")
                .arg(registry, said)};
    case ErrorCode::RateLimited:
        return {name, Finding::Warning,
            QStringLiteral("%1 takes no more requests for now: %2").arg(registry, said)};
    default:
        return {name, Finding::Unknown,
            QStringLiteral("%1 can't be asked now, so the download may fail; the container goes on then. "
                           "(%2)")
                .arg(registry, said)};
    }
}

PreflightFinding checkEngine(const ports::EngineInfo &info)
{
    return {QStringLiteral("engine"), Finding::Ok,
        QStringLiteral("Docker %1 answers (API %2, %3/%4).")
            .arg(info.version, info.apiVersion.text(), info.os, info.architecture)};
}

PreflightFinding checkNames(const QString &name, const std::vector<ports::ContainerSummary> &containers)
{
    const QString check = QStringLiteral("names");
    std::vector<QString> left;
    for (const ports::ContainerSummary &container : containers) {
        if (container.name.startsWith(name % u'.') && isTemporaryName(container.name) &&
            container.name.count(u'.') == name.count(u'.') + 1) {
            left.push_back(container.name);
        }
    }
    return left.empty() ? PreflightFinding{check, Finding::Ok, QStringLiteral("The names are free.")}
                        : PreflightFinding{check, Finding::Warning,
                              QStringLiteral("An earlier update has left %1. Look whether it is still "
                                             "needed; the names of this update are free.")
                                  .arg(listed(left))};
}

PreflightFinding checkDependants(const std::vector<QString> &others, const Result<> &self)
{
    const QString name = QStringLiteral("dependants");
    if (!self) {
        return {name, Finding::Failed, self.error().message};
    }
    return {name, Finding::Ok,
        others.empty()
            ? QStringLiteral("No other container lives in this one.")
            : QStringLiteral("Made again with it, from their own images: %1.").arg(listed(others))};
}

} // namespace dockerauto::application
