#pragma once

#include <core/clock.h>

#include <atomic>
#include <thread>

namespace dockerauto::testsupport {

/// Time that passes only when somebody sleeps. Thread-safe.
class FakeClock final : public core::Clock
{
public:
    [[nodiscard]] core::Timestamp now() const override
    {
        return core::Timestamp(std::chrono::milliseconds(1'740'000'000'000 + m_passed.load()));
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(1'000'000 + m_passed.load()));
    }
    bool sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const override
    {
        m_passed += duration.count();
        // A little of real time, so that threads which wait for each other do not spin.
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        return !stop.stop_requested();
    }

    /// Lets time pass.
    void advance(std::chrono::milliseconds duration) { m_passed += duration.count(); }

private:
    mutable std::atomic<std::int64_t> m_passed = 0;
};

} // namespace dockerauto::testsupport
