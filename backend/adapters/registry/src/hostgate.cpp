#include "registry/hostgate.h"

#include <algorithm>
#include <cmath>

namespace dockerauto::registry {

namespace {

using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;

constexpr double narrowest = 1;
/// Enough to keep a near registry busy; more would only be refused together when it has had enough.
constexpr double usual = 8;
constexpr double widest = 32;
/// The window grows in proportion to the way, so that it is open wide from 25 ms on.
constexpr Seconds longWay = 25ms;

constexpr std::chrono::seconds firstBackoff = 1s;
constexpr std::chrono::seconds longestBackoff = 5min;
constexpr std::chrono::seconds longestPause = std::chrono::hours(24);
constexpr int mostDoublings = 16;
/// Whoever allows less says so by refusing again, which makes the pauses longer.
constexpr double slowestRate = 1;
/// A pace as fast as that is none.
constexpr double unlimitedRate = 1000;
constexpr double growthPerSecond = 0.05;
/// A registry's pace is measured anew after such a time without requests.
constexpr std::chrono::seconds idleTime = 10s;

constexpr int failuresToBreak = 5;
constexpr std::chrono::seconds firstTrial = 30s;
constexpr std::chrono::seconds latestTrial = 10min;

constexpr int tooManyRequests = 429;

HostGate::Duration durationOf(double seconds)
{
    return std::chrono::duration_cast<HostGate::Duration>(Seconds(seconds));
}

double secondsOf(HostGate::Duration duration)
{
    return Seconds(duration).count();
}

} // namespace

HostGate::HostGate(std::function<double()> random) : m_random(std::move(random)), m_window(usual) {}

std::optional<HostGate::Time> HostGate::pausedUntil(Time now) const
{
    return m_pausedUntil && now < *m_pausedUntil ? m_pausedUntil : std::nullopt;
}

std::optional<HostGate::Time> HostGate::pullsBackAt(Time now) const
{
    // Figures without a window belong to other limits than that of pulls.
    if (!m_budget || m_budget->remaining != 0 || !m_budget->windowSeconds) {
        return std::nullopt;
    }
    const auto window = std::min<std::chrono::seconds>(
        std::chrono::seconds(std::min<qint64>(*m_budget->windowSeconds, longestPause.count())), longestPause);
    const Time back = m_budget->measuredAt + window;
    return now < back ? std::optional(back) : std::nullopt;
}

HostGate::Verdict HostGate::admit(Purpose purpose, Time now, Time latest)
{
    if (const auto until = pausedUntil(now)) {
        return {Verdict::Kind::Paused, *until, {}, m_generation};
    }
    if (const auto back = purpose == Purpose::Pull ? pullsBackAt(now) : std::nullopt) {
        return {Verdict::Kind::NoPulls, *back, {}, m_generation};
    }
    if (m_broken && purpose != Purpose::Trial) {
        if (m_trialRuns || now < m_trialAt) {
            return {Verdict::Kind::Broken, std::max(m_trialAt, now), m_brokenSince, m_generation};
        }
        const Verdict verdict = go(now, latest);
        m_trialRuns = verdict.kind == Verdict::Kind::Go;
        return verdict;
    }
    if (m_inFlight >= window() && purpose != Purpose::Trial) {
        return {Verdict::Kind::Full, now, {}, m_generation};
    }
    return go(now, latest);
}

HostGate::Verdict HostGate::go(Time now, Time latest)
{
    const Time at = turn(now);
    if (at > latest) {
        return {Verdict::Kind::Paused, at, {}, m_generation};
    }
    if (m_inFlight == 0 && now - std::max(m_lastUsed, m_pausedUntil.value_or(m_lastUsed)) > idleTime) {
        m_countedSince = now;
        m_counted = 0;
        m_countedFromRefusal = false;
    }
    if (m_rate) {
        m_bucket -= 1;
    }
    m_lastUsed = now;
    ++m_inFlight;
    ++m_requests;
    return {Verdict::Kind::Go, at, {}, m_generation};
}

void HostGate::withdraw()
{
    --m_inFlight;
    --m_requests;
    m_trialRuns = false;
}

/// When the pace lets the next request go: by a bucket like the one that the other side is likely to keep.
HostGate::Time HostGate::turn(Time now)
{
    if (m_rate) {
        fillBucket(now);
    }
    return !m_rate || m_bucket >= 1 ? now : now + durationOf((1 - m_bucket) / *m_rate);
}

void HostGate::fillBucket(Time now)
{
    const double passed = secondsOf(now - m_filledAt);
    m_filledAt = now;
    m_bucket = std::min(m_bucket + passed * *m_rate, std::max(1.0, *m_rate));
    m_rate = *m_rate * std::exp(growthPerSecond * passed);
    if (*m_rate > unlimitedRate) {
        m_rate.reset();
    }
}

void HostGate::release(const Outcome &outcome, Time now)
{
    --m_inFlight;
    m_lastUsed = now;
    if (outcome.kind == Outcome::Kind::Unknown) {
        // The next one finds out instead.
        m_trialRuns = false;
        return;
    }
    if (outcome.kind == Outcome::Kind::Failed) {
        failed(now);
        return;
    }
    m_failures = 0;
    m_broken = false;
    m_trialRuns = false;
    const RateLimit &limit = outcome.limit;
    if (limit.limit || limit.remaining) {
        m_budget = Budget{limit.limit, limit.remaining, limit.windowSeconds, now};
    }
    if (outcome.status == tooManyRequests) {
        limited(outcome, now);
    } else {
        succeeded(outcome, now);
    }
}

void HostGate::limited(const Outcome &outcome, Time now)
{
    const auto named = outcome.limit.retryAfter.value_or(0s);
    Duration pause = std::min<std::chrono::seconds>(named, longestPause);
    // Those that were under way together are refused together, which is one refusal.
    if (outcome.generation == m_generation) {
        ++m_generation;
        slowDown(now);
        const auto doubled = firstBackoff * (1LL << std::min(m_backoff, mostDoublings));
        const double backoff = secondsOf(std::min<std::chrono::seconds>(doubled, longestBackoff));
        ++m_backoff;
        // What is named is obeyed, and more is waited when that was not enough.
        const bool repeated = m_backoff > 1;
        if (named < firstBackoff || repeated) {
            constexpr double least = 0.5;
            pause = std::max(pause, durationOf(backoff * (least + (1 - least) * m_random())));
        }
    }
    const Time until = now + pause;
    m_pausedUntil = std::max(m_pausedUntil.value_or(until), until);
}

void HostGate::slowDown(Time now)
{
    m_window = std::max(narrowest, std::floor(m_window / 2));
    m_grownAt = now;
    constexpr double justBelow = 0.9;
    constexpr double half = 0.5;
    if (m_counted > 0) {
        // Between two refusals a host shows what it allows; before the first one it may have had a store.
        const double seconds = std::max(1e-3, secondsOf(now - m_countedSince));
        m_rate = static_cast<double>(m_counted) / seconds * (m_countedFromRefusal ? justBelow : half);
    } else if (m_rate) {
        m_rate = *m_rate * half;
    }
    if (m_rate) {
        m_rate = std::max(slowestRate, *m_rate);
    }
    m_countedFromRefusal = true;
    m_bucket = 0;
    m_filledAt = now;
    m_countedSince = now;
    m_counted = 0;
}

void HostGate::succeeded(const Outcome &outcome, Time now)
{
    ++m_counted;
    if (outcome.generation == m_generation) {
        m_backoff = 0;
    }
    if (outcome.latency > Duration::zero()) {
        m_shortestWay = std::min(m_shortestWay, outcome.latency);
    }
    const double share =
        m_shortestWay == Duration::max() ? 0 : Seconds(m_shortestWay).count() / longWay.count();
    const double most = std::clamp(widest * share, usual, widest);
    // At once as long as nothing was refused, then by one a second.
    const double grown = m_rate ? std::min(secondsOf(now - m_grownAt), 1.0) : widest;
    m_grownAt = now;
    m_window = std::min(m_window + grown, most);
}

void HostGate::failed(Time now)
{
    if (m_failures++ == 0) {
        m_firstFailure = now;
    }
    if (m_broken) {
        if (m_trialRuns) {
            m_trialRuns = false;
            m_trialDelay = std::min<Duration>(m_trialDelay * 2, latestTrial);
            m_trialAt = now + m_trialDelay;
        }
        return;
    }
    if (m_failures >= failuresToBreak) {
        m_broken = true;
        m_brokenSince = m_firstFailure;
        m_trialDelay = firstTrial;
        m_trialAt = now + firstTrial;
    }
}

} // namespace dockerauto::registry
