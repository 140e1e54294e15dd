#pragma once

#include <application/eventfeed.h>
#include <application/operationbus.h>
#include <contracts/schedules.h>
#include <core/clock.h>
#include <ports/calendarreader.h>
#include <ports/storage.h>

#include <functional>
#include <thread>
#include <vector>

namespace dockerauto::application {

/// Schedules, windows and freezes: keeps them, says what comes next, and makes it happen. A thread of its
/// own.
class ScheduleService
{
public:
    /// What schedules make happen; called on the service's thread.
    struct Actions
    {
        /// Begins a run over these containers; `name` is the schedule's. The answer is one sentence about
        /// what was begun.
        std::function<core::Result<QString>(core::ScheduleAction action, const QString &name,
            const std::vector<core::ContainerId> &containers, const core::CallContext &context)>
            run;
        /// Decides anew for everything that is held back until a moment that has come, and for what a change
        /// of windows, freezes or schedules concerns. Returns at once.
        std::function<void(const std::vector<core::ContainerId> &)> reconsider;
    };

    ScheduleService(ports::Storage &storage, const ports::CalendarReader &calendars, EventFeed &feed,
        const core::Clock &clock, Actions actions);
    ~ScheduleService();
    ScheduleService(const ScheduleService &) = delete;
    ScheduleService &operator=(const ScheduleService &) = delete;

    /// All of schedules.* and windows.*.
    void registerOperations(OperationBus &bus);
    void start();
    void stop();

private:
    ports::Storage &m_storage;
    const ports::CalendarReader &m_calendars;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    Actions m_actions;
    std::jthread m_thread;
};

} // namespace dockerauto::application
