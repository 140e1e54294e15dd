#include "httpclient.h"

#include "httpline.h"
#include "registryaddress.h"

#include <curl/curl.h>

#include <algorithm>

namespace dockerauto::registry {

namespace {

constexpr std::size_t maxIdle = 64;
/// libcurl does not use an older connection again either.
constexpr std::chrono::seconds longestIdle{110};
constexpr std::size_t maxStores = 64;

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

HttpClient::HttpClient()
{
    // Counted by the library and safe from several threads.
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

HttpClient::~HttpClient() = default;

std::shared_ptr<TrustStore> HttpClient::storeFor(const Trust &trust)
{
    if (m_stores.size() >= maxStores && !m_stores.contains(trust)) {
        m_stores.clear();
    }
    auto &store = m_stores[trust];
    if (!store) {
        store = std::make_shared<TrustStore>(trust);
    }
    return store;
}

std::unique_ptr<HttpLine> HttpClient::take(const Place &place)
{
    const std::scoped_lock lock(m_mutex);
    // The newest first: what is not needed grows old and is closed.
    const auto kept = std::ranges::find(m_idle.rbegin(), m_idle.rend(), place, &Kept::place);
    if (kept == m_idle.rend()) {
        return std::make_unique<HttpLine>(storeFor(place.trust));
    }
    auto line = std::move(kept->line);
    m_idle.erase(std::next(kept).base());
    return line;
}

void HttpClient::giveBack(Place place, std::unique_ptr<HttpLine> line)
{
    std::vector<Kept> tooOld;
    const auto now = std::chrono::steady_clock::now();
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back({std::move(place), std::move(line), now});
    auto fresh =
        std::ranges::find_if(m_idle, [&](const Kept &kept) { return now - kept.since < longestIdle; });
    if (m_idle.size() > maxIdle && fresh == m_idle.begin()) {
        ++fresh;
    }
    std::move(m_idle.begin(), fresh, std::back_inserter(tooOld));
    m_idle.erase(m_idle.begin(), fresh);
}

tl::expected<HttpResponse, TransportError> HttpClient::send(
    const HttpRequest &request, const core::CallContext &context)
{
    if (auto possible = context.check(); !possible) {
        return tl::unexpected(TransportError{std::move(possible.error()), {}, request.url});
    }
    Place place{originOf(request.url), request.reach, request.trust};
    auto line = take(place);
    auto response = line->send(request, context);
    giveBack(std::move(place), std::move(line));
    if (!response) {
        response.error().url = request.url;
    }
    return response;
}

} // namespace dockerauto::registry
