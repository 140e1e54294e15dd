#pragma once

#include <domain/recreate.h>

namespace dockerauto::domain {

/// Fills `spec` with the networks of the container: NetworkingConfig of the create request, what must be
/// connected after it, and NetworkMode where the container has left its first network. Takes out of the
/// request what the network mode forbids. `spec.create` holds the container's Config and HostConfig already.
void specifyNetworks(RecreateSpec &spec, const core::Json &inspect, int apiMinor);

} // namespace dockerauto::domain
