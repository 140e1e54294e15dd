#pragma once

#include <application/hosts/hostservice.h>
#include <application/updates/checkservice.h>
#include <core/clock.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace dockerauto::application {

/// Starts a check of everything at a fixed interval, the first one shortly after a host answers. A thread of
/// its own. An interval of zero means: only when asked.
class CheckSchedule
{
public:
    CheckSchedule(CheckService &checks, const core::Clock &clock, std::chrono::seconds interval,
        std::chrono::seconds firstAfter);
    ~CheckSchedule();
    CheckSchedule(const CheckSchedule &) = delete;
    CheckSchedule &operator=(const CheckSchedule &) = delete;

    /// Tells when a host answers for the first time.
    [[nodiscard]] HostService::Observer observer();
    void start();
    void stop();
    [[nodiscard]] std::optional<core::Timestamp> nextCheck() const;

private:
    void run(const std::stop_token &stop);

    CheckService &m_checks;
    const core::Clock &m_clock;
    std::chrono::seconds m_interval;
    std::chrono::seconds m_firstAfter;
    std::atomic<bool> m_connected = false;
    std::atomic<std::int64_t> m_next = 0;
    std::jthread m_thread;
};

} // namespace dockerauto::application
