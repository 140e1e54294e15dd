#pragma once

#include "registry/hostgate.h"

#include <core/callcontext.h>
#include <core/clock.h>
#include <ports/imageregistry.h>

#include <QString>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace dockerauto::registry {

/// What every request to a registry passes: one HostGate per host, the waiting before it and the sentences
/// about it. Threads that wait for one host hold up no other. Thread-safe.
class TrafficControl
{
public:
    explicit TrafficControl(const core::Clock &clock);
    ~TrafficControl();
    TrafficControl(const TrafficControl &) = delete;
    TrafficControl &operator=(const TrafficControl &) = delete;

    /// Waits until a request may be sent to the host: at most 30 s for a limit, and never beyond the context.
    /// Then leave() must be called with the generation that is returned. `registry` is the name for people
    /// and reports. RateLimited and Unavailable say until when nothing will be sent; Unavailable also when
    /// the host answers none of those that are under way.
    core::Result<std::uint64_t> enter(
        const QString &host, const QString &registry, Purpose purpose, const core::CallContext &context);
    /// `reason` is a sentence about a failure, for those that are refused because of it.
    void leave(const QString &host, const HostGate::Outcome &outcome, const QString &reason = {});

    /// RateLimited, with the time at which the host takes requests again.
    [[nodiscard]] core::Error limitError(const QString &host, const QString &registry) const;
    [[nodiscard]] std::vector<ports::RegistryTraffic> report() const;

private:
    struct Host;

    core::Result<std::uint64_t> enter(Host &host, Purpose purpose, const core::CallContext &context);
    Host &hostFor(const QString &host, const QString &registry);
    core::Result<> wait(Host &host, const HostGate::Verdict &verdict, const core::CallContext &context);
    core::Result<> waitForRoom(Host &host, const core::CallContext &context);
    core::Result<bool> waitForTurn(
        Host &host, const HostGate::Verdict &verdict, const core::CallContext &context);
    [[nodiscard]] core::Timestamp wallTime(HostGate::Time time) const;
    [[nodiscard]] QString untilText(HostGate::Time time) const;
    [[nodiscard]] ports::RegistryTraffic reportOf(const Host &host) const;

    const core::Clock &m_clock;
    mutable std::mutex m_mutex;
    /// Never removed, so that references stay good.
    std::map<QString, std::unique_ptr<Host>> m_hosts;
};

/// How a registry is called in sentences: docker.io is Docker Hub.
QString nameForPeople(const QString &registry);

} // namespace dockerauto::registry
