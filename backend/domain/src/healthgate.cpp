#include "domain/healthgate.h"

#include "jsonfield.h"

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

using Verdict = HealthGate::Verdict;
using Judgement = HealthGate::Judgement;

// What the engine takes where a health check does not say (moby, daemon/health.go).
constexpr nanoseconds defaultInterval = std::chrono::seconds(30);
constexpr nanoseconds defaultTimeout = std::chrono::seconds(30);
constexpr int defaultRetries = 3;
constexpr qsizetype maxOutput = 300;
/// A budget of more than a day is a mistake in the check, and must not overflow.
constexpr milliseconds maxBudget = std::chrono::hours(24);

milliseconds durationOf(const Json &check, const char *key, nanoseconds fallback)
{
    const qint64 given = integer(check, key);
    return std::min<milliseconds>(
        maxBudget, std::chrono::duration_cast<milliseconds>(given > 0 ? nanoseconds(given) : fallback));
}

bool checksHealth(const Json &check)
{
    const Json &test = items(memberOf(check, "Test"));
    return !test.empty() && test.front() != Json("NONE");
}

milliseconds budgetOf(const Json &check)
{
    const qint64 given = integer(check, "Retries");
    const qint64 retries = given > 0 ? std::min<qint64>(given, 10'000) : defaultRetries;
    return std::min<milliseconds>(maxBudget, durationOf(check, "StartPeriod", nanoseconds(0)) +
                                                 retries * (durationOf(check, "Interval", defaultInterval) +
                                                               durationOf(check, "Timeout", defaultTimeout)));
}

/// Podman calls it Healthcheck.
const Json &healthOf(const Json &state)
{
    const Json &health = memberOf(state, "Health");
    return health.is_object() ? health : memberOf(state, "Healthcheck");
}

QString lastOutput(const Json &state)
{
    const Json &log = items(memberOf(healthOf(state), "Log"));
    const QString output = log.empty() ? QString() : core::textOf(log.back(), "Output").trimmed();
    return output.size() > maxOutput ? output.left(maxOutput) + QStringLiteral("…") : output;
}

QString withOutput(const QString &sentence, const Json &state)
{
    const QString output = lastOutput(state);
    return output.isEmpty() ? sentence + QLatin1Char('.')
                            : QStringLiteral("%1. Its last check said: %2").arg(sentence, output);
}

QString statusOf(const Json &state)
{
    const QString status = core::textOf(state, "Status");
    if (!status.isEmpty()) {
        return status;
    }
    return flag(state, "Restarting") ? QStringLiteral("restarting")
           : flag(state, "Running")  ? QStringLiteral("running")
                                     : QStringLiteral("exited");
}

QString seconds(milliseconds duration)
{
    return QStringLiteral("%1 s").arg((duration.count() + 999) / 1000);
}

QString endOf(const Json &state)
{
    QString sentence = QStringLiteral("It ended with exit code %1").arg(integer(state, "ExitCode"));
    if (flag(state, "OOMKilled")) {
        sentence += QStringLiteral(" because it ran out of memory");
    }
    const QString error = core::textOf(state, "Error").trimmed();
    return error.isEmpty() ? sentence + QLatin1Char('.') : QStringLiteral("%1: %2").arg(sentence, error);
}

} // namespace

HealthGate::HealthGate(const Json &inspect, const Options &options)
    : m_restartCount(static_cast<int>(integer(inspect, "RestartCount"))), m_options(options)
{
    const Json &check = memberOf(memberOf(inspect, "Config"), "Healthcheck");
    const QString policy = core::textOf(memberOf(memberOf(inspect, "HostConfig"), "RestartPolicy"), "Name");
    m_hasHealthcheck = checksHealth(check);
    m_oneShot = policy.isEmpty() || policy == QLatin1String("no") || policy == QLatin1String("on-failure");
    m_budget = m_hasHealthcheck ? budgetOf(check) + options.slack : options.stableFor;
}

Judgement HealthGate::judge(const Json &inspect, milliseconds elapsed) const
{
    const Json &state = memberOf(inspect, "State");
    const QString status = statusOf(state);
    const bool timeIsUp = elapsed >= m_budget;

    if (status == QLatin1String("exited") || status == QLatin1String("dead")) {
        const bool done = m_oneShot && integer(state, "ExitCode", -1) == 0 && !flag(state, "OOMKilled") &&
                          core::textOf(state, "Error").isEmpty() && status == QLatin1String("exited");
        return done
                   ? Judgement{Verdict::Passed, QStringLiteral("It did its work and ended without an error.")}
                   : Judgement{Verdict::Failed, endOf(state)};
    }
    if (!m_hasHealthcheck &&
        (status == QLatin1String("restarting") || integer(inspect, "RestartCount") > m_restartCount)) {
        // Once it runs again the engine has forgotten how it ended.
        const QString how = flag(state, "Running") && status != QLatin1String("restarting")
                                ? QString()
                                : QLatin1Char(' ') + endOf(state);
        return {Verdict::Failed, QStringLiteral("It ended, and the engine had to start it again.") + how};
    }
    if (status != QLatin1String("running") && status != QLatin1String("paused")) {
        const QString error = core::textOf(state, "Error").trimmed();
        if (!error.isEmpty() && status == QLatin1String("created")) {
            return {Verdict::Failed, QStringLiteral("It could not be started: %1").arg(error)};
        }
        return timeIsUp ? Judgement{Verdict::Failed,
                              QStringLiteral("It is %1 after %2.").arg(status, seconds(elapsed))}
                        : Judgement{Verdict::Waiting, QStringLiteral("It is %1.").arg(status)};
    }
    if (!m_hasHealthcheck) {
        return timeIsUp
                   ? Judgement{Verdict::Passed,
                         QStringLiteral("It has been running for %1.").arg(seconds(m_budget))}
                   : Judgement{Verdict::Waiting, QStringLiteral("It has no health check; it must run for %1.")
                                                     .arg(seconds(m_budget))};
    }
    const QString health = core::textOf(healthOf(state), "Status");
    if (health == QLatin1String("healthy")) {
        return {Verdict::Passed, QStringLiteral("Its health check passes.")};
    }
    if (health == QLatin1String("unhealthy")) {
        return {Verdict::Failed, withOutput(QStringLiteral("Its health check fails"), state)};
    }
    return timeIsUp
               ? Judgement{Verdict::Failed,
                     withOutput(
                         QStringLiteral("It did not become healthy within %1").arg(seconds(m_budget)), state)}
               : Judgement{Verdict::Waiting, QStringLiteral("Its health check has not passed yet.")};
}

} // namespace dockerauto::domain
