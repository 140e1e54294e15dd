#pragma once

#include "docker/engineaddress.h"

#include <core/callcontext.h>
#include <ports/containerengine.h>

#include <QByteArray>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace dockerauto::docker {

struct HttpRequest
{
    QByteArray method;
    /// Path and query, percent-encoded.
    QByteArray target;
    /// JSON, sent when there is one.
    std::optional<std::string> body;
    /// Whole lines, `Name: value`.
    std::vector<QByteArray> headers;
    /// Only for PUT: a tar stream, sent in chunks while it is made. Called on the calling thread; an error of
    /// it ends the call with that error. When the answer comes before the end, the rest is not asked for.
    const ports::ByteSource *upload = nullptr;
};

struct HttpResponse
{
    int status = 0;
    /// Names in lower case.
    std::map<QByteArray, QByteArray> headers;
    QByteArray body;

    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

/// How the body of an answer is taken while it arrives. Only bodies of 2xx answers are; others are short and
/// come whole in HttpResponse::body. The functions are called on the calling thread.
struct HttpStream
{
    /// The answer has begun: status and headers are there. May be empty.
    std::function<void(const HttpResponse &)> opened;
    /// The next bytes, cut anywhere. An error ends the call with that error.
    std::function<core::Result<>(std::string_view)> received;
    /// The call is a Timeout when nothing arrives for so long.
    std::optional<std::chrono::milliseconds> maxSilence;
};

struct HttpLimits
{
    int maxIdleConnections = 12;
    qint64 maxAnswerBytes = 64LL * 1024 * 1024;
};

class CurlSlot;

/// HTTP/1.1 to one address. Blocking and thread-safe. Connections stay open between calls; a request that
/// changes something always gets a fresh one, since libcurl repeats a request by itself when a kept
/// connection turns out to be dead.
class EngineHttp
{
public:
    EngineHttp(EngineAddress address, HttpLimits limits);
    ~EngineHttp();

    /// The answer whatever its status; a failure is Unavailable, Timeout, Cancelled or Corrupt, or what the
    /// stream returned.
    core::Result<HttpResponse> send(
        const HttpRequest &request, const core::CallContext &context, const HttpStream *stream = nullptr);

    [[nodiscard]] const EngineAddress &address() const { return m_address; }

private:
    std::unique_ptr<CurlSlot> takeSlot();
    void giveBack(std::unique_ptr<CurlSlot> slot);

    EngineAddress m_address;
    HttpLimits m_limits;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<CurlSlot>> m_idle;
};

} // namespace dockerauto::docker
