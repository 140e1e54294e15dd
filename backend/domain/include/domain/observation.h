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

/// From `State` and `RestartCount` of an inspect.
Vitals vitalsOf(const core::Json &inspect);

/// The container's own past, from samples taken before the update.
struct Baseline
{
    std::optional<double> cpuPercent;
    std::optional<qint64> memoryBytes;

    [[nodiscard]] core::Json toJson() const;
    static Baseline fromJson(const core::Json &json);
};
Baseline baselineOf(const std::vector<Vitals> &samples);

/// Judges, sample by sample, whether a container is worse since its update. Restarts, an out-of-memory kill,
/// an end, an `unhealthy` count at once (health and probe when they stay bad for three samples in a row); CPU
/// and memory only when the median of all samples, of which there must be at least five, is far above the
/// past: more than twice and 20 percent points of one CPU, more than twice and 128 MiB. A rule that is more
/// than the engine's own noise: see resources/docs/updates.md.
class Observer
{
public:
    /// `first` is how the container was when the watch began.
    Observer(Baseline baseline, const Vitals &first);
    /// A sentence when the container has become worse; nothing otherwise.
    std::optional<QString> add(const Vitals &sample);

private:
    Baseline m_baseline;
    Vitals m_first;
    std::vector<Vitals> m_samples;
};

} // namespace dockerauto::domain
