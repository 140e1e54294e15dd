#pragma once

#include <core/json.h>
#include <domain/healthgate.h>
#include <domain/updaterules.h>

#include <algorithm>
#include <chrono>

namespace dockerauto::application {

/// How long a container may take to end when it is asked to; the engine's ten seconds when it says nothing.
inline std::chrono::seconds graceTime(const core::Json &inspect)
{
    const core::Json &timeout = core::memberOf(core::memberOf(inspect, "Config"), "StopTimeout");
    return std::chrono::seconds(timeout.is_number_integer() ? std::clamp(timeout.get<int>(), 0, 3600) : 10);
}

/// How long a new container has to prove itself. A service may need longer than its container to answer a
/// probe; without a health check nothing says how long.
inline std::chrono::milliseconds healthBudget(const domain::HealthGate &gate, const QString &probe)
{
    constexpr std::chrono::milliseconds forProbe{60'000};
    return probe.isEmpty() ? gate.budget() : std::max(gate.budget(), forProbe);
}

} // namespace dockerauto::application
