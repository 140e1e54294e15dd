#pragma once

#include <core/result.h>
#include <core/time.h>

#include <QString>
#include <QTime>
#include <QTimeZone>

#include <optional>
#include <vector>

namespace dockerauto::domain {

/// From the first moment up to, but not with, the last: `[from, until)`.
struct TimeRange
{
    core::Timestamp from{};
    core::Timestamp until{};

    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// A range that comes again every week: `[start, end)` on the given days in the zone. When `end` is not after
/// `start` it ends on the day after; the day is the one on which it begins. The whole day when both are
/// equal.
struct WeeklyWindow
{
    /// 1 = Monday … 7 = Sunday; empty for every day.
    std::vector<int> days;
    QTime start;
    QTime end;
    QTimeZone zone;

    /// `days` as mon … sun, times as HH:MM (24:00 is the end of a day), an IANA zone. InvalidArgument names
    /// the field.
    static core::Result<WeeklyWindow> parse(
        const std::vector<QString> &days, const QString &start, const QString &end, const QString &zone);
};

/// When a window is open: every week, or in single ranges, or both.
struct WindowTimes
{
    std::optional<WeeklyWindow> weekly;
    /// In order, may overlap.
    std::vector<TimeRange> ranges;
};

struct WindowState
{
    bool inside = false;
    /// When it closes, if inside. Ranges that touch or overlap count as one.
    std::optional<core::Timestamp> closesAt;
    /// When it opens next after the given moment, whether inside or not.
    std::optional<core::Timestamp> opensNext;
};

/// Across changes of daylight saving time a wall-clock time that does not exist counts as the end of the gap,
/// and one that exists twice as the first.
///
/// A window that stays open for years has no end; what opens weekly is looked for over 15 days, which holds
/// at least two of each weekday.
WindowState stateAt(const WindowTimes &times, core::Timestamp at);

/// When it is open between the two moments: in order, those that touch or overlap as one, whole ranges even
/// where they begin before or end after.
std::vector<TimeRange> rangesBetween(const WindowTimes &times, core::Timestamp from, core::Timestamp until);

} // namespace dockerauto::domain
