#pragma once

#include <core/callcontext.h>
#include <core/result.h>

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace dockerauto::registry {

/// Whose word is taken for who the other side is.
struct Trust
{
    /// Off: any certificate is accepted.
    bool verify = true;
    /// Authorities beside those of the machine, as PEM.
    QByteArray authorities;

    friend bool operator==(const Trust &, const Trust &) = default;
    friend bool operator<(const Trust &a, const Trust &b)
    {
        return a.verify != b.verify ? a.verify < b.verify : a.authorities < b.authorities;
    }
};

struct HttpRequest
{
    enum class Method
    {
        Head,
        Get,
        /// A form, in `form`.
        Post
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
    /// application/x-www-form-urlencoded
    QByteArray form;
    qsizetype maxBody = 0;
    Reach reach = Reach::Anywhere;
    Trust trust;
};

struct HttpResponse
{
    int status = 0;
    /// By names in lower case.
    std::multimap<QByteArray, QByteArray> headers;
    QByteArray body;
    QUrl url;
    bool peerIsPublic = true;
    /// From the request to the first byte of the answer.
    std::chrono::microseconds latency{};

    /// The first value, or nothing.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] std::vector<QByteArray> allHeaders(const QByteArray &name) const;
};

/// Why there is no response at all.
struct TransportError
{
    enum class Kind
    {
        /// Says nothing of whether the other side works.
        Other,
        NoAnswer,
        /// Nobody listens there.
        Refused,
        /// The other side answered, but not with TLS.
        NoTls
    };

    core::Error error;
    Kind kind = Kind::Other;
    /// What was asked.
    QUrl url;
};

class HttpLine;
class TrustStore;

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
    /// What a kept connection was opened for; it serves nothing else.
    struct Place
    {
        QString origin;
        HttpRequest::Reach reach = HttpRequest::Reach::Anywhere;
        Trust trust;

        friend bool operator==(const Place &, const Place &) = default;
    };
    struct Kept
    {
        Place place;
        std::unique_ptr<HttpLine> line;
        std::chrono::steady_clock::time_point since;
    };

    std::unique_ptr<HttpLine> take(const Place &place);
    void giveBack(Place place, std::unique_ptr<HttpLine> line);
    std::shared_ptr<TrustStore> storeFor(const Trust &trust);

    std::mutex m_mutex;
    std::map<Trust, std::shared_ptr<TrustStore>> m_stores;
    /// The one that was used last is at the end.
    std::vector<Kept> m_idle;
};

} // namespace dockerauto::registry
