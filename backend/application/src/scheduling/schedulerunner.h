#pragma once

#include "slots.h"

#include <application/eventfeed.h>
#include <application/scheduling/scheduleservice.h>

#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace dockerauto::application {

/// Makes happen what schedules and windows ask for. Slots are taken in storage before the run begins, so that
/// no slot is run twice, whatever happens in between; runs follow each other on one thread, so that none
/// overlaps with another.
class ScheduleRunner
{
public:
    ScheduleRunner(ports::Storage &storage, const ports::CalendarReader &calendars, EventFeed &feed,
        const core::Clock &clock, ScheduleService::Actions actions);
    ~ScheduleRunner();
    ScheduleRunner(const ScheduleRunner &) = delete;
    ScheduleRunner &operator=(const ScheduleRunner &) = delete;

    void start();
    void stop();
    /// Runs the schedule soon, on the runner's thread; once when asked for several times. Thread-safe.
    void runSoon(const QString &id);
    /// Plans have changed, which concerns these containers. Thread-safe.
    void plansChanged(const std::vector<core::ContainerId> &containers);
    [[nodiscard]] std::optional<core::Timestamp> nextCheck() const;

    /// Does what is due now; the answer is when to look again. What the thread calls, and tests.
    core::Timestamp tick(const core::CallContext &context);

private:
    using Ids = std::set<core::ContainerId>;
    struct Window
    {
        ports::WindowRecord record;
        domain::WindowTimes times;
    };
    struct Plans
    {
        std::vector<ports::ScheduleRecord> schedules;
        std::vector<Window> windows;
    };
    enum class Slot
    {
        /// It belongs to this run.
        Taken,
        /// Somebody else took it, or changed the schedule.
        Lost
    };

    void loop(const std::stop_token &stop);
    core::Result<Plans> load(core::Timestamp now, const core::CallContext &context) const;
    core::Result<Containers> containers(
        const ports::ContainerFilter &filter, const core::CallContext &context) const;
    core::Result<core::Timestamp> look(const core::CallContext &context);
    /// When the schedule wants to be looked at again.
    core::Result<std::optional<core::Timestamp>> serve(
        ports::ScheduleRecord record, const core::CallContext &context);
    core::Result<Slot> take(ports::ScheduleRecord &record, core::Timestamp slot, const QString &note,
        const core::CallContext &context);
    core::Result<> run(const ports::ScheduleRecord &record, const core::CallContext &context);
    core::Result<> runRequested(const core::CallContext &context);
    /// Adds containers for which a window or freeze began or ended since the last look; the answer is the
    /// next change.
    core::Result<std::optional<core::Timestamp>> followWindows(
        const Plans &plans, core::Timestamp now, Ids &concerned, const core::CallContext &context);
    /// Adds containers that are held back until a moment that has come.
    core::Result<> followDecisions(core::Timestamp now, Ids &concerned, const core::CallContext &context);
    void reconsider(const Ids &ids);
    void announce();

    ports::Storage &m_storage;
    const ports::CalendarReader &m_calendars;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    ScheduleService::Actions m_actions;

    // Of the runner's thread alone.
    std::optional<core::Timestamp> m_windowsSeenAt;
    std::optional<std::chrono::steady_clock::time_point> m_decisionsSeenAt;
    /// For which moment a decision was reconsidered, and when.
    struct Reconsidered
    {
        core::Timestamp possibleAt;
        core::Timestamp at;
    };
    std::map<core::ContainerId, Reconsidered> m_reconsidered;

    std::mutex m_mutex;
    std::set<QString> m_requested;
    QString m_running;
    Ids m_concerned;
    bool m_woken = false;
    std::stop_source m_sleep;

    std::jthread m_thread;
};

} // namespace dockerauto::application
