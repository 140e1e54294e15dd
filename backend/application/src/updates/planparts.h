#pragma once

#include "application/updates/groundwork.h"

#include <contracts/plans.h>
#include <domain/updaterules.h>
#include <ports/storage.h>

#include <chrono>
#include <optional>
#include <vector>

namespace dockerauto::application {

// The parts of a plan that follow from what is known; nothing here asks anybody.

/// Every strategy, with the reason why this container can't be updated that way.
std::vector<contracts::StrategyChoice> strategiesFor(const core::Json &inspect);

/// In the order in which they are stopped: those that live in another one end before it does.
std::vector<contracts::PlannedContainer> stopOrder(const std::vector<GroundworkMember> &members);

/// The payload as people may see it who may not see the values of the environment: `NAME=(set)`.
core::Json withoutValues(core::Json payload);

/// From the stop of the old container to the verdict on the new one, without the time that saving volumes
/// took. Nothing when one of both is missing.
std::optional<std::chrono::milliseconds> servedNobody(const std::vector<ports::StepRecord> &steps);

struct Downtime
{
    qint64 seconds = 0;
    /// `history` or `estimate`
    QString basis;
};
/// The median of what earlier updates took, newest first; where there is none a guess from the grace times
/// and the health checks of all that run. `backup` is added to either.
Downtime expectedDowntime(const std::vector<std::chrono::milliseconds> &earlier,
    const std::vector<GroundworkMember> &members, std::chrono::milliseconds stableFor,
    std::chrono::seconds backup);

/// One sentence.
QString whatGoingBackRestores(const std::vector<GroundworkMember> &members,
    const contracts::PlannedBackup &backup, const domain::UpdateCare &care);

/// What can't be kept or told apart, of every container, without repetitions.
std::vector<QString> notesOf(const std::vector<GroundworkMember> &members);
/// What people should know beside that: what holds it back, that it does not run, what else is run.
std::vector<QString> circumstances(
    const ports::ContainerRecord &container, const core::Json &inspect, const domain::UpdateCare &care);
std::vector<QString> carriedFilesOf(const std::vector<GroundworkMember> &members);

/// `/name` of an inspect without the slash.
QString nameOf(const core::Json &inspect);
bool runs(const core::Json &inspect);

} // namespace dockerauto::application
