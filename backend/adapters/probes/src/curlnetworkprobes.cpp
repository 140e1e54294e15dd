#include "probes/curlnetworkprobes.h"

#include "httpprobe.h"
#include "tcpprobe.h"

#include <curl/curl.h>

namespace dockerauto::probes {

CurlNetworkProbes::CurlNetworkProbes()
{
    // Counted by the library and safe from several threads.
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

core::Result<> CurlNetworkProbes::ask(
    const domain::Probe &probe, const QString &host, int port, const core::CallContext &context)
{
    DOCKERAUTO_TRY(context.check());
    using Kind = domain::Probe::Kind;
    switch (probe.kind) {
    case Kind::None:
        return {};
    case Kind::Http:
        return askHttp(QStringLiteral("http"), host, port, probe.path, context);
    case Kind::Https:
        return askHttp(QStringLiteral("https"), host, port, probe.path, context);
    case Kind::Tcp:
        return askTcp(host, port, context);
    case Kind::Command:
        break;
    }
    return core::fail(
        core::ErrorCode::Unsupported, QStringLiteral("A command can't be asked over the network"));
}

} // namespace dockerauto::probes
