#pragma once

#include "planningmapping.h"

#include <chrono>
#include <optional>

namespace dockerauto::application {

/// What is to be done with the next slot of a schedule.
struct SlotDecision
{
    enum class Kind
    {
        /// Until `at`, or for ever.
        Wait,
        /// Take the slots up to `taken` and run.
        Run,
        /// Take the slots up to `taken` without a run.
        Skip
    };
    Kind kind = Kind::Wait;
    std::optional<core::Timestamp> at = {};
    core::Timestamp taken{};
    /// The oldest slot that was missed.
    std::optional<core::Timestamp> missed = {};
};

/// What the schedule, which must be enabled, asks for now. Slots that are older than two minutes, beyond the
/// jitter, were missed: the program or the machine did not run.
SlotDecision decideSlot(
    const ports::ScheduleRecord &record, const ParsedSchedule &parsed, core::Timestamp now);

/// How much later than its slot a run begins: the same after every restart.
std::chrono::milliseconds jitterOf(const ports::ScheduleRecord &record, core::Timestamp slot);

/// When the schedule will run next as far as is known now; none while it is off.
std::optional<core::Timestamp> nextRunOf(const ports::ScheduleRecord &record, core::Timestamp now);

} // namespace dockerauto::application
