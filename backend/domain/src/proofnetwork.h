#pragma once

#include "proofreport.h"

namespace dockerauto::domain {

/// The part of the proof about NetworkSettings.
void compareNetworks(
    ProofReport &report, const core::Json &before, const core::Json &after, const core::Json &newImage);

} // namespace dockerauto::domain
