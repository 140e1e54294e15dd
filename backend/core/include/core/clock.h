#pragma once

#include "core/time.h"

#include <chrono>
#include <stop_token>

namespace dockerauto::core {

/// Where the backend gets time from, so that tests do not sleep.
class Clock
{
public:
    virtual ~Clock() = default;

    /// The wall clock. May jump.
    [[nodiscard]] virtual Timestamp now() const = 0;
    /// For measuring durations and for deadlines. Never jumps.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
    /// Waits, but not longer than until a stop is asked for. Returns false when it was.
    virtual bool sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
    bool sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const override;
};

} // namespace dockerauto::core
