#pragma once

#include "enginehttp.h"

#include <core/json.h>
#include <ports/containerengine.h>

namespace dockerauto::docker {

/// A call of the engine's API, without the version in front.
struct ApiRequest
{
    QByteArray method = "GET";
    /// Percent-encoded.
    QByteArray path;
    /// Percent-encoded, without the question mark.
    QByteArray query;
    std::optional<core::Json> body;
    std::vector<QByteArray> headers;
    /// As in HttpRequest.
    const ports::ByteSource *upload = nullptr;
};

/// Speaks the version of the API that both sides know. The version is found out before the first call and
/// again after the connection was lost; when the engine refuses it after all (another engine took its place),
/// it is corrected by what the refusal says and the call is made once more. Thread-safe.
class EngineClient
{
public:
    static constexpr ports::ApiVersion lowest{1, 40};
    static constexpr ports::ApiVersion highest{1, 52};

    EngineClient(EngineAddress address, HttpLimits limits, std::optional<ports::ApiVersion> fixedVersion);

    core::Result<ports::ApiVersion> version(const core::CallContext &context);

    /// The answer when its status is 2xx or 304; any other is an error.
    core::Result<HttpResponse> call(
        const ApiRequest &request, const core::CallContext &context, const HttpStream *stream = nullptr);
    /// The same, with a body that must be JSON.
    core::Result<core::Json> callJson(const ApiRequest &request, const core::CallContext &context);

    [[nodiscard]] const EngineAddress &address() const { return m_http.address(); }

    /// The engine may be another one from now on: find out its version again.
    void forgetVersion();

private:
    core::Result<ports::ApiVersion> negotiate(const core::CallContext &context);
    core::Result<HttpResponse> ping(const core::CallContext &context);
    core::Result<HttpResponse> send(const ApiRequest &request, ports::ApiVersion version,
        const core::CallContext &context, const HttpStream *stream);
    void remember(ports::ApiVersion version);

    EngineHttp m_http;
    std::optional<ports::ApiVersion> m_fixed;
    std::mutex m_mutex;
    std::optional<ports::ApiVersion> m_version;
};

/// A name or id as one segment of a path. InvalidArgument when it cannot be one.
core::Result<QByteArray> pathSegment(const QString &nameOrId);
/// An image as the rest of a path, where slashes stay. InvalidArgument when it cannot be one.
core::Result<QByteArray> imagePath(const QString &idOrReference);
/// `name=value`, encoded.
QByteArray queryItem(const char *name, const QString &value);

} // namespace dockerauto::docker
