#pragma once

#include "core/result.h"

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace dockerauto::core {

/// The latest moment at which a blocking call may still be under way.
class Deadline
{
public:
    using Clock = std::chrono::steady_clock;

    static Deadline in(std::chrono::milliseconds duration) { return Deadline(Clock::now() + duration); }
    explicit Deadline(Clock::time_point at) : m_at(at) {}

    [[nodiscard]] Clock::time_point at() const { return m_at; }
    [[nodiscard]] bool passed() const { return Clock::now() >= m_at; }
    /// Never negative.
    [[nodiscard]] std::chrono::milliseconds remaining() const
    {
        return std::max(std::chrono::milliseconds(0),
            std::chrono::duration_cast<std::chrono::milliseconds>(m_at - Clock::now()));
    }

private:
    Clock::time_point m_at;
};

/// What every blocking call takes: when to give up, and how to be told to stop. Passed by value or const
/// reference; cheap to copy.
struct CallContext
{
    Deadline deadline;
    std::stop_token stop;

    /// The same stop, but not later than `duration` from now.
    [[nodiscard]] CallContext within(std::chrono::milliseconds duration) const
    {
        return {Deadline(std::min(deadline.at(), Deadline::Clock::now() + duration)), stop};
    }
    /// The same stop with a deadline of its own.
    [[nodiscard]] CallContext withDeadline(std::chrono::milliseconds duration) const
    {
        return {Deadline::in(duration), stop};
    }
    /// Cancelled or Timeout when the call must end now.
    [[nodiscard]] Result<> check() const
    {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, QStringLiteral("The work was cancelled"));
        }
        if (deadline.passed()) {
            return fail(ErrorCode::Timeout, QStringLiteral("The time for this ran out"));
        }
        return {};
    }
};

} // namespace dockerauto::core
