#pragma once

#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <domain/probe.h>
#include <ports/containerengine.h>
#include <ports/probes.h>

namespace dockerauto::application {

/// Asks a container's probe, wherever the container can be reached: at its own address on a local engine, at
/// a published port elsewhere, by a command inside it. Thread-safe.
class Prober
{
public:
    explicit Prober(ports::NetworkProbes &network);

    /// Within 10 seconds. The error says in words what was asked and what came.
    core::Result<> ask(const domain::Probe &probe, const core::Json &inspect, const ports::EngineInfo &info,
        ports::ContainerEngine &engine, const core::CallContext &context);

private:
    ports::NetworkProbes &m_network;
};

} // namespace dockerauto::application
