#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace dockerauto::domain {

/// How a container was doing at one moment.
struct Vitals
{
    bool running = true;
    /// It does not run because somebody stopped it, or because it has done its work: it ended with 0, with
    /// the signals that a stop sends, or although its restart policy would have started it again, without an
    /// error of the engine.
    bool stoppedInPeace = false;
    int exitCode = 0;
    int restartCount = 0;
    bool oomKilled = false;
    /// The engine's word: healthy, unhealthy, starting; empty without a health check.
    QString health;
    /// Absent where they could not be measured.
    std::optional<double> cpuPercent;
    std::optional<qint64> memoryBytes;
    qint64 memoryLimitBytes = 0;
    /// Absent without a probe.
    std::optional<bool> probePassed;
    QString probeDetail;
};

/// From `State`, `RestartCount` and the restart policy of an inspect.
Vitals vitalsOf(const core::Json &inspect);

/// The container's own past, from samples taken before the update.
struct Baseline
{
    std::optional<double> cpuPercent;
    std::optional<qint64> memoryBytes;

    [[nodiscard]] core::Json toJson() const;
    static Baseline fromJson(const core::Json &json);
};
/// The medians of what was measured.
Baseline baselineOf(const std::vector<Vitals> &samples);

/// Judges, sample by sample, whether a container is worse since its update. A restart by the engine, an
/// out-of-memory kill and an end that is no peaceful one count at once, health and probe when they are bad in
/// three samples in a row. CPU and memory count by the median of the samples after the first twelve, of which
/// there must be at least five, and only when that is far above the past: more than twice and 20 percent
/// points of one CPU, more than twice and 128 MiB. The first twelve, a minute, are left out because what has
/// just started fills its caches. See resources/docs/updates.md.
class Observer
{
public:
    /// `first` is how the container was when the watch began.
    Observer(Baseline baseline, const Vitals &first);
    /// A sentence when the container has become worse; nothing otherwise.
    std::optional<QString> add(const Vitals &sample);

private:
    std::optional<QString> judgeUsage() const;

    Baseline m_baseline;
    int m_restartCount;
    bool m_oomKilled;
    int m_unhealthy = 0;
    int m_unanswered = 0;
    int m_seen = 0;
    std::vector<double> m_cpu;
    std::vector<qint64> m_memory;
};

} // namespace dockerauto::domain
