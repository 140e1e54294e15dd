#pragma once

#include <core/clock.h>

#include <mutex>

namespace dockerauto::testsupport {

/// Time that passes only when a test says so, or by as much as somebody sleeps. Thread-safe.
class ManualClock final : public core::Clock
{
public:
    [[nodiscard]] core::Timestamp now() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_now;
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_steady;
    }
    bool sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const override
    {
        advance(duration);
        return !stop.stop_requested();
    }
    void advance(std::chrono::milliseconds duration) const
    {
        const std::scoped_lock lock(m_mutex);
        m_now += duration;
        m_steady += duration;
    }

private:
    mutable std::mutex m_mutex;
    mutable core::Timestamp m_now{std::chrono::seconds(1'700'000'000)};
    mutable std::chrono::steady_clock::time_point m_steady{std::chrono::hours(1)};
};

} // namespace dockerauto::testsupport
