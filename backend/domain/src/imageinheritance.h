#pragma once

#include <core/json.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// Takes from `config`, the Config of a container's inspect, what the engine merged into it from the image
/// (moby, daemon/commit.go, merge). `portBindings` names ports that stay exposed whatever the image says.
void subtractImage(core::Json &config, const core::Json &imageConfig, const core::Json &portBindings);

/// The reverse: `config` as the engine completes it from an image.
void mergeImage(core::Json &config, const core::Json &imageConfig);

/// Which of the fields that were taken out will have another value under the new image: one sentence each.
std::vector<QString> inheritedChanges(
    const core::Json &subtracted, const core::Json &oldConfig, const core::Json &newConfig);

} // namespace dockerauto::domain
