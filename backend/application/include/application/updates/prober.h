#pragma once

#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <domain/probe.h>
#include <ports/containerengine.h>
#include <ports/probes.h>

namespace dockerauto::application {

/// Asks a container's probe, wherever the container can be reached: at its own address on a local engine,
/// else at a published port, by a command inside it. A container that shares the network of another one is
/// asked there. Thread-safe.
class Prober
{
public:
    explicit Prober(ports::NetworkProbes &network);

    /// Within 10 seconds. The error says in words what was asked and what came: Conflict, Timeout and
    /// Unavailable when the service does not answer well, Unsupported when it can't be reached from here.
    /// What a command could not be asked for has the engine's own error; a command that fails or does not end
    /// is Conflict.
    core::Result<> ask(const domain::Probe &probe, const core::Json &inspect, const ports::EngineInfo &info,
        ports::ContainerEngine &engine, const core::CallContext &context);

private:
    ports::NetworkProbes &m_network;
};

} // namespace dockerauto::application
