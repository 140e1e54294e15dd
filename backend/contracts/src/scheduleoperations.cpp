#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(Schedule, (),
    (id, name, enabled, action, cron, zone, scope, jitterSeconds, missed, nextRuns, lastRunAt, lastResult,
        containers, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(ScheduleList, (), (items))
BOOST_DESCRIBE_STRUCT(ScheduleRef, (), (id))
BOOST_DESCRIBE_STRUCT(NewSchedule, (), (name, enabled, action, cron, zone, scope, jitterSeconds, missed))
BOOST_DESCRIBE_STRUCT(
    ScheduleChange, (), (id, name, enabled, action, cron, zone, scope, jitterSeconds, missed))
BOOST_DESCRIBE_STRUCT(SchedulePreviewRequest, (), (cron, zone, from, count))
BOOST_DESCRIBE_STRUCT(SchedulePreview, (), (runs))
BOOST_DESCRIBE_STRUCT(UpcomingQuery, (), (hours))
BOOST_DESCRIBE_STRUCT(UpcomingItem, (), (at, kind, id, name, reason, containers, covered))
BOOST_DESCRIBE_STRUCT(UpcomingList, (), (items))
BOOST_DESCRIBE_STRUCT(Window, (),
    (id, name, enabled, kind, scope, times, calendar, inside, closesAt, opensNext, opens, closes, containers,
        createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(WindowList, (), (items))
BOOST_DESCRIBE_STRUCT(WindowRef, (), (id))
BOOST_DESCRIBE_STRUCT(NewWindow, (), (name, enabled, kind, scope, times, calendar))
BOOST_DESCRIBE_STRUCT(WindowChange, (), (id, name, enabled, kind, scope, times, calendar))

DOCKERAUTO_CODEC(Schedule)
DOCKERAUTO_CODEC(ScheduleList)
DOCKERAUTO_CODEC(ScheduleRef)
DOCKERAUTO_CODEC(NewSchedule)
DOCKERAUTO_CODEC(ScheduleChange)
DOCKERAUTO_CODEC(SchedulePreviewRequest)
DOCKERAUTO_CODEC(SchedulePreview)
DOCKERAUTO_CODEC(UpcomingQuery)
DOCKERAUTO_CODEC(UpcomingList)
DOCKERAUTO_CODEC(WindowTimes)
DOCKERAUTO_CODEC(Window)
DOCKERAUTO_CODEC(WindowList)
DOCKERAUTO_CODEC(WindowRef)
DOCKERAUTO_CODEC(NewWindow)
DOCKERAUTO_CODEC(WindowChange)

std::vector<Operation> detail::scheduleOperations()
{
    return {makeOperation<ListSchedules>(), makeOperation<CreateSchedule>(), makeOperation<PreviewSchedule>(),
        makeOperation<ListUpcoming>(), makeOperation<GetSchedule>(), makeOperation<ChangeSchedule>(),
        makeOperation<RemoveSchedule>(), makeOperation<RunSchedule>(), makeOperation<ListWindows>(),
        makeOperation<CreateWindow>(), makeOperation<GetWindow>(), makeOperation<ChangeWindow>(),
        makeOperation<RemoveWindow>()};
}

} // namespace dockerauto::contracts
