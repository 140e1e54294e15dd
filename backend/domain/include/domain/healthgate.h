#pragma once

#include <core/json.h>

#include <QString>

#include <chrono>
#include <optional>

namespace dockerauto::domain {

/// Decides, from inspects of a container that has just been started, whether it works. Pure: time comes in as
/// an argument. The rules are those of the health gate in resources/docs/updates.md.
class HealthGate
{
public:
    enum class Verdict
    {
        Waiting,
        Passed,
        Failed
    };

    struct Options
    {
        /// Without a health check: how long it must run undisturbed.
        std::chrono::milliseconds stableFor{10'000};
        /// Added to the budget that the health check itself gives.
        std::chrono::milliseconds slack{10'000};
    };

    struct Judgement
    {
        Verdict verdict = Verdict::Waiting;
        /// One sentence for people: what is awaited, or why it failed, with the last output of the check.
        QString reason;
    };

    /// `inspect` is that of the new container, taken right after the start.
    HealthGate(const core::Json &inspect, const Options &options);

    /// start_period + retries × (interval + timeout) + slack, or what an undisturbed run takes.
    [[nodiscard]] std::chrono::milliseconds budget() const { return m_budget; }
    [[nodiscard]] bool hasHealthcheck() const { return m_hasHealthcheck; }
    /// `elapsed` since the start.
    [[nodiscard]] Judgement judge(const core::Json &inspect, std::chrono::milliseconds elapsed) const;

private:
    bool m_hasHealthcheck = false;
    bool m_oneShot = false;
    int m_restartCount = 0;
    std::chrono::milliseconds m_budget{0};
    Options m_options;
};

} // namespace dockerauto::domain
