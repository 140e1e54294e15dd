#pragma once

#include "planningmapping.h"

#include <chrono>

namespace dockerauto::application {

/// What will happen by itself from now on for so long, in order; at most 500 items.
core::Result<contracts::UpcomingList> upcoming(ports::UnitOfWork &work,
    const ports::CalendarReader &calendars, core::Timestamp now, std::chrono::hours ahead,
    std::optional<core::Timestamp> nextCheck);

} // namespace dockerauto::application
