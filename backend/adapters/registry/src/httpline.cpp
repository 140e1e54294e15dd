#include "httpline.h"

#include "registryaddress.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stop_token>
#include <sys/socket.h>

namespace dockerauto::registry {

using core::ErrorCode;

/// What arrives during one exchange.
struct HttpLine::Exchange
{
    HttpResponse response;
    qsizetype maxBody = 0;
    std::size_t headerBytes = 0;
    bool tooLarge = false;
    bool refusedAddress = false;

    static std::size_t takeHeader(char *data, std::size_t size, std::size_t count, void *to);
    static std::size_t takeBody(char *data, std::size_t size, std::size_t count, void *to);
    static curl_socket_t openPublicSocket(void *to, curlsocktype purpose, curl_sockaddr *address);
    [[nodiscard]] TransportError describe(CURLcode code, const QUrl &url) const;
};

class HttpLine::Headers
{
public:
    ~Headers() { curl_slist_free_all(m_list); }
    Headers() = default;
    Headers(const Headers &) = delete;
    Headers &operator=(const Headers &) = delete;
    void add(const QByteArray &line) { m_list = curl_slist_append(m_list, line.constData()); }
    [[nodiscard]] curl_slist *get() const { return m_list; }

private:
    curl_slist *m_list = nullptr;
};

namespace {

constexpr std::size_t maxHeaderBytes = 64 * 1024;
constexpr long connectMilliseconds = 5000;
/// Slower than that for so long is as good as nothing.
constexpr long slowestBytesPerSecond = 100;
constexpr long slowSeconds = 20;

/// With a proxy the address that is connected to is the proxy's, which says nothing of the target's.
bool usesProxy()
{
    return std::ranges::any_of(
        std::array{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"},
        [](const char *name) { return std::getenv(name) != nullptr; });
}

TransportError failure(
    ErrorCode code, const QString &message, TransportError::Kind kind = TransportError::Kind::NoAnswer)
{
    return {core::Error{code, message, {}, nullptr}, kind, {}};
}

} // namespace

std::size_t HttpLine::Exchange::takeHeader(char *data, std::size_t size, std::size_t count, void *to)
{
    auto &exchange = *static_cast<Exchange *>(to);
    const QByteArray line(data, static_cast<qsizetype>(size * count));
    exchange.headerBytes += size * count;
    if (exchange.headerBytes > maxHeaderBytes) {
        exchange.tooLarge = true;
        return 0;
    }
    if (line.startsWith("HTTP/")) {
        // An answer before the final one, such as 100 or 103.
        exchange.response.headers.clear();
    } else if (const qsizetype colon = line.indexOf(':'); colon > 0) {
        exchange.response.headers.emplace(
            line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    return size * count;
}

std::size_t HttpLine::Exchange::takeBody(char *data, std::size_t size, std::size_t count, void *to)
{
    auto &exchange = *static_cast<Exchange *>(to);
    const auto bytes = static_cast<qsizetype>(size * count);
    if (exchange.response.body.size() + bytes > exchange.maxBody) {
        exchange.tooLarge = true;
        return 0;
    }
    exchange.response.body.append(data, bytes);
    return size * count;
}

curl_socket_t HttpLine::Exchange::openPublicSocket(void *to, curlsocktype, curl_sockaddr *address)
{
    if (!isPublicAddress(&address->addr)) {
        static_cast<Exchange *>(to)->refusedAddress = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

TransportError HttpLine::Exchange::describe(CURLcode code, const QUrl &url) const
{
    using Kind = TransportError::Kind;
    const QString host = url.authority(QUrl::FullyEncoded);
    if (tooLarge) {
        return failure(ErrorCode::Corrupt,
            QStringLiteral("The answer of %1 is too large to be right.").arg(host), Kind::Other);
    }
    if (refusedAddress) {
        return failure(ErrorCode::Unavailable,
            QStringLiteral("The registry refers to %1, which has a private address. That is not followed.")
                .arg(host),
            Kind::Other);
    }
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return failure(ErrorCode::Unavailable,
            QStringLiteral("The name %1 is not known. Is it written right, and is the network up?")
                .arg(url.host()));
    case CURLE_COULDNT_RESOLVE_PROXY:
        return failure(ErrorCode::Unavailable,
            QStringLiteral("The name of the proxy for %1 is not known. Check the proxy settings.").arg(host));
    case CURLE_COULDNT_CONNECT:
        return failure(ErrorCode::Unavailable,
            QStringLiteral("Nothing answers at %1. Is the registry running?").arg(host), Kind::Refused);
    case CURLE_OPERATION_TIMEDOUT:
        return failure(ErrorCode::Timeout, QStringLiteral("%1 did not answer in time.").arg(host));
    case CURLE_PEER_FAILED_VERIFICATION:
        return failure(ErrorCode::Unavailable,
            QStringLiteral(
                "The certificate of %1 is not trusted. Add the certificate of its authority to the settings "
                "of this registry, or install it on this machine.")
                .arg(host));
    case CURLE_SSL_CONNECT_ERROR:
        return failure(ErrorCode::Unavailable,
            QStringLiteral("No secure connection to %1 can be made.").arg(host), Kind::NoTls);
    default:
        return failure(ErrorCode::Unavailable, QStringLiteral("The connection to %1 broke: %2.")
                                                   .arg(host, QString::fromUtf8(curl_easy_strerror(code))));
    }
}

HttpLine::HttpLine(std::shared_ptr<TrustStore> store)
    : m_store(std::move(store)), m_multi(curl_multi_init()), m_easy(curl_easy_init())
{
}

HttpLine::~HttpLine()
{
    curl_easy_cleanup(m_easy);
    curl_multi_cleanup(m_multi);
}

tl::expected<HttpResponse, TransportError> HttpLine::send(
    const HttpRequest &request, const core::CallContext &context)
{
    Exchange exchange;
    exchange.maxBody = request.maxBody;
    exchange.response.url = request.url;
    Headers headers;
    prepare(request, headers, exchange);
    curl_multi_add_handle(m_multi, m_easy);
    const auto code = run(context);
    curl_multi_remove_handle(m_multi, m_easy);
    if (!code) {
        auto error = code.error();
        if (error.code == ErrorCode::Timeout) {
            return tl::unexpected(exchange.describe(CURLE_OPERATION_TIMEDOUT, request.url));
        }
        return tl::unexpected(TransportError{std::move(error), TransportError::Kind::Other, request.url});
    }
    if (*code != CURLE_OK) {
        if (*code == CURLE_PEER_FAILED_VERIFICATION) {
            m_store->forget();
        }
        return tl::unexpected(exchange.describe(static_cast<CURLcode>(*code), request.url));
    }
    finish(exchange);
    return std::move(exchange.response);
}

void HttpLine::finish(Exchange &exchange)
{
    long status = 0;
    curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    const char *peer = nullptr;
    curl_easy_getinfo(m_easy, CURLINFO_PRIMARY_IP, &peer);
    curl_off_t sent = 0;
    curl_off_t answered = 0;
    curl_easy_getinfo(m_easy, CURLINFO_PRETRANSFER_TIME_T, &sent);
    curl_easy_getinfo(m_easy, CURLINFO_STARTTRANSFER_TIME_T, &answered);
    exchange.response.status = static_cast<int>(status);
    exchange.response.peerIsPublic = peer == nullptr || isPublicAddress(QByteArray(peer));
    exchange.response.latency = std::chrono::microseconds(std::max<curl_off_t>(0, answered - sent));
}

void HttpLine::prepare(const HttpRequest &request, Headers &headers, Exchange &exchange)
{
    headers.add("Accept: " + request.accept);
    if (!request.authorization.isEmpty()) {
        headers.add("Authorization: " + request.authorization);
    }
    curl_easy_reset(m_easy);
    m_store->apply(m_easy);
    curl_easy_setopt(m_easy, CURLOPT_URL, request.url.toEncoded().constData());
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    // One request at a time on each connection: nothing would be gained by HTTP/2.
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds);
    curl_easy_setopt(m_easy, CURLOPT_LOW_SPEED_LIMIT, slowestBytesPerSecond);
    curl_easy_setopt(m_easy, CURLOPT_LOW_SPEED_TIME, slowSeconds);
    if (request.method == HttpRequest::Method::Head) {
        curl_easy_setopt(m_easy, CURLOPT_NOBODY, 1L);
    } else if (request.method == HttpRequest::Method::Post) {
        headers.add("Expect:");
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, request.form.constData());
    }
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(m_easy, CURLOPT_USERAGENT, "docker-auto/" DOCKERAUTO_VERSION);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, Exchange::takeHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, Exchange::takeBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, &exchange);
#if LIBCURL_VERSION_NUM >= 0x075700
    // A name that takes long to look up must not hold us past the deadline.
    curl_easy_setopt(m_easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    if (isLoopback(request.url.authority())) {
        curl_easy_setopt(m_easy, CURLOPT_PROXY, "");
    }
    static const bool proxy = usesProxy();
    if (request.reach == HttpRequest::Reach::PublicOnly && !proxy) {
        // A connection that is kept was opened under another rule.
        curl_easy_setopt(m_easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION, Exchange::openPublicSocket);
        curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, &exchange);
    }
}

/// Drives the transfer until it is done, the deadline passes or a stop is asked for.
core::Result<int> HttpLine::run(const core::CallContext &context)
{
    const std::stop_callback wake(context.stop, [multi = m_multi] { curl_multi_wakeup(multi); });
    for (;;) {
        int running = 0;
        if (curl_multi_perform(m_multi, &running) != CURLM_OK) {
            return CURLE_FAILED_INIT;
        }
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg == CURLMSG_DONE) {
                return message->data.result;
            }
        }
        DOCKERAUTO_TRY(context.check());
        const auto wait = std::min(context.deadline.remaining() + std::chrono::milliseconds(1),
            std::chrono::milliseconds(std::chrono::minutes(1)));
        curl_multi_poll(m_multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
    }
}

} // namespace dockerauto::registry
