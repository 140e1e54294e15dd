#pragma once

#include <application/eventfeed.h>
#include <application/operationbus.h>
#include <contracts/schedules.h>
#include <core/clock.h>
#include <ports/calendarreader.h>
#include <ports/storage.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dockerauto::application {

class ScheduleRunner;

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
        /// When the regular check comes next, for the list of what is upcoming; may be empty. Called on any
        /// thread.
        std::function<std::optional<core::Timestamp>()> nextCheck = {};
    };

    ScheduleService(ports::Storage &storage, const ports::CalendarReader &calendars, EventFeed &feed,
        const core::Clock &clock, Actions actions);
    ~ScheduleService();
    ScheduleService(const ScheduleService &) = delete;
    ScheduleService &operator=(const ScheduleService &) = delete;

    /// All of schedules.* and windows.*.
    void registerOperations(OperationBus &bus);
    void start();
    /// Waits for a run that is under way. Slots that were not taken yet are for the next start.
    void stop();

private:
    /// The containers that a change concerns.
    using Concerned = std::vector<core::ContainerId>;
    enum class Existence
    {
        New,
        Known
    };

    core::Result<contracts::ScheduleList> listSchedules(const core::CallContext &context) const;
    core::Result<contracts::Schedule> schedule(const QString &id, const core::CallContext &context) const;
    core::Result<contracts::Schedule> putSchedule(
        const contracts::ScheduleChange &change, Existence existence, const core::CallContext &context);
    core::Result<> removeSchedule(const QString &id, const core::CallContext &context);
    core::Result<contracts::Schedule> runSchedule(const QString &id, const core::CallContext &context);
    core::Result<contracts::SchedulePreview> preview(const contracts::SchedulePreviewRequest &request) const;
    core::Result<contracts::UpcomingList> upcomingItems(
        const contracts::UpcomingQuery &query, const core::CallContext &context) const;

    core::Result<contracts::WindowList> listWindows(const core::CallContext &context) const;
    core::Result<contracts::Window> window(const QString &id, const core::CallContext &context) const;
    core::Result<contracts::Window> putWindow(
        const contracts::WindowChange &change, Existence existence, const core::CallContext &context);
    core::Result<> removeWindow(const QString &id, const core::CallContext &context);

    void registerScheduleOperations(OperationBus &bus);
    void registerWindowOperations(OperationBus &bus);
    void tell(const Concerned &concerned);

    ports::Storage &m_storage;
    const ports::CalendarReader &m_calendars;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    std::unique_ptr<ScheduleRunner> m_runner;
};

} // namespace dockerauto::application
