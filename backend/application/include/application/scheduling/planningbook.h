#pragma once

#include <core/time.h>
#include <domain/timewindow.h>
#include <domain/updatedecision.h>
#include <ports/calendarreader.h>
#include <ports/storage.h>

#include <vector>

namespace dockerauto::application {

/// Windows, freezes and schedules as they stand in one transaction, to be asked for any number of containers.
class PlanningBook
{
public:
    static core::Result<PlanningBook> load(
        ports::UnitOfWork &work, const ports::CalendarReader &calendars, core::Timestamp now);

    /// When updates of the container may begin by themselves. Several windows that cover it are one: it is
    /// open while any of them is; a freeze weighs more than every window. Quickest for the moment for which
    /// the book was loaded.
    [[nodiscard]] domain::Openings openingsFor(
        const ports::ContainerRecord &container, core::Timestamp now) const;

private:
    struct Window
    {
        ports::WindowRecord record;
        domain::WindowTimes times;
        /// At m_now.
        domain::WindowState state;
    };
    struct Plan
    {
        ports::ScheduleRecord record;
        std::optional<core::Timestamp> next;
    };

    [[nodiscard]] std::optional<core::Timestamp> freezeEnd(
        const ports::ContainerRecord &container, core::Timestamp now) const;

    core::Timestamp m_now{};
    /// Only what is enabled; of schedules only those that update.
    std::vector<Window> m_windows;
    std::vector<Plan> m_schedules;
};

} // namespace dockerauto::application
