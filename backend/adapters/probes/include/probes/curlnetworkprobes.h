#pragma once

#include <ports/probes.h>

namespace dockerauto::probes {

/// HTTP and HTTPS by libcurl, TCP by a plain connection. Each question has a connection of its own, straight
/// to the address: no proxy, no redirects, no cookies. Thread-safe.
///
/// Unavailable when nothing answers, Timeout when that takes too long, Conflict for a status that is not
/// good, Cancelled when stopped, Unsupported for a probe that is not asked over the network.
class CurlNetworkProbes final : public ports::NetworkProbes
{
public:
    CurlNetworkProbes();

    core::Result<> ask(
        const domain::Probe &probe, const QString &host, int port, const core::CallContext &context) override;
};

} // namespace dockerauto::probes
