#pragma once

#include <core/callcontext.h>
#include <core/result.h>
#include <domain/probe.h>

#include <QString>

namespace dockerauto::ports {

/// Asks a service over the network. Thread-safe; blocks until the answer, the deadline or the stop.
class NetworkProbes
{
public:
    virtual ~NetworkProbes() = default;
    /// Http, Https (the certificate is not judged: it is rarely made for this address) and Tcp probes of
    /// `host`, an address; `port` replaces the probe's own. A status from 200 to 399 is good, redirects are
    /// not followed. The error says in words what came instead.
    virtual core::Result<> ask(
        const domain::Probe &probe, const QString &host, int port, const core::CallContext &context) = 0;
};

} // namespace dockerauto::ports
