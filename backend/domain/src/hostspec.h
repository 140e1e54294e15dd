#pragma once

#include <domain/recreate.h>

namespace dockerauto::domain {

/// Makes `spec.create["HostConfig"]`, a copy of the one in `inspect`, fit for a create request: takes out
/// what only inspect writes or what conflicts, and names the volumes that have no name in it.
void specifyHost(RecreateSpec &spec, const core::Json &inspect, int apiMinor, const QString &defaultRuntime);

} // namespace dockerauto::domain
