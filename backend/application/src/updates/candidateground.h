#pragma once

#include "application/updates/groundwork.h"

#include <core/callcontext.h>
#include <domain/statefulimages.h>
#include <domain/updaterules.h>
#include <ports/storage.h>

#include <optional>

namespace dockerauto::application {

// What the plan of an update and its start have to agree on.

/// Conflict, with what to do, when there is nothing to update to or the policy keeps the container as it is;
/// InvalidArgument for a strategy that this version does not have. `wished` has the last word over the rules.
core::Result<> checkCandidate(
    const ports::ContainerRecord &container, std::optional<core::UpdateStrategy> wished);

/// The ground of the update to the candidate of the last check. Its hash is that of the plan.
core::Result<Groundwork> layCandidateGround(ports::ContainerEngine &engine, ImageCache &images,
    ContainerMemory &memory, ports::Storage &storage, const ports::ContainerRecord &container,
    const core::CallContext &context);

/// How the rules want an update carried out.
struct ChosenCare
{
    domain::UpdateCare care;
    domain::BackupAdvice advice;
    /// Whether the volumes are saved when nobody says anything else.
    bool savesVolumes = false;
};
core::Result<ChosenCare> careByRules(ports::UnitOfWork &work, const ports::ContainerRecord &container);

/// What an update is carried out with, whatever was wished: a container of its own is always stopped before
/// the new one starts.
inline constexpr core::UpdateStrategy onlyStrategy = core::UpdateStrategy::Recreate;

} // namespace dockerauto::application
