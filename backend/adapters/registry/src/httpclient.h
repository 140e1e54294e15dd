#pragma once

#include <core/callcontext.h>
#include <core/result.h>

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace dockerauto::registry {

struct HttpRequest
{
    enum class Method
    {
        Head,
        Get
    };
    /// Which addresses may be connected to; checked on the very address that is used.
    enum class Reach
    {
        Anywhere,
        PublicOnly
    };

    Method method = Method::Get;
    QUrl url;
    /// Without the name; empty for none.
    QByteArray authorization;
    QByteArray accept;
    qsizetype maxBody = 0;
    Reach reach = Reach::Anywhere;
};

struct HttpResponse
{
    int status = 0;
    /// By names in lower case.
    std::multimap<QByteArray, QByteArray> headers;
    QByteArray body;
    QUrl url;
    bool peerIsPublic = true;

    /// The first value, or nothing.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] std::vector<QByteArray> allHeaders(const QByteArray &name) const;
};

/// Why there is no response at all.
struct TransportError
{
    /// `NoTls`: the other side answered, but not with TLS.
    enum class Kind
    {
        Other,
        NoTls
    };

    core::Error error;
    Kind kind = Kind::Other;
};

/// One request after the other, over kept connections; no redirects, no cookies. Thread-safe.
class HttpClient
{
public:
    HttpClient();
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Unavailable, Timeout, Cancelled, or Corrupt for an answer that is too large; whatever status is a
    /// success.
    tl::expected<HttpResponse, TransportError> send(
        const HttpRequest &request, const core::CallContext &context);

private:
    class Line;

    std::unique_ptr<Line> take(const QString &origin);
    void giveBack(std::unique_ptr<Line> line);

    std::mutex m_mutex;
    std::vector<std::unique_ptr<Line>> m_idle;
};

} // namespace dockerauto::registry
