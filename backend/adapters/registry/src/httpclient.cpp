#include "httpclient.h"

#include "registryaddress.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <stop_token>
#include <sys/socket.h>
#include <unistd.h>

namespace dockerauto::registry {

using core::ErrorCode;

namespace {

constexpr std::size_t maxIdle = 16;
constexpr std::size_t maxHeaderBytes = 64 * 1024;

/// What arrives during one exchange.
struct Exchange
{
    HttpResponse response;
    qsizetype maxBody = 0;
    std::size_t headerBytes = 0;
    bool tooLarge = false;
    bool refusedAddress = false;
};

std::size_t takeHeader(char *data, std::size_t size, std::size_t count, void *to)
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

std::size_t takeBody(char *data, std::size_t size, std::size_t count, void *to)
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

curl_socket_t openPublicSocket(void *to, curlsocktype, curl_sockaddr *address)
{
    if (!isPublicAddress(&address->addr)) {
        static_cast<Exchange *>(to)->refusedAddress = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// With a proxy the address that is connected to is the proxy's, which says nothing of the target's.
bool usesProxy()
{
    return std::ranges::any_of(
        std::array{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"},
        [](const char *name) { return std::getenv(name) != nullptr; });
}

TransportError failure(ErrorCode code, const QString &message)
{
    return {core::Error{code, message, {}, nullptr}, TransportError::Kind::Other};
}

TransportError describe(CURLcode code, const Exchange &exchange, const QUrl &url)
{
    const QString host = url.authority(QUrl::FullyEncoded);
    if (exchange.tooLarge) {
        return failure(
            ErrorCode::Corrupt, QStringLiteral("The answer of %1 is too large to be right.").arg(host));
    }
    if (exchange.refusedAddress) {
        return failure(ErrorCode::Unavailable,
            QStringLiteral("The registry refers to %1, which has a private address. That is not followed.")
                .arg(host));
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
            QStringLiteral("Nothing answers at %1. Is the registry running?").arg(host));
    case CURLE_OPERATION_TIMEDOUT:
        return failure(ErrorCode::Timeout, QStringLiteral("%1 did not answer in time.").arg(host));
    case CURLE_PEER_FAILED_VERIFICATION:
        return failure(ErrorCode::Unavailable,
            QStringLiteral(
                "The certificate of %1 is not trusted. Install its authority's certificate on this "
                "machine.")
                .arg(host));
    case CURLE_SSL_CONNECT_ERROR: {
        auto error = failure(
            ErrorCode::Unavailable, QStringLiteral("No secure connection to %1 can be made.").arg(host));
        error.kind = TransportError::Kind::NoTls;
        return error;
    }
    default:
        return failure(ErrorCode::Unavailable, QStringLiteral("The connection to %1 broke: %2.")
                                                   .arg(host, QString::fromUtf8(curl_easy_strerror(code))));
    }
}

class HeaderList
{
public:
    ~HeaderList() { curl_slist_free_all(m_list); }
    HeaderList() = default;
    HeaderList(const HeaderList &) = delete;
    HeaderList &operator=(const HeaderList &) = delete;
    void add(const QByteArray &line) { m_list = curl_slist_append(m_list, line.constData()); }
    [[nodiscard]] curl_slist *get() const { return m_list; }

private:
    curl_slist *m_list = nullptr;
};

} // namespace

QByteArray HttpResponse::header(const QByteArray &name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? QByteArray() : found->second;
}

std::vector<QByteArray> HttpResponse::allHeaders(const QByteArray &name) const
{
    std::vector<QByteArray> values;
    const auto [first, last] = headers.equal_range(name);
    std::transform(first, last, std::back_inserter(values), [](const auto &entry) { return entry.second; });
    return values;
}

/// A transfer handle with the connections that it keeps; used by one thread at a time.
class HttpClient::Line
{
public:
    explicit Line(QString peer)
        : origin(std::move(peer)), m_multi(curl_multi_init()), m_easy(curl_easy_init())
    {
    }
    ~Line()
    {
        curl_easy_cleanup(m_easy);
        curl_multi_cleanup(m_multi);
    }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;

    tl::expected<HttpResponse, TransportError> send(
        const HttpRequest &request, const core::CallContext &context)
    {
        Exchange exchange;
        exchange.maxBody = request.maxBody;
        exchange.response.url = request.url;
        HeaderList headers;
        prepare(request, headers, exchange);
        curl_multi_add_handle(m_multi, m_easy);
        const auto code = run(context);
        curl_multi_remove_handle(m_multi, m_easy);
        if (!code) {
            auto error = code.error();
            if (error.code == ErrorCode::Timeout) {
                return tl::unexpected(describe(CURLE_OPERATION_TIMEDOUT, {}, request.url));
            }
            return tl::unexpected(TransportError{std::move(error)});
        }
        if (*code != CURLE_OK) {
            return tl::unexpected(describe(*code, exchange, request.url));
        }
        long status = 0;
        curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
        const char *peer = nullptr;
        curl_easy_getinfo(m_easy, CURLINFO_PRIMARY_IP, &peer);
        exchange.response.status = static_cast<int>(status);
        exchange.response.peerIsPublic = peer == nullptr || isPublicAddress(QByteArray(peer));
        return std::move(exchange.response);
    }

    const QString origin;

private:
    void prepare(const HttpRequest &request, HeaderList &headers, Exchange &exchange)
    {
        headers.add("Accept: " + request.accept);
        if (!request.authorization.isEmpty()) {
            headers.add("Authorization: " + request.authorization);
        }
        curl_easy_reset(m_easy);
        curl_easy_setopt(m_easy, CURLOPT_URL, request.url.toEncoded().constData());
        curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(m_easy, CURLOPT_NOBODY, request.method == HttpRequest::Method::Head ? 1L : 0L);
        curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(m_easy, CURLOPT_USERAGENT, "docker-auto/" DOCKERAUTO_VERSION);
        curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, takeHeader);
        curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, &exchange);
        curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, takeBody);
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
            curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION, openPublicSocket);
            curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, &exchange);
        }
    }

    /// Drives the transfer until it is done, the deadline passes or a stop is asked for.
    core::Result<CURLcode> run(const core::CallContext &context)
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

    CURLM *m_multi;
    CURL *m_easy;
};

HttpClient::HttpClient()
{
    // Counted by the library and safe from several threads.
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

HttpClient::~HttpClient() = default;

std::unique_ptr<HttpClient::Line> HttpClient::take(const QString &origin)
{
    const std::scoped_lock lock(m_mutex);
    const auto kept = std::ranges::find(m_idle, origin, [](const auto &line) { return line->origin; });
    if (kept == m_idle.end()) {
        return std::make_unique<Line>(origin);
    }
    auto line = std::move(*kept);
    m_idle.erase(kept);
    return line;
}

void HttpClient::giveBack(std::unique_ptr<Line> line)
{
    std::unique_ptr<Line> tooOld;
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(line));
    if (m_idle.size() > maxIdle) {
        tooOld = std::move(m_idle.front());
        m_idle.erase(m_idle.begin());
    }
}

tl::expected<HttpResponse, TransportError> HttpClient::send(
    const HttpRequest &request, const core::CallContext &context)
{
    if (auto possible = context.check(); !possible) {
        return tl::unexpected(TransportError{std::move(possible.error())});
    }
    auto line = take(originOf(request.url));
    auto response = line->send(request, context);
    giveBack(std::move(line));
    return response;
}

} // namespace dockerauto::registry
