#pragma once

#include "registryclient.h"

namespace dockerauto::registry {

/// Tries the registry as somebody who has just written down its credentials would: is it there, does it let
/// us in, may we read the repository (unless that is empty). Only the end of the context is an error.
core::Result<ports::RegistryTest> testConnection(RegistryClient &client, const QString &registry,
    const QString &repository, const core::CallContext &context);

} // namespace dockerauto::registry
