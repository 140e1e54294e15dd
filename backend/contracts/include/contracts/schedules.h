#pragma once

#include <contracts/operation.h>
#include <contracts/policies.h>
#include <contracts/system.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// Something that happens by the clock.
struct Schedule
{
    QString id;
    QString name;
    bool enabled = true;
    /// `check` asks the registries; `update` also carries out what the policy `scheduled` waits with.
    core::ScheduleAction action = core::ScheduleAction::Check;
    /// Open Cron Pattern Specification.
    QString cron;
    /// IANA name.
    QString zone;
    Scope scope;
    /// Each run begins up to so much later, so that not everybody asks at once.
    int jitterSeconds = 0;
    core::MissedRuns missed = core::MissedRuns::RunOnce;
    /// The next five; none while it is off.
    std::vector<core::Timestamp> nextRuns;
    std::optional<core::Timestamp> lastRunAt;
    /// How the last run ended, in one sentence.
    QString lastResult;
    /// How many containers the scope covers now.
    int containers = 0;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

struct ScheduleList
{
    std::vector<Schedule> items;
};

struct ScheduleRef
{
    QString id;
};

struct NewSchedule
{
    QString name;
    std::optional<bool> enabled;
    core::ScheduleAction action = core::ScheduleAction::Check;
    QString cron;
    /// UTC when absent.
    std::optional<QString> zone;
    std::optional<Scope> scope;
    /// 0 to 86400.
    std::optional<int> jitterSeconds;
    std::optional<core::MissedRuns> missed;
};

/// Replaces the schedule.
struct ScheduleChange
{
    QString id;
    QString name;
    bool enabled = true;
    core::ScheduleAction action = core::ScheduleAction::Check;
    QString cron;
    QString zone;
    Scope scope;
    int jitterSeconds = 0;
    core::MissedRuns missed = core::MissedRuns::RunOnce;
};

struct SchedulePreviewRequest
{
    QString cron;
    /// UTC when absent.
    std::optional<QString> zone;
    /// Now when absent; runs come after it.
    std::optional<core::Timestamp> from;
    /// 1 to 100; 5 when absent.
    std::optional<int> count;
};

struct SchedulePreview
{
    std::vector<core::Timestamp> runs;
};

struct UpcomingQuery
{
    /// How far to look, 1 to 744; 24 when absent.
    std::optional<int> hours;
};

/// Something that will happen by itself, unless something changes.
struct UpcomingItem
{
    core::Timestamp at{};
    /// check, update, window_opens, window_closes, freeze_begins, freeze_ends
    QString kind;
    /// The schedule or window; empty for the regular check.
    QString id;
    QString name;
    /// Why it happens and what it does, in one sentence.
    QString reason;
    /// Ids of the containers that would be updated as things are now; at most 100.
    std::vector<QString> containers;
    /// All that are covered.
    int covered = 0;
};

struct UpcomingList
{
    std::vector<UpcomingItem> items;
};

/// When a window is open: every week, once, or by a calendar.
struct WindowTimes
{
    /// mon … sun; every day when absent or empty.
    std::optional<std::vector<QString>> days;
    /// HH:MM; both or none. 24:00 is the end of a day. An end before the start is on the next day.
    std::optional<QString> start;
    std::optional<QString> end;
    /// IANA name; UTC when absent.
    std::optional<QString> zone;
    /// One single range; both or none.
    std::optional<core::Timestamp> from;
    std::optional<core::Timestamp> until;
};

struct Window
{
    QString id;
    QString name;
    bool enabled = true;
    core::WindowKind kind = core::WindowKind::Window;
    Scope scope;
    WindowTimes times;
    /// The imported calendar, iCalendar text; null for none.
    std::optional<QString> calendar;
    bool inside = false;
    std::optional<core::Timestamp> closesAt;
    std::optional<core::Timestamp> opensNext;
    /// Ranges of the next 14 days, for drawing.
    std::vector<core::Timestamp> opens;
    std::vector<core::Timestamp> closes;
    int containers = 0;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

struct WindowList
{
    std::vector<Window> items;
};

struct WindowRef
{
    QString id;
};

struct NewWindow
{
    QString name;
    std::optional<bool> enabled;
    core::WindowKind kind = core::WindowKind::Window;
    std::optional<Scope> scope;
    std::optional<WindowTimes> times;
    /// iCalendar text, at most 1 MiB.
    std::optional<QString> calendar;
};

/// Replaces the window; without `calendar` the imported one stays.
struct WindowChange
{
    QString id;
    QString name;
    bool enabled = true;
    core::WindowKind kind = core::WindowKind::Window;
    Scope scope;
    std::optional<WindowTimes> times;
    std::optional<QString> calendar;
};

struct ListSchedules
{
    using Request = Nothing;
    using Reply = ScheduleList;
    static constexpr OperationInfo info{.name = "schedules.list",
        .method = Method::Get,
        .path = "/schedules",
        .permission = "schedules:read",
        .summary = "Schedules with their next runs, sorted by name"};
};

struct CreateSchedule
{
    using Request = NewSchedule;
    using Reply = Schedule;
    static constexpr OperationInfo info{.name = "schedules.create",
        .method = Method::Post,
        .path = "/schedules",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Make a schedule",
        .success = 201};
};

struct PreviewSchedule
{
    using Request = SchedulePreviewRequest;
    using Reply = SchedulePreview;
    static constexpr OperationInfo info{.name = "schedules.preview",
        .method = Method::Post,
        .path = "/schedules/preview",
        .permission = "schedules:read",
        .summary = "Try a cron pattern: its next runs"};
};

struct ListUpcoming
{
    using Request = UpcomingQuery;
    using Reply = UpcomingList;
    static constexpr OperationInfo info{.name = "schedules.upcoming",
        .method = Method::Get,
        .path = "/schedules/upcoming",
        .permission = "schedules:read",
        .summary = "What will happen by itself, and why"};
};

struct GetSchedule
{
    using Request = ScheduleRef;
    using Reply = Schedule;
    static constexpr OperationInfo info{.name = "schedules.get",
        .method = Method::Get,
        .path = "/schedules/{id}",
        .permission = "schedules:read",
        .summary = "One schedule"};
};

struct ChangeSchedule
{
    using Request = ScheduleChange;
    using Reply = Schedule;
    static constexpr OperationInfo info{.name = "schedules.change",
        .method = Method::Put,
        .path = "/schedules/{id}",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Replace a schedule"};
};

struct RemoveSchedule
{
    using Request = ScheduleRef;
    using Reply = Nothing;
    static constexpr OperationInfo info{.name = "schedules.remove",
        .method = Method::Delete,
        .path = "/schedules/{id}",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Remove a schedule",
        .success = 204};
};

struct RunSchedule
{
    using Request = ScheduleRef;
    using Reply = Schedule;
    static constexpr OperationInfo info{.name = "schedules.run",
        .method = Method::Post,
        .path = "/schedules/{id}/run",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Run a schedule now",
        .success = 202,
        .location = "/schedules/{id}"};
};

struct ListWindows
{
    using Request = Nothing;
    using Reply = WindowList;
    static constexpr OperationInfo info{.name = "windows.list",
        .method = Method::Get,
        .path = "/windows",
        .permission = "schedules:read",
        .summary = "Maintenance windows and freezes, sorted by name"};
};

struct CreateWindow
{
    using Request = NewWindow;
    using Reply = Window;
    static constexpr OperationInfo info{.name = "windows.create",
        .method = Method::Post,
        .path = "/windows",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Make a maintenance window or a freeze, by times or from a calendar",
        .success = 201};
};

struct GetWindow
{
    using Request = WindowRef;
    using Reply = Window;
    static constexpr OperationInfo info{.name = "windows.get",
        .method = Method::Get,
        .path = "/windows/{id}",
        .permission = "schedules:read",
        .summary = "One window or freeze"};
};

struct ChangeWindow
{
    using Request = WindowChange;
    using Reply = Window;
    static constexpr OperationInfo info{.name = "windows.change",
        .method = Method::Put,
        .path = "/windows/{id}",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Replace a window or freeze"};
};

struct RemoveWindow
{
    using Request = WindowRef;
    using Reply = Nothing;
    static constexpr OperationInfo info{.name = "windows.remove",
        .method = Method::Delete,
        .path = "/windows/{id}",
        .permission = "schedules:write",
        .effect = Effect::Changes,
        .summary = "Remove a window or freeze",
        .success = 204};
};

} // namespace dockerauto::contracts
