#include "planningmapping.h"

#include <application/policies/rulebook.h>
#include <contracts/codec.h>
#include <core/logging.h>

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::Timestamp;
using std::chrono::days;

namespace {

constexpr int shownRuns = 5;
constexpr int shownDays = 14;
constexpr int everything = 1'000'000;

core::Failure refuse(const QString &message, const QString &path)
{
    return fail(ErrorCode::InvalidArgument, message, path);
}

Result<std::optional<domain::TimeRange>> singleRange(const contracts::WindowTimes &times)
{
    if (!times.from && !times.until) {
        return std::nullopt;
    }
    if (!times.from) {
        return refuse(QStringLiteral("“from” is missing: a single window has a beginning and an end"),
            QStringLiteral("times/from"));
    }
    if (!times.until) {
        return refuse(QStringLiteral("“until” is missing: a single window has a beginning and an end"),
            QStringLiteral("times/until"));
    }
    if (*times.until <= *times.from) {
        return refuse(QStringLiteral("“until” must be after “from”"), QStringLiteral("times/until"));
    }
    return domain::TimeRange{*times.from, *times.until};
}

Result<std::optional<domain::WeeklyWindow>> weekly(const contracts::WindowTimes &times)
{
    const auto names = times.days.value_or(std::vector<QString>());
    if (names.empty() && !times.start && !times.end) {
        return std::nullopt;
    }
    if (times.start && !times.end) {
        return refuse(
            QStringLiteral("“end” is missing: give “start” and “end”, or none of them for whole days"),
            QStringLiteral("times/end"));
    }
    if (times.end && !times.start) {
        return refuse(
            QStringLiteral("“start” is missing: give “start” and “end”, or none of them for whole days"),
            QStringLiteral("times/start"));
    }
    auto window = domain::WeeklyWindow::parse(names, times.start.value_or(QStringLiteral("00:00")),
        times.end.value_or(QStringLiteral("24:00")), times.zone.value_or(QStringLiteral("UTC")));
    if (!window) {
        return refuse(window.error().message, QStringLiteral("times/") + window.error().path);
    }
    return *window;
}

domain::WindowTimes whenUnreadable(const ports::WindowRecord &record, const core::Error &error)
{
    qCWarning(core::logUpdate).noquote()
        << (record.kind == core::WindowKind::Freeze ? "the freeze" : "the window") << record.name
        << "cannot be read:" << error.text();
    if (record.kind == core::WindowKind::Window) {
        return {};
    }
    // Whole days, every day.
    return {.weekly = domain::WeeklyWindow{{}, QTime(0, 0), QTime(0, 0), QTimeZone::utc()}, .ranges = {}};
}

std::optional<QString> orNull(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

} // namespace

Result<domain::WindowTimes> timesOf(const contracts::WindowTimes &times)
{
    if (times.zone) {
        if (auto zone = domain::timeZoneNamed(*times.zone); !zone) {
            return refuse(zone.error().message, QStringLiteral("times/zone"));
        }
    }
    domain::WindowTimes result;
    DOCKERAUTO_TRY_ASSIGN(single, singleRange(times));
    if (single) {
        result.ranges.push_back(*single);
    }
    DOCKERAUTO_TRY_ASSIGN(week, weekly(times));
    result.weekly = std::move(week);
    return result;
}

domain::TimeRange calendarSpan(Timestamp now)
{
    const Timestamp today = std::chrono::floor<days>(now);
    return {today - days(2), today + days(400)};
}

domain::WindowTimes timesOf(
    const ports::WindowRecord &record, const ports::CalendarReader &calendars, Timestamp now)
{
    const auto written = contracts::decode<contracts::WindowTimes>(
        record.times.is_object() ? record.times : core::Json::object(), contracts::UnknownFields::Ignore);
    if (!written) {
        return whenUnreadable(record, written.error());
    }
    auto times = timesOf(*written);
    if (!times) {
        return whenUnreadable(record, times.error());
    }
    if (!record.calendar.isEmpty()) {
        const auto span = calendarSpan(now);
        auto ranges = calendars.ranges(record.calendar, span.from, span.until);
        if (!ranges) {
            return whenUnreadable(record, ranges.error());
        }
        times->ranges.insert(times->ranges.end(), ranges->begin(), ranges->end());
    }
    return *times;
}

Result<ParsedSchedule> parse(const QString &cron, const QString &zone)
{
    DOCKERAUTO_TRY_ASSIGN(pattern, domain::CronPattern::parse(cron));
    DOCKERAUTO_TRY_ASSIGN(parsedZone, domain::timeZoneNamed(zone));
    return ParsedSchedule{std::move(pattern), std::move(parsedZone)};
}

Result<Containers> everyContainer(ports::UnitOfWork &work, const ports::ContainerFilter &filter)
{
    return work.containers().list(filter, std::nullopt, everything);
}

std::vector<core::ContainerId> coveredBy(
    core::ScopeKind kind, const QString &value, const Containers &containers)
{
    std::vector<core::ContainerId> ids;
    for (const auto &container : containers) {
        if (scopeCovers(kind, value, container)) {
            ids.push_back(container.id);
        }
    }
    return ids;
}

contracts::Schedule toContract(
    const ports::ScheduleRecord &record, Timestamp now, const Containers &containers)
{
    contracts::Schedule schedule{.id = record.id,
        .name = record.name,
        .enabled = record.enabled,
        .action = record.action,
        .cron = record.cron,
        .zone = record.zone,
        .scope = {record.scope, orNull(record.scopeValue)},
        .jitterSeconds = record.jitterSeconds,
        .missed = record.missed,
        .nextRuns = {},
        .lastRunAt = record.lastRunAt,
        .lastResult = record.lastResult,
        .containers = static_cast<int>(coveredBy(record.scope, record.scopeValue, containers).size()),
        .createdAt = record.createdAt,
        .updatedAt = record.updatedAt};
    if (const auto parsed = parse(record.cron, record.zone); parsed && record.enabled) {
        schedule.nextRuns = parsed->pattern.next(now, parsed->zone, shownRuns);
    }
    return schedule;
}

contracts::Window toContract(const ports::WindowRecord &record, const ports::CalendarReader &calendars,
    Timestamp now, const Containers &containers)
{
    const auto times = timesOf(record, calendars, now);
    const auto state = domain::stateAt(times, now);
    contracts::Window window{.id = record.id,
        .name = record.name,
        .enabled = record.enabled,
        .kind = record.kind,
        .scope = {record.scope, orNull(record.scopeValue)},
        .times = contracts::decode<contracts::WindowTimes>(record.times, contracts::UnknownFields::Ignore)
                     .value_or(contracts::WindowTimes()),
        .calendar =
            record.calendar.isEmpty() ? std::nullopt : std::optional(QString::fromUtf8(record.calendar)),
        .inside = state.inside,
        .closesAt = state.closesAt,
        .opensNext = state.opensNext,
        .opens = {},
        .closes = {},
        .containers = static_cast<int>(coveredBy(record.scope, record.scopeValue, containers).size()),
        .createdAt = record.createdAt,
        .updatedAt = record.updatedAt};
    for (const auto &range : domain::rangesBetween(times, now, now + days(shownDays))) {
        window.opens.push_back(range.from);
        window.closes.push_back(range.until);
    }
    return window;
}

Result<QString> checkName(const QString &name)
{
    constexpr qsizetype longest = 200;
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > longest) {
        return refuse(
            QStringLiteral("“name” must have from 1 to %1 characters").arg(longest), QStringLiteral("name"));
    }
    return trimmed;
}

Result<QString> checkScope(ports::UnitOfWork &work, const contracts::Scope &scope, core::ScopeKind kindBefore,
    const QString &valueBefore)
{
    const QString path = QStringLiteral("scope/value");
    const QString value = scope.value.value_or(QString()).trimmed();
    if (scope.kind == core::ScopeKind::All) {
        return QString();
    }
    if (value.isEmpty() || value.startsWith(u'=')) {
        return refuse(QStringLiteral("“scope/value” is missing: the id of a container or host, the name of a "
                                     "project, or a label, for example team=web"),
            path);
    }
    if (value.size() > 500) {
        return refuse(QStringLiteral("“scope/value” is longer than 500 characters"), path);
    }
    if (scope.kind == kindBefore && value == valueBefore) {
        return value;
    }
    if (scope.kind == core::ScopeKind::Container && !work.containers().find(core::ContainerId(value))) {
        return refuse(QStringLiteral("There is no container with the id “%1”").arg(value.left(64)), path);
    }
    if (scope.kind == core::ScopeKind::Host && !work.hosts().find(core::HostId(value))) {
        return refuse(QStringLiteral("There is no host with the id “%1”").arg(value.left(64)), path);
    }
    return value;
}

} // namespace dockerauto::application
