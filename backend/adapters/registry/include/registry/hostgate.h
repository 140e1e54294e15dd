#pragma once

#include "registry/ratelimit.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace dockerauto::registry {

/// Why a request is sent.
enum class Purpose
{
    /// HEAD, tags, configs, tokens: not counted as pulls.
    Look,
    /// GET of a manifest, which counts where pulls are limited.
    Pull,
    /// A person asks whether the registry works: tried also while it counts as broken.
    Trial
};

/// When one host may be sent a request. Decides only: no threads, no waiting, no clock of its own.
///
/// - Not more in flight than hides the way to the host: eight, up to 32 on a long one.
/// - After 429 nothing is sent until the time that was named, or else for one second, two, four, … up to five
///   minutes. Then half as many are in flight, and the pace is what the host was seen to allow; it grows by a
///   twentieth per second until it no longer matters.
/// - After five failures in a row one request per 30 s, 60 s, … ten minutes finds out whether it is back.
class HostGate
{
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    struct Verdict
    {
        enum class Kind
        {
            /// Taken: send at `at` unless the generation has changed by then, and call release() after it.
            Go,
            /// As many in flight as there may be.
            Full,
            /// Not before `at`, because 429 was said, just now or so often that there is a pace.
            Paused,
            /// All pulls are used up; again at `at`.
            NoPulls,
            /// It failed since `since` and is tried again at `at`.
            Broken
        };
        Kind kind = Kind::Full;
        Time at{};
        Time since{};
        std::uint64_t generation = 0;
    };

    /// How a request ended.
    struct Outcome
    {
        enum class Kind
        {
            Answered,
            /// No answer, or one with a status of 500 and more.
            Failed,
            /// Says nothing of the host: cancelled, or answered by another one.
            Unknown
        };
        Kind kind = Kind::Unknown;
        int status = 0;
        RateLimit limit = {};
        /// From the request to the first byte of the answer.
        Duration latency{};
        /// Of the verdict.
        std::uint64_t generation = 0;
    };

    /// What the host said of its limit on pulls.
    struct Budget
    {
        std::optional<qint64> limit;
        std::optional<qint64> remaining;
        std::optional<qint64> windowSeconds;
        Time measuredAt{};
    };

    /// `random` gives numbers from 0 to 1, so that many programs do not come back at one moment.
    explicit HostGate(std::function<double()> random);

    /// `latest` is how long the pace may make the request wait; beyond it the verdict is Paused.
    Verdict admit(Purpose purpose, Time now, Time latest);
    /// After Go: the request was never sent.
    void withdraw();
    void release(const Outcome &outcome, Time now);

    /// Counts the waves of 429; what was allowed in an older one must ask again.
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }
    [[nodiscard]] std::optional<Time> pausedUntil(Time now) const;
    /// When the pulls are used up: until when at the latest.
    [[nodiscard]] std::optional<Time> pullsBackAt(Time now) const;
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] Time brokenSince() const { return m_brokenSince; }
    [[nodiscard]] Time triedAgainAt() const { return m_trialAt; }
    [[nodiscard]] const std::optional<Budget> &budget() const { return m_budget; }
    [[nodiscard]] qint64 requests() const { return m_requests; }
    [[nodiscard]] int inFlight() const { return m_inFlight; }
    /// How many may be in flight.
    [[nodiscard]] int window() const { return static_cast<int>(m_window); }

private:
    Verdict go(Time now, Time latest);
    [[nodiscard]] Time turn(Time now);
    void fillBucket(Time now);
    void limited(const Outcome &outcome, Time now);
    void slowDown(Time now);
    void succeeded(const Outcome &outcome, Time now);
    void failed(Time now);

    std::function<double()> m_random;
    qint64 m_requests = 0;
    int m_inFlight = 0;
    double m_window;
    Duration m_shortestWay = Duration::max();

    std::uint64_t m_generation = 0;
    std::optional<Time> m_pausedUntil;
    int m_backoff = 0;
    /// Requests per second; none while the host sets no limit.
    std::optional<double> m_rate;
    /// May be negative: then so many wait for their turn.
    double m_bucket = 0;
    Time m_filledAt{};
    /// What the pace is measured over: since the last 429, or since work began.
    Time m_countedSince{};
    qint64 m_counted = 0;
    bool m_countedFromRefusal = false;
    Time m_lastUsed{};
    Time m_grownAt{};

    int m_failures = 0;
    Time m_firstFailure{};
    bool m_broken = false;
    bool m_trialRuns = false;
    Time m_brokenSince{};
    Time m_trialAt{};
    Duration m_trialDelay{};

    std::optional<Budget> m_budget;
};

} // namespace dockerauto::registry
