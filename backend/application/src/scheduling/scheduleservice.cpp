#include "application/scheduling/scheduleservice.h"

#include "schedulerunner.h"
#include "upcoming.h"

#include <contracts/events.h>
#include <core/uniqueid.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::Schedule;
using contracts::ScheduleRef;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Result;
using ports::ScheduleRecord;

namespace {

constexpr int longestJitter = 86'400;
constexpr int mostPreviewed = 100;
constexpr int longestOutlook = 744;

Result<int> within(std::optional<int> value, int fallback, int low, int high, const QString &path)
{
    const int number = value.value_or(fallback);
    if (number < low || number > high) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” must be from %2 to %3").arg(path).arg(low).arg(high), path);
    }
    return number;
}

Result<> checkUnique(const ScheduleRecord &record, const std::vector<ScheduleRecord> &all)
{
    const bool taken = std::ranges::any_of(
        all, [&](const ScheduleRecord &other) { return other.id != record.id && other.name == record.name; });
    if (taken) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("There is a schedule called “%1” already. Choose another name.").arg(record.name),
            QStringLiteral("name"));
    }
    return {};
}

} // namespace

ScheduleService::ScheduleService(ports::Storage &storage, const ports::CalendarReader &calendars,
    EventFeed &feed, const core::Clock &clock, Actions actions)
    : m_storage(storage)
    , m_calendars(calendars)
    , m_feed(feed)
    , m_clock(clock)
    , m_runner(std::make_unique<ScheduleRunner>(storage, calendars, feed, clock, std::move(actions)))
{
}

ScheduleService::~ScheduleService() = default;

void ScheduleService::start()
{
    m_runner->start();
}

void ScheduleService::stop()
{
    m_runner->stop();
}

Result<contracts::ScheduleList> ScheduleService::listSchedules(const CallContext &context) const
{
    contracts::ScheduleList list;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            list.items.clear();
            DOCKERAUTO_TRY_ASSIGN(records, work.schedules().all());
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            for (const auto &record : records) {
                list.items.push_back(toContract(record, m_clock.now(), containers));
            }
            return {};
        },
        context));
    return list;
}

Result<Schedule> ScheduleService::schedule(const QString &id, const CallContext &context) const
{
    std::optional<Schedule> schedule;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.schedules().find(id));
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            schedule = toContract(record, m_clock.now(), containers);
            return {};
        },
        context));
    return *schedule;
}

Result<Schedule> ScheduleService::putSchedule(
    const contracts::ScheduleChange &change, Existence existence, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(name, checkName(change.name));
    DOCKERAUTO_TRY(parse(change.cron, change.zone));
    DOCKERAUTO_TRY_ASSIGN(
        jitter, within(change.jitterSeconds, 0, 0, longestJitter, QStringLiteral("jitterSeconds")));
    Concerned concerned;
    std::optional<Schedule> schedule;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            const auto now = m_clock.now();
            ScheduleRecord record;
            if (existence == Existence::Known) {
                DOCKERAUTO_TRY_ASSIGN(known, work.schedules().find(change.id));
                record = std::move(known);
            } else {
                record.id = change.id;
                record.createdAt = now;
            }
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            concerned.clear();
            if (existence == Existence::Known) {
                concerned = coveredBy(record.scope, record.scopeValue, containers);
            }
            DOCKERAUTO_TRY_ASSIGN(
                scopeValue, checkScope(work, change.scope, record.scope, record.scopeValue));
            const bool sameSlots =
                record.enabled == change.enabled && record.cron == change.cron && record.zone == change.zone;
            if (existence == Existence::Known && !sameSlots) {
                // What lies before the change is nobody's slot any more.
                record.lastSlot = now;
            }
            record.name = name;
            record.enabled = change.enabled;
            record.action = change.action;
            record.cron = change.cron;
            record.zone = change.zone;
            record.scope = change.scope.kind;
            record.scopeValue = scopeValue;
            record.jitterSeconds = jitter;
            record.missed = change.missed;
            record.updatedAt = now;
            DOCKERAUTO_TRY_ASSIGN(others, work.schedules().all());
            DOCKERAUTO_TRY(checkUnique(record, others));
            DOCKERAUTO_TRY(work.schedules().save(record));
            const auto covered = coveredBy(record.scope, record.scopeValue, containers);
            concerned.insert(concerned.end(), covered.begin(), covered.end());
            schedule = toContract(record, now, containers);
            return {};
        },
        context));
    tell(concerned);
    return *schedule;
}

Result<> ScheduleService::removeSchedule(const QString &id, const CallContext &context)
{
    Concerned concerned;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.schedules().find(id));
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            concerned = coveredBy(record.scope, record.scopeValue, containers);
            return work.schedules().remove(id);
        },
        context));
    tell(concerned);
    return {};
}

Result<Schedule> ScheduleService::runSchedule(const QString &id, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(found, schedule(id, context));
    m_runner->runSoon(id);
    return found;
}

Result<contracts::SchedulePreview> ScheduleService::preview(
    const contracts::SchedulePreviewRequest &request) const
{
    DOCKERAUTO_TRY_ASSIGN(count, within(request.count, 5, 1, mostPreviewed, QStringLiteral("count")));
    DOCKERAUTO_TRY_ASSIGN(parsed, parse(request.cron, request.zone.value_or(QStringLiteral("UTC"))));
    return contracts::SchedulePreview{
        parsed.pattern.next(request.from.value_or(m_clock.now()), parsed.zone, count)};
}

Result<contracts::UpcomingList> ScheduleService::upcomingItems(
    const contracts::UpcomingQuery &query, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(hours, within(query.hours, 24, 1, longestOutlook, QStringLiteral("hours")));
    contracts::UpcomingList list;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(items,
                upcoming(work, m_calendars, m_clock.now(), std::chrono::hours(hours), m_runner->nextCheck()));
            list = std::move(items);
            return {};
        },
        context));
    return list;
}

void ScheduleService::tell(const Concerned &concerned)
{
    m_runner->plansChanged(concerned);
    m_feed.publish(contracts::topics::updates, contracts::events::planningChanged, core::Json::object());
}

void ScheduleService::registerOperations(OperationBus &bus)
{
    registerScheduleOperations(bus);
    registerWindowOperations(bus);
}

void ScheduleService::registerScheduleOperations(OperationBus &bus)
{
    using contracts::Nothing;
    bus.handle<contracts::ListSchedules>([this](const Nothing &, const CallEnvironment &environment) {
        return listSchedules(environment.context);
    });
    bus.handle<contracts::CreateSchedule>(
        [this](const contracts::NewSchedule &request, const CallEnvironment &environment) {
            return putSchedule({.id = core::newUniqueId(),
                                   .name = request.name,
                                   .enabled = request.enabled.value_or(true),
                                   .action = request.action,
                                   .cron = request.cron,
                                   .zone = request.zone.value_or(QStringLiteral("UTC")),
                                   .scope = request.scope.value_or(contracts::Scope{}),
                                   .jitterSeconds = request.jitterSeconds.value_or(0),
                                   .missed = request.missed.value_or(core::MissedRuns::RunOnce)},
                Existence::New, environment.context);
        });
    bus.handle<contracts::PreviewSchedule>([this](const contracts::SchedulePreviewRequest &request,
                                               const CallEnvironment &) { return preview(request); });
    bus.handle<contracts::ListUpcoming>(
        [this](const contracts::UpcomingQuery &query, const CallEnvironment &environment) {
            return upcomingItems(query, environment.context);
        });
    bus.handle<contracts::GetSchedule>(
        [this](const ScheduleRef &request, const CallEnvironment &environment) {
            return schedule(request.id, environment.context);
        });
    bus.handle<contracts::ChangeSchedule>(
        [this](const contracts::ScheduleChange &change, const CallEnvironment &environment) {
            return putSchedule(change, Existence::Known, environment.context);
        });
    bus.handle<contracts::RemoveSchedule>(
        [this](const ScheduleRef &request, const CallEnvironment &environment) -> Result<Nothing> {
            DOCKERAUTO_TRY(removeSchedule(request.id, environment.context));
            return Nothing{};
        });
    bus.handle<contracts::RunSchedule>(
        [this](const ScheduleRef &request, const CallEnvironment &environment) {
            return runSchedule(request.id, environment.context);
        });
}

} // namespace dockerauto::application
