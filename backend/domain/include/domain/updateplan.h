#pragma once

#include <core/json.h>
#include <core/vocabulary.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// What a person approves when they approve a plan: the container as it is, the exact payload, the version,
/// the strategy, and what else is made again. Nothing of it depends on the time, on whether the new image is
/// on the host already, or on how the container fares.
struct PlanEssence
{
    QString engineId;
    QString imageId;
    QString candidateTag;
    QString candidateDigest;
    core::UpdateStrategy strategy = core::UpdateStrategy::Recreate;
    /// recreateSpec without the new image.
    core::Json payload;
    /// Ids and payloads of those that are made again with it, in order.
    std::vector<core::Json> dependants;
};

/// `sha256:` and 64 hex digits; equal essences have equal hashes, whatever the order of keys.
QString planHash(const PlanEssence &essence);

} // namespace dockerauto::domain
