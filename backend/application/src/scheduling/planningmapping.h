#pragma once

#include <contracts/schedules.h>
#include <domain/cron.h>
#include <domain/timewindow.h>
#include <ports/calendarreader.h>
#include <ports/storage.h>

#include <vector>

namespace dockerauto::application {

using Containers = std::vector<ports::ContainerRecord>;

/// When a window is open, as its user wrote it. InvalidArgument names the field, below `times`.
core::Result<domain::WindowTimes> timesOf(const contracts::WindowTimes &times);

/// When the window is open, its calendar read for more than a year from now on. What cannot be read any more
/// counts on the safe side: a window stays closed, a freeze goes on.
domain::WindowTimes timesOf(
    const ports::WindowRecord &record, const ports::CalendarReader &calendars, core::Timestamp now);

/// The part of a calendar that matters now. Begins with a day, so that it is asked for again with the same
/// moments.
domain::TimeRange calendarSpan(core::Timestamp now);

struct ParsedSchedule
{
    domain::CronPattern pattern;
    QTimeZone zone;
};
core::Result<ParsedSchedule> parse(const QString &cron, const QString &zone);

core::Result<Containers> everyContainer(ports::UnitOfWork &work, const ports::ContainerFilter &filter = {});
std::vector<core::ContainerId> coveredBy(
    core::ScopeKind kind, const QString &value, const Containers &containers);

contracts::Schedule toContract(
    const ports::ScheduleRecord &record, core::Timestamp now, const Containers &containers);
contracts::Window toContract(const ports::WindowRecord &record, const ports::CalendarReader &calendars,
    core::Timestamp now, const Containers &containers);

// What every request about plans must keep to.

/// Trimmed; 1 to 200 characters.
core::Result<QString> checkName(const QString &name);
/// The value, trimmed. What the scope names must exist, unless it is as it was before.
core::Result<QString> checkScope(ports::UnitOfWork &work, const contracts::Scope &scope,
    core::ScopeKind kindBefore, const QString &valueBefore);

} // namespace dockerauto::application
