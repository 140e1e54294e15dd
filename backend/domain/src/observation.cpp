#include "domain/observation.h"

#include "jsonfield.h"

#include <algorithm>
#include <array>

namespace dockerauto::domain {

using core::Json;
using core::memberOf;

namespace {

constexpr int badInARow = 3;
constexpr int warmUp = 12;
constexpr std::size_t fewest = 5;
constexpr double muchMoreCpu = 20;
constexpr qint64 muchMoreMemory = qint64(128) << 20;

template <class T>
std::optional<T> median(std::vector<T> values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Restart policies that start a container again whatever it ended with, unless somebody has stopped it.
bool restartsAlways(const QString &policy)
{
    return policy == QLatin1String("always") || policy == QLatin1String("unless-stopped");
}

/// Zero, or by SIGINT, SIGKILL or SIGTERM: what is left of a container that somebody has stopped.
bool isPeaceful(int exitCode)
{
    constexpr std::array codes{0, 130, 137, 143};
    return std::ranges::find(codes, exitCode) != codes.end();
}

QString mebibytes(qint64 bytes)
{
    return QStringLiteral("%1 MiB").arg(bytes >> 20);
}

} // namespace

Vitals vitalsOf(const Json &inspect)
{
    const Json &state = memberOf(inspect, "State");
    Vitals vitals;
    const QString status = core::textOf(state, "Status");
    vitals.running = flag(state, "Running") || status == QLatin1String("restarting");
    vitals.restartCount = static_cast<int>(integer(inspect, "RestartCount"));
    vitals.oomKilled = flag(state, "OOMKilled");
    vitals.exitCode = static_cast<int>(integer(state, "ExitCode"));
    const QString policy = core::textOf(memberOf(memberOf(inspect, "HostConfig"), "RestartPolicy"), "Name");
    vitals.stoppedInPeace = !vitals.running && !vitals.oomKilled && status != QLatin1String("dead") &&
                            core::textOf(state, "Error").isEmpty() &&
                            (isPeaceful(vitals.exitCode) || restartsAlways(policy));
    const QString health = core::textOf(memberOf(state, "Health"), "Status");
    vitals.health = health == QLatin1String("none") ? QString() : health;
    return vitals;
}

Json Baseline::toJson() const
{
    Json json = Json::object();
    if (cpuPercent) {
        json["cpuPercent"] = *cpuPercent;
    }
    if (memoryBytes) {
        json["memoryBytes"] = *memoryBytes;
    }
    return json;
}

Baseline Baseline::fromJson(const Json &json)
{
    Baseline baseline;
    if (const Json &cpu = memberOf(json, "cpuPercent"); cpu.is_number()) {
        baseline.cpuPercent = cpu.get<double>();
    }
    if (const Json &memory = memberOf(json, "memoryBytes"); memory.is_number_integer()) {
        baseline.memoryBytes = memory.get<qint64>();
    }
    return baseline;
}

Baseline baselineOf(const std::vector<Vitals> &samples)
{
    std::vector<double> cpu;
    std::vector<qint64> memory;
    for (const Vitals &sample : samples) {
        if (sample.cpuPercent) {
            cpu.push_back(*sample.cpuPercent);
        }
        if (sample.memoryBytes) {
            memory.push_back(*sample.memoryBytes);
        }
    }
    return {.cpuPercent = median(std::move(cpu)), .memoryBytes = median(std::move(memory))};
}

Observer::Observer(Baseline baseline, const Vitals &first)
    : m_baseline(baseline), m_restartCount(first.restartCount), m_oomKilled(first.oomKilled)
{
}

std::optional<QString> Observer::add(const Vitals &sample)
{
    if (sample.oomKilled && !m_oomKilled) {
        return QStringLiteral("It was killed for lack of memory");
    }
    if (sample.restartCount > m_restartCount) {
        // The code is there only until it runs again.
        const QString code =
            sample.exitCode == 0 ? QString() : QStringLiteral(" with %1").arg(sample.exitCode);
        return QStringLiteral("It ended%1 and had to be started again").arg(code);
    }
    if (!sample.running) {
        return sample.stoppedInPeace
                   ? std::nullopt
                   : std::optional(QStringLiteral("It ended by itself with %1").arg(sample.exitCode));
    }
    // Whoever starts a container by hand sets the engine's count back.
    m_restartCount = sample.restartCount;
    m_oomKilled = sample.oomKilled;

    m_unhealthy = sample.health == QLatin1String("unhealthy") ? m_unhealthy + 1 : 0;
    if (m_unhealthy >= badInARow) {
        return QStringLiteral("Its health check says that it is unhealthy, and said so %1 times in a row")
            .arg(badInARow);
    }
    if (sample.probePassed) {
        m_unanswered = *sample.probePassed ? 0 : m_unanswered + 1;
    }
    if (m_unanswered >= badInARow) {
        return QStringLiteral("Its probe failed %1 times in a row: %2")
            .arg(badInARow)
            .arg(sample.probeDetail);
    }
    if (++m_seen > warmUp) {
        if (sample.cpuPercent) {
            m_cpu.push_back(*sample.cpuPercent);
        }
        if (sample.memoryBytes) {
            m_memory.push_back(*sample.memoryBytes);
        }
    }
    return judgeUsage();
}

std::optional<QString> Observer::judgeUsage() const
{
    if (m_baseline.cpuPercent && m_cpu.size() >= fewest) {
        const double now = *median(m_cpu);
        const double before = *m_baseline.cpuPercent;
        if (now > before * 2 && now > before + muchMoreCpu) {
            return QStringLiteral("It uses %1 % of a CPU where it used %2 % before")
                .arg(now, 0, 'f', 0)
                .arg(before, 0, 'f', 0);
        }
    }
    if (m_baseline.memoryBytes && m_memory.size() >= fewest) {
        const qint64 now = *median(m_memory);
        const qint64 before = *m_baseline.memoryBytes;
        if (now > before * 2 && now > before + muchMoreMemory) {
            return QStringLiteral("It uses %1 of memory where it used %2 before")
                .arg(mebibytes(now), mebibytes(before));
        }
    }
    return std::nullopt;
}

} // namespace dockerauto::domain
