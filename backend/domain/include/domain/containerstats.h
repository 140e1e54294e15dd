#pragma once

#include <core/json.h>
#include <domain/enginestream.h>

namespace dockerauto::domain {

/// What one object of `GET /containers/{id}/stats` says, computed as `docker stats` does. Counters are exact
/// to 64 bits. A part that is missing counts as nothing; a first sample, which has no previous one, has 0
/// percent.
ContainerStats computeStats(const core::Json &stats);

} // namespace dockerauto::domain
