#include "trafficcontrol.h"

#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using Verdict = HostGate::Verdict;

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds longestWait = 30s;
/// So long those that want to send wait for a host that answers nobody.
constexpr std::chrono::seconds patience = 10s;

double randomShare()
{
    return QRandomGenerator::global()->generateDouble();
}

std::chrono::milliseconds roundUp(HostGate::Duration duration)
{
    return std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(duration));
}

} // namespace

QString nameForPeople(const QString &registry)
{
    return registry == QLatin1String("docker.io") ? QStringLiteral("Docker Hub") : registry;
}

struct TrafficControl::Host
{
    explicit Host(QString name) : registry(std::move(name)), gate(randomShare) {}

    QString registry;
    mutable std::mutex mutex;
    HostGate gate;
    /// Some request ended, or the gate closed.
    std::condition_variable_any changed;
    std::uint64_t ended = 0;
    /// Of the last failure.
    QString reason;
};

TrafficControl::TrafficControl(const core::Clock &clock) : m_clock(clock) {}

TrafficControl::~TrafficControl() = default;

TrafficControl::Host &TrafficControl::hostFor(const QString &host, const QString &registry)
{
    const std::scoped_lock lock(m_mutex);
    auto &entry = m_hosts[host];
    if (!entry) {
        entry = std::make_unique<Host>(registry);
    }
    return *entry;
}

core::Result<std::uint64_t> TrafficControl::enter(
    const QString &name, const QString &registry, Purpose purpose, const CallContext &context)
{
    Host &host = hostFor(name, registry);
    auto entered = enter(host, purpose, context);
    if (!entered) {
        // It may have been woken for a place that it does not take.
        host.changed.notify_one();
    }
    return entered;
}

core::Result<std::uint64_t> TrafficControl::enter(Host &host, Purpose purpose, const CallContext &context)
{
    for (;;) {
        DOCKERAUTO_TRY(context.check());
        Verdict verdict;
        {
            const std::scoped_lock lock(host.mutex);
            const auto now = m_clock.steadyNow();
            const auto longest =
                std::min<std::chrono::milliseconds>(context.deadline.remaining(), longestWait);
            verdict = host.gate.admit(purpose, now, now + longest);
        }
        if (verdict.kind == Verdict::Kind::Full) {
            DOCKERAUTO_TRY(waitForRoom(host, context));
        } else if (verdict.kind == Verdict::Kind::Go) {
            DOCKERAUTO_TRY_ASSIGN(mayGo, waitForTurn(host, verdict, context));
            if (mayGo) {
                return verdict.generation;
            }
        } else {
            DOCKERAUTO_TRY(wait(host, verdict, context));
        }
    }
}

void TrafficControl::leave(const QString &name, const HostGate::Outcome &outcome, const QString &reason)
{
    Host &host = hostFor(name, name);
    const std::scoped_lock lock(host.mutex);
    const int before = host.gate.window();
    host.gate.release(outcome, m_clock.steadyNow());
    ++host.ended;
    if (outcome.kind == HostGate::Outcome::Kind::Failed) {
        host.reason = reason;
    }
    // More room than one has left, or none for anybody.
    if (host.gate.window() != before || host.gate.isBroken()) {
        host.changed.notify_all();
    } else {
        host.changed.notify_one();
    }
}

/// Until somebody comes back.
core::Result<> TrafficControl::waitForRoom(Host &host, const CallContext &context)
{
    std::unique_lock lock(host.mutex);
    const std::uint64_t before = host.ended;
    const auto longest = std::min<std::chrono::milliseconds>(context.deadline.remaining(), patience);
    const auto mayTry = [&] {
        return host.ended != before || host.gate.inFlight() < host.gate.window() || host.gate.isBroken();
    };
    if (host.changed.wait_for(lock, context.stop, longest, mayTry)) {
        return {};
    }
    DOCKERAUTO_TRY(context.check());
    return core::fail(ErrorCode::Unavailable,
        QStringLiteral("%1 has answered none of our requests for %2 s. Is it running, and is the network "
                       "up?")
            .arg(nameForPeople(host.registry))
            .arg(patience.count()));
}

/// Sleeps until the pace lets the request go; false when it must ask again.
core::Result<bool> TrafficControl::waitForTurn(Host &host, const Verdict &verdict, const CallContext &context)
{
    const auto delay = verdict.at - m_clock.steadyNow();
    if (delay <= HostGate::Duration::zero()) {
        return true;
    }
    const bool slept = m_clock.sleep(roundUp(delay), context.stop);
    const std::scoped_lock lock(host.mutex);
    if (slept && host.gate.generation() == verdict.generation) {
        return true;
    }
    host.gate.withdraw();
    ++host.ended;
    host.changed.notify_one();
    return false;
}

core::Result<> TrafficControl::wait(Host &host, const Verdict &verdict, const CallContext &context)
{
    const auto delay = roundUp(verdict.at - m_clock.steadyNow());
    const QString name = nameForPeople(host.registry);
    if (verdict.kind == Verdict::Kind::Broken) {
        const std::scoped_lock lock(host.mutex);
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("%1 has not worked since %2 and is tried again at %3. %4")
                .arg(name, untilText(verdict.since), untilText(verdict.at), host.reason)
                .trimmed());
    }
    if (verdict.kind == Verdict::Kind::NoPulls) {
        return core::fail(ErrorCode::RateLimited,
            QStringLiteral("The pulls that %1 allows are used up until %2. Sign in there to be allowed more.")
                .arg(name, untilText(verdict.at)));
    }
    if (delay > longestWait || delay > context.deadline.remaining()) {
        return core::fail(ErrorCode::RateLimited,
            QStringLiteral("%1 allows no more requests before %2.").arg(name, untilText(verdict.at)));
    }
    host.changed.notify_one();
    m_clock.sleep(delay, context.stop);
    return context.check();
}

core::Error TrafficControl::limitError(const QString &name, const QString &registry) const
{
    std::optional<HostGate::Time> until;
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto host = m_hosts.find(name); host != m_hosts.end()) {
            const std::scoped_lock inner(host->second->mutex);
            until = host->second->gate.pausedUntil(m_clock.steadyNow());
        }
    }
    const QString sentence =
        until ? QStringLiteral("%1 allows no more requests before %2.")
                    .arg(nameForPeople(registry), untilText(*until))
              : QStringLiteral("%1 takes no more requests from us for now.").arg(nameForPeople(registry));
    return core::Error{ErrorCode::RateLimited, sentence, {}, nullptr};
}

core::Timestamp TrafficControl::wallTime(HostGate::Time time) const
{
    return m_clock.now() + std::chrono::ceil<std::chrono::milliseconds>(time - m_clock.steadyNow());
}

/// `14:05 UTC`; with seconds when it is soon, with the day when it is not today.
QString TrafficControl::untilText(HostGate::Time time) const
{
    const auto distance = std::chrono::abs(time - m_clock.steadyNow());
    const bool isNear = distance < 2min;
    const auto moment = wallTime(time).time_since_epoch();
    const qint64 shown = isNear ? std::chrono::ceil<std::chrono::seconds>(moment).count()
                                : std::chrono::ceil<std::chrono::minutes>(moment).count() * 60;
    const auto form = isNear           ? QStringLiteral("HH:mm:ss 'UTC'")
                      : distance < 12h ? QStringLiteral("HH:mm 'UTC'")
                                       : QStringLiteral("d MMMM, HH:mm 'UTC'");
    return QLocale::c().toString(QDateTime::fromSecsSinceEpoch(shown, Qt::UTC), form);
}

ports::RegistryTraffic TrafficControl::reportOf(const Host &host) const
{
    const auto now = m_clock.steadyNow();
    const std::scoped_lock lock(host.mutex);
    using State = ports::RegistryTraffic::State;
    ports::RegistryTraffic report;
    report.registry = host.registry;
    report.requests = host.gate.requests();
    if (const auto &budget = host.gate.budget()) {
        report.limit = budget->limit;
        report.remaining = budget->remaining;
        report.windowSeconds = budget->windowSeconds;
        report.measuredAt = wallTime(budget->measuredAt);
        if (budget->windowSeconds) {
            report.resetsAt = *report.measuredAt + std::chrono::seconds(*budget->windowSeconds);
        }
    }
    if (host.gate.isBroken()) {
        report.state = State::Broken;
        report.pausedUntil = wallTime(host.gate.triedAgainAt());
        report.detail =
            QStringLiteral("It has not worked since %1 and is tried again at %2. %3")
                .arg(untilText(host.gate.brokenSince()), untilText(host.gate.triedAgainAt()), host.reason)
                .trimmed();
    } else if (const auto until = host.gate.pausedUntil(now)) {
        report.state = State::Paused;
        report.pausedUntil = wallTime(*until);
        report.detail = QStringLiteral("It allows no more requests before %1.").arg(untilText(*until));
    } else if (const auto back = host.gate.pullsBackAt(now)) {
        report.state = State::Paused;
        report.pausedUntil = wallTime(*back);
        report.detail = QStringLiteral("The pulls that it allows are used up until %1. Looking for new "
                                       "versions goes on.")
                            .arg(untilText(*back));
    }
    return report;
}

std::vector<ports::RegistryTraffic> TrafficControl::report() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<ports::RegistryTraffic> all;
    for (const auto &[name, host] : m_hosts) {
        all.push_back(reportOf(*host));
    }
    return all;
}

} // namespace dockerauto::registry
