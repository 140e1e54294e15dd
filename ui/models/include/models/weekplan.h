#pragma once

#include <models/directory.h>
#include <models/planningfeed.h>

#include <core/time.h>

#include <QDate>
#include <QString>

#include <vector>

namespace dockerauto::ui {

/// Something on one day of the week, in hours of that day's local clock.
struct WeekItem
{
    enum class Kind
    {
        /// Have a beginning and an end.
        Window,
        Freeze,
        /// Will happen.
        Check,
        Update,
        /// Has happened.
        Done
    };

    Kind kind = Kind::Window;
    /// The schedule or window; empty for the regular check.
    QString id;
    QString name;
    /// `12 containers`, `48 runs`: below the name where there is room.
    QString detail;
    /// What it is, when and why, for those who ask.
    QString sentence;
    /// Days from the first shown one, 0 to 6.
    int day = 0;
    /// 0 to 24; the same for a run. Several runs that would hide each other are one item over their span.
    double from = 0;
    double until = 0;
    /// Of several runs: when each is.
    std::vector<double> times = {};
    /// Of what has a beginning and an end: its place beside others of its kind, counted from 0, and how many
    /// there are.
    int lane = 0;
    int lanes = 1;
    /// Of a window: a freeze, which weighs more, holds at some of the time.
    bool frozen = false;

    [[nodiscard]] bool isBand() const { return kind == Kind::Window || kind == Kind::Freeze; }
};

/// What happens in the seven days from `first`, ordered by day and time.
[[nodiscard]] std::vector<WeekItem> weekItems(
    const PlanningFeed &feed, const Directory &directory, QDate first, core::Timestamp now);

/// Of a moment: days from `first` and the hour of the local clock.
struct WeekPlace
{
    int day = 0;
    double hour = 0;
};
[[nodiscard]] WeekPlace weekPlace(core::Timestamp time, QDate first);
/// `06:30` of 6.5.
[[nodiscard]] QString hourText(double hour);

} // namespace dockerauto::ui
