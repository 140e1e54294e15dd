#pragma once

#include "domain/digestcomparison.h"

namespace dockerauto::domain {

/// A platform in one spelling: `arm64` and `arm64/v8` are the same, as are `amd64` and `amd64/v1`.
Platform normalized(Platform platform);

/// How far `offered` is below what `wanted` can run: 0 is the same, -1 does not run. Both normalized.
int platformDistance(const Platform &wanted, const Platform &offered);

/// The platform of a descriptor in an index, normalized.
Platform platformOf(const core::Json &descriptor);

/// Whether the descriptor is about another one of the same index and no image.
bool isAttestation(const core::Json &descriptor);

} // namespace dockerauto::domain
