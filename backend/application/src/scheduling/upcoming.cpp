#include "upcoming.h"

#include <application/policies/rulebook.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::UpcomingItem;
using core::Result;
using core::Timestamp;
using ports::ContainerRecord;
using ports::ScheduleRecord;
using ports::WindowRecord;

namespace {

constexpr std::size_t mostItems = 500;
constexpr std::size_t mostContainers = 100;

struct Window
{
    WindowRecord record;
    domain::WindowTimes times;
};

/// Everything that upcoming items are made from.
struct Outlook
{
    Timestamp now;
    Timestamp until;
    Containers containers;
    std::vector<Window> windows;
    std::vector<UpcomingItem> items = {};
};

QString counted(std::size_t count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

QString containersText(std::size_t count)
{
    return counted(count, QStringLiteral("1 container"), QStringLiteral("%1 containers"));
}

/// Whether a run of a schedule would update the container, as far as its last decision says.
bool waitsForSchedule(const ContainerRecord &container)
{
    const auto &decision = container.decision;
    return container.policy == core::UpdatePolicy::Scheduled &&
           (decision.decision == core::Decision::UpdateAvailable ||
               (decision.decision == core::Decision::HeldBack && decision.heldBy == core::Hold::Schedule));
}

/// Which windows and freezes are open at a moment, asked once for all containers.
class Doors
{
public:
    Doors(const std::vector<Window> &windows, Timestamp at) : m_windows(windows)
    {
        for (const Window &window : windows) {
            m_inside.push_back(domain::stateAt(window.times, at).inside);
        }
    }
    [[nodiscard]] bool letThrough(const ContainerRecord &container) const
    {
        bool restricted = false;
        bool open = false;
        for (std::size_t i = 0; i < m_windows.size(); ++i) {
            const WindowRecord &record = m_windows[i].record;
            if (!scopeCovers(record.scope, record.scopeValue, container)) {
                continue;
            }
            if (record.kind == core::WindowKind::Freeze && m_inside[i]) {
                return false;
            }
            if (record.kind == core::WindowKind::Window) {
                restricted = true;
                open = open || m_inside[i];
            }
        }
        return !restricted || open;
    }

private:
    const std::vector<Window> &m_windows;
    std::vector<bool> m_inside;
};

QString startText(const ScheduleRecord &record)
{
    return record.jitterSeconds == 0 ? QString()
                                     : QStringLiteral(", up to %1 later")
                                           .arg(counted(static_cast<std::size_t>(record.jitterSeconds),
                                               QStringLiteral("1 second"), QStringLiteral("%1 seconds")));
}

void addRuns(Outlook &outlook, const ScheduleRecord &record)
{
    const auto parsed = parse(record.cron, record.zone);
    if (!record.enabled || !parsed) {
        return;
    }
    const bool updates = record.action == core::ScheduleAction::Update;
    std::size_t covered = 0;
    std::vector<const ContainerRecord *> waiting;
    for (const ContainerRecord &container : outlook.containers) {
        if (scopeCovers(record.scope, record.scopeValue, container)) {
            ++covered;
            if (updates && waitsForSchedule(container)) {
                waiting.push_back(&container);
            }
        }
    }
    auto at = parsed->pattern.next(outlook.now, parsed->zone);
    for (std::size_t i = 0; i < mostItems && at && *at <= outlook.until; ++i) {
        UpcomingItem item{.at = *at,
            .kind = updates ? QStringLiteral("update") : QStringLiteral("check"),
            .id = record.id,
            .name = record.name,
            .reason = QStringLiteral("The schedule “%1” asks the registries for %2%3")
                          .arg(record.name, containersText(covered), startText(record)),
            .containers = {},
            .covered = static_cast<int>(covered)};
        if (updates) {
            std::size_t updated = 0;
            if (!waiting.empty()) {
                const Doors doors(outlook.windows, *at);
                for (const ContainerRecord *container : waiting) {
                    if (doors.letThrough(*container)) {
                        ++updated;
                        if (item.containers.size() < mostContainers) {
                            item.containers.push_back(container->id.text());
                        }
                    }
                }
            }
            item.reason +=
                updated == 0
                    ? QStringLiteral("; as things are now, nothing would be updated")
                    : QStringLiteral(" and updates the %1 with the policy “scheduled” for which there "
                                     "is an update")
                          .arg(counted(updated, QStringLiteral("one"), QStringLiteral("%1")));
            if (const std::size_t held = waiting.size() - updated; held > 0) {
                item.reason += QStringLiteral("; %1 held back by a freeze or a closed window")
                                   .arg(counted(held, QStringLiteral("1 is"), QStringLiteral("%1 are")));
            }
        }
        item.reason += u'.';
        outlook.items.push_back(std::move(item));
        at = parsed->pattern.next(*at, parsed->zone);
    }
}

void addEdge(Outlook &outlook, const WindowRecord &record, Timestamp at, bool opens, std::size_t covered)
{
    if (at <= outlook.now || at > outlook.until) {
        return;
    }
    const bool freeze = record.kind == core::WindowKind::Freeze;
    const QString kind = freeze ? (opens ? QStringLiteral("freeze_begins") : QStringLiteral("freeze_ends"))
                                : (opens ? QStringLiteral("window_opens") : QStringLiteral("window_closes"));
    const QString reason =
        freeze
            ? (opens ? QStringLiteral("The freeze “%1” begins: updates of %2 no longer begin by themselves.")
                     : QStringLiteral("The freeze “%1” ends: updates of %2 may begin by themselves again."))
            : (opens ? QStringLiteral("The window “%1” opens: updates of %2 may begin by themselves.")
                     : QStringLiteral("The window “%1” closes: updates of %2 wait until it opens again."));
    outlook.items.push_back({.at = at,
        .kind = kind,
        .id = record.id,
        .name = record.name,
        .reason = reason.arg(record.name, containersText(covered)),
        .containers = {},
        .covered = static_cast<int>(covered)});
}

void addEdges(Outlook &outlook, const Window &window)
{
    const auto &record = window.record;
    const auto covered = coveredBy(record.scope, record.scopeValue, outlook.containers).size();
    for (const auto &range :
        domain::rangesBetween(window.times, outlook.now, outlook.until + std::chrono::milliseconds(1))) {
        addEdge(outlook, record, range.from, true, covered);
        addEdge(outlook, record, range.until, false, covered);
    }
}

} // namespace

Result<contracts::UpcomingList> upcoming(ports::UnitOfWork &work, const ports::CalendarReader &calendars,
    Timestamp now, std::chrono::hours ahead, std::optional<Timestamp> nextCheck)
{
    DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
    Outlook outlook{.now = now, .until = now + ahead, .containers = std::move(containers), .windows = {}};
    DOCKERAUTO_TRY_ASSIGN(windows, work.windows().all());
    for (auto &record : windows) {
        if (record.enabled) {
            auto times = timesOf(record, calendars, now);
            outlook.windows.push_back({std::move(record), std::move(times)});
        }
    }
    DOCKERAUTO_TRY_ASSIGN(schedules, work.schedules().all());
    for (const auto &record : schedules) {
        addRuns(outlook, record);
    }
    for (const Window &window : outlook.windows) {
        addEdges(outlook, window);
    }
    if (nextCheck && *nextCheck > now && *nextCheck <= outlook.until) {
        outlook.items.push_back({.at = *nextCheck,
            .kind = QStringLiteral("check"),
            .id = {},
            .name = QStringLiteral("Regular check"),
            .reason =
                QStringLiteral("The regular check asks the registries for all containers that are watched."),
            .containers = {},
            .covered = static_cast<int>(outlook.containers.size())});
    }
    std::ranges::stable_sort(outlook.items, {}, &UpcomingItem::at);
    if (outlook.items.size() > mostItems) {
        outlook.items.resize(mostItems);
    }
    return contracts::UpcomingList{std::move(outlook.items)};
}

} // namespace dockerauto::application
