#include "application/scheduling/planningbook.h"

#include "slots.h"

#include <application/policies/rulebook.h>

#include <algorithm>

namespace dockerauto::application {

using core::Result;
using core::Timestamp;
using ports::ContainerRecord;

namespace {

template <class Record>
bool covers(const Record &record, const ContainerRecord &container)
{
    return scopeCovers(record.scope, record.scopeValue, container);
}

} // namespace

Result<PlanningBook> PlanningBook::load(
    ports::UnitOfWork &work, const ports::CalendarReader &calendars, Timestamp now)
{
    PlanningBook book;
    book.m_now = now;
    DOCKERAUTO_TRY_ASSIGN(windows, work.windows().all());
    for (auto &record : windows) {
        if (record.enabled) {
            auto times = timesOf(record, calendars, now);
            const auto state = domain::stateAt(times, now);
            book.m_windows.push_back({std::move(record), std::move(times), state});
        }
    }
    DOCKERAUTO_TRY_ASSIGN(schedules, work.schedules().all());
    for (auto &record : schedules) {
        if (record.enabled && record.action == core::ScheduleAction::Update) {
            const auto next = nextRunOf(record, now);
            book.m_schedules.push_back({std::move(record), next});
        }
    }
    return book;
}

domain::Openings PlanningBook::openingsFor(const ContainerRecord &container, Timestamp now) const
{
    domain::Openings openings;
    for (const Window &window : m_windows) {
        if (!covers(window.record, container)) {
            continue;
        }
        const auto state = now == m_now ? window.state : domain::stateAt(window.times, now);
        if (window.record.kind == core::WindowKind::Freeze) {
            if (state.inside && !openings.frozen) {
                openings.frozen = true;
                openings.freezeName = window.record.name;
            }
            continue;
        }
        const bool opensEarlier =
            state.opensNext && (!openings.windowOpensAt || *state.opensNext < *openings.windowOpensAt);
        if (opensEarlier) {
            openings.windowOpensAt = state.opensNext;
        }
        // The name of the one that is open, else of the one that opens next.
        if (openings.windowName.isEmpty() || (state.inside && !openings.windowOpen) ||
            (opensEarlier && !openings.windowOpen)) {
            openings.windowName = window.record.name;
        }
        openings.hasWindows = true;
        openings.windowOpen = openings.windowOpen || state.inside;
    }
    if (openings.frozen) {
        openings.freezeEndsAt = freezeEnd(container, now);
    }
    for (const Plan &plan : m_schedules) {
        if (!covers(plan.record, container)) {
            continue;
        }
        openings.hasSchedule = true;
        if (plan.next && (!openings.nextRun || *plan.next < *openings.nextRun)) {
            openings.nextRun = plan.next;
            openings.scheduleName = plan.record.name;
        }
    }
    return openings;
}

/// When no freeze is on any more: one may follow on another.
std::optional<Timestamp> PlanningBook::freezeEnd(const ContainerRecord &container, Timestamp now) const
{
    constexpr int mostInARow = 100;
    Timestamp end = now;
    for (int i = 0; i < mostInARow; ++i) {
        const Timestamp before = end;
        for (const Window &window : m_windows) {
            if (window.record.kind != core::WindowKind::Freeze || !covers(window.record, container)) {
                continue;
            }
            const auto state = before == m_now ? window.state : domain::stateAt(window.times, before);
            if (state.inside && !state.closesAt) {
                return std::nullopt;
            }
            if (state.inside) {
                end = std::max(end, *state.closesAt);
            }
        }
        if (end == before) {
            return end;
        }
    }
    return std::nullopt;
}

} // namespace dockerauto::application
