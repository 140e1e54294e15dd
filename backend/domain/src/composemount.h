#pragma once

#include "yamltext.h"

#include <core/json.h>

namespace dockerauto::domain {

/// An entry of HostConfig.Mounts in the long form of a service's volumes.
OrderedJson composeMount(const core::Json &mount);

} // namespace dockerauto::domain
