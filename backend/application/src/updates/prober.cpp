#include "application/updates/prober.h"

#include <QStringList>

#include <algorithm>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using domain::Probe;
using namespace std::chrono_literals;

namespace {

constexpr auto longest = 10s;
/// Containers can share the network of one that shares the network of another; more is a mistake.
constexpr int deepest = 4;

struct Place
{
    QString host;
    int port = 0;
};

QString networkModeOf(const Json &inspect)
{
    return textOf(memberOf(inspect, "HostConfig"), "NetworkMode");
}

/// Whose network a container has: its own, or that of the one that `container:…` names.
Result<Json> networkOwner(const Json &inspect, ports::ContainerEngine &engine, const CallContext &context)
{
    Json owner = inspect;
    for (int depth = 0; depth < deepest; ++depth) {
        const QString mode = networkModeOf(owner);
        if (!mode.startsWith(QLatin1String("container:"))) {
            return owner;
        }
        DOCKERAUTO_TRY_ASSIGN(other, engine.inspectContainer(mode.section(u':', 1), context.within(5s)));
        owner = std::move(other);
    }
    return fail(ErrorCode::Unsupported,
        QStringLiteral("It can't be told whose network the container has. Use a command as its probe."));
}

/// Only what the engine has on a network of its own; `inspect` of a stopped one has empty addresses.
void addOwnAddresses(std::vector<Place> &places, const Json &inspect, int port)
{
    const Json &networks = memberOf(memberOf(inspect, "NetworkSettings"), "Networks");
    if (!networks.is_object()) {
        return;
    }
    for (const auto &[name, network] : networks.items()) {
        for (const char *field : {"IPAddress", "GlobalIPv6Address"}) {
            if (const QString address = textOf(network, field); !address.isEmpty()) {
                places.push_back({address, port});
                return;
            }
        }
    }
}

/// Where the engine passes the port on from its machine.
void addPublished(std::vector<Place> &places, const Json &inspect, int port, const ports::EngineInfo &info)
{
    const Json &bindings = memberOf(memberOf(memberOf(inspect, "NetworkSettings"), "Ports"),
        QStringLiteral("%1/tcp").arg(port).toLatin1().constData());
    if (!bindings.is_array()) {
        return;
    }
    for (const Json &binding : bindings) {
        const QString address = textOf(binding, "HostIp");
        const int hostPort = textOf(binding, "HostPort").toInt();
        const bool everywhere =
            address.isEmpty() || address == QLatin1String("0.0.0.0") || address == QLatin1String("::");
        const bool loopback = address.startsWith(QLatin1String("127.")) || address == QLatin1String("::1");
        QString host = everywhere ? (info.local ? QStringLiteral("127.0.0.1") : info.addressHost) : address;
        if (loopback && !info.local) {
            host.clear();
        }
        if (hostPort > 0 && !host.isEmpty()) {
            places.push_back({host, hostPort});
            return;
        }
    }
}

Result<std::vector<Place>> placesOf(const Probe &probe, const Json &inspect, const ports::EngineInfo &info,
    ports::ContainerEngine &engine, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(owner, networkOwner(inspect, engine, context));
    std::vector<Place> places;
    if (networkModeOf(owner) == QLatin1String("host")) {
        const QString host = info.local ? QStringLiteral("127.0.0.1") : info.addressHost;
        if (!host.isEmpty()) {
            places.push_back({host, probe.port});
        }
    } else {
        if (info.local) {
            addOwnAddresses(places, owner, probe.port);
        }
        addPublished(places, owner, probe.port, info);
    }
    if (places.empty()) {
        return fail(ErrorCode::Unsupported,
            QStringLiteral(
                "Port %1 of the container can't be reached from here. Publish it, or use a command "
                "as the probe: [\"wget\", \"-q\", \"-O\", \"-\", \"http://localhost:%1/\"].")
                .arg(probe.port));
    }
    return places;
}

Result<> runInside(
    const Probe &probe, const Json &inspect, ports::ContainerEngine &engine, const CallContext &context)
{
    auto ran = engine.runCommand(textOf(inspect, "Id"), probe.argv, context);
    if (!ran && ran.error().code == ErrorCode::Timeout) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("The command did not end within %1 seconds").arg(longest.count()));
    }
    if (!ran) {
        return fail(std::move(ran.error()));
    }
    if (ran->exitCode == 0) {
        return {};
    }
    constexpr qsizetype shown = 300;
    const QStringList lines = ran->output.trimmed().split(u'\n', Qt::SkipEmptyParts);
    const QString last = lines.isEmpty() ? QString() : lines.last().trimmed().left(shown);
    return fail(ErrorCode::Conflict, QStringLiteral("The command ended with %1%2")
                                         .arg(ran->exitCode)
                                         .arg(last.isEmpty() ? QString() : QStringLiteral(": ") + last));
}

} // namespace

Prober::Prober(ports::NetworkProbes &network) : m_network(network) {}

Result<> Prober::ask(const Probe &probe, const Json &inspect, const ports::EngineInfo &info,
    ports::ContainerEngine &engine, const CallContext &context)
{
    const CallContext bounded = context.within(longest);
    if (probe.kind == Probe::Kind::None) {
        return {};
    }
    if (probe.kind == Probe::Kind::Command) {
        return runInside(probe, inspect, engine, bounded);
    }
    DOCKERAUTO_TRY_ASSIGN(places, placesOf(probe, inspect, info, engine, bounded));
    Result<> asked;
    for (std::size_t i = 0; i < places.size(); ++i) {
        // Something must be left for the next place when nothing answers at this one.
        const auto share = bounded.deadline.remaining() / static_cast<int>(places.size() - i);
        asked = m_network.ask(probe, places[i].host, places[i].port, bounded.within(share));
        const bool silent = !asked && (asked.error().code == ErrorCode::Unavailable ||
                                          asked.error().code == ErrorCode::Timeout);
        if (!silent) {
            return asked;
        }
    }
    return asked;
}

} // namespace dockerauto::application
