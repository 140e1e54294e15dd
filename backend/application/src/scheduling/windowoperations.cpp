#include "application/scheduling/scheduleservice.h"
#include "planningmapping.h"

#include <contracts/codec.h>
#include <core/uniqueid.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::Window;
using contracts::WindowRef;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Result;
using ports::WindowRecord;

namespace {

constexpr qsizetype largestCalendar = 1024 * 1024;

Result<> checkUnique(const WindowRecord &record, const std::vector<WindowRecord> &all)
{
    const bool taken = std::ranges::any_of(
        all, [&](const WindowRecord &other) { return other.id != record.id && other.name == record.name; });
    if (taken) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("There is a window or freeze called “%1” already. Choose another name.")
                .arg(record.name),
            QStringLiteral("name"));
    }
    return {};
}

/// The bytes of a calendar that can be read.
Result<QByteArray> checkCalendar(
    const QString &text, const ports::CalendarReader &calendars, core::Timestamp now)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.isEmpty()) {
        return bytes;
    }
    if (bytes.size() > largestCalendar) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("The calendar is larger than 1 MiB. Leave out old events."),
            QStringLiteral("calendar"));
    }
    const auto span = calendarSpan(now);
    if (auto ranges = calendars.ranges(bytes, span.from, span.until); !ranges) {
        return fail(ranges.error().code, ranges.error().message, QStringLiteral("calendar"));
    }
    return bytes;
}

} // namespace

Result<contracts::WindowList> ScheduleService::listWindows(const CallContext &context) const
{
    contracts::WindowList list;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            list.items.clear();
            DOCKERAUTO_TRY_ASSIGN(records, work.windows().all());
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            for (const auto &record : records) {
                list.items.push_back(toContract(record, m_calendars, m_clock.now(), containers));
            }
            return {};
        },
        context));
    return list;
}

Result<Window> ScheduleService::window(const QString &id, const CallContext &context) const
{
    std::optional<Window> window;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.windows().find(id));
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            window = toContract(record, m_calendars, m_clock.now(), containers);
            return {};
        },
        context));
    return *window;
}

Result<Window> ScheduleService::putWindow(
    const contracts::WindowChange &change, Existence existence, const CallContext &context)
{
    const auto now = m_clock.now();
    DOCKERAUTO_TRY_ASSIGN(name, checkName(change.name));
    const auto written = change.times.value_or(contracts::WindowTimes{});
    DOCKERAUTO_TRY_ASSIGN(times, timesOf(written));
    std::optional<QByteArray> calendar;
    if (change.calendar) {
        DOCKERAUTO_TRY_ASSIGN(bytes, checkCalendar(*change.calendar, m_calendars, now));
        calendar = bytes;
    }
    Concerned concerned;
    std::optional<Window> window;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            WindowRecord record;
            if (existence == Existence::Known) {
                DOCKERAUTO_TRY_ASSIGN(known, work.windows().find(change.id));
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
            record.name = name;
            record.enabled = change.enabled;
            record.kind = change.kind;
            record.scope = change.scope.kind;
            record.scopeValue = scopeValue;
            record.times = contracts::encode(written);
            record.calendar = calendar.value_or(record.calendar);
            record.updatedAt = now;
            if (!times.weekly && times.ranges.empty() && record.calendar.isEmpty()) {
                return fail(ErrorCode::InvalidArgument,
                    QStringLiteral(
                        "Say when: days with “start” and “end”, “from” and “until”, or a calendar"),
                    QStringLiteral("times"));
            }
            DOCKERAUTO_TRY_ASSIGN(others, work.windows().all());
            DOCKERAUTO_TRY(checkUnique(record, others));
            DOCKERAUTO_TRY(work.windows().save(record));
            const auto covered = coveredBy(record.scope, record.scopeValue, containers);
            concerned.insert(concerned.end(), covered.begin(), covered.end());
            window = toContract(record, m_calendars, now, containers);
            return {};
        },
        context));
    tell(concerned);
    return *window;
}

Result<> ScheduleService::removeWindow(const QString &id, const CallContext &context)
{
    Concerned concerned;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.windows().find(id));
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            concerned = coveredBy(record.scope, record.scopeValue, containers);
            return work.windows().remove(id);
        },
        context));
    tell(concerned);
    return {};
}

void ScheduleService::registerWindowOperations(OperationBus &bus)
{
    using contracts::Nothing;
    bus.handle<contracts::ListWindows>([this](const Nothing &, const CallEnvironment &environment) {
        return listWindows(environment.context);
    });
    bus.handle<contracts::CreateWindow>(
        [this](const contracts::NewWindow &request, const CallEnvironment &environment) {
            return putWindow({.id = core::newUniqueId(),
                                 .name = request.name,
                                 .enabled = request.enabled.value_or(true),
                                 .kind = request.kind,
                                 .scope = request.scope.value_or(contracts::Scope{}),
                                 .times = request.times,
                                 .calendar = request.calendar},
                Existence::New, environment.context);
        });
    bus.handle<contracts::GetWindow>([this](const WindowRef &request, const CallEnvironment &environment) {
        return window(request.id, environment.context);
    });
    bus.handle<contracts::ChangeWindow>(
        [this](const contracts::WindowChange &change, const CallEnvironment &environment) {
            return putWindow(change, Existence::Known, environment.context);
        });
    bus.handle<contracts::RemoveWindow>(
        [this](const WindowRef &request, const CallEnvironment &environment) -> Result<Nothing> {
            DOCKERAUTO_TRY(removeWindow(request.id, environment.context));
            return Nothing{};
        });
}

} // namespace dockerauto::application
