#pragma once

#include "httpclient.h"
#include "truststore.h"

#include <memory>

namespace dockerauto::registry {

/// A transfer handle with the connections that it keeps; used by one thread at a time.
class HttpLine
{
public:
    explicit HttpLine(std::shared_ptr<TrustStore> store);
    ~HttpLine();
    HttpLine(const HttpLine &) = delete;
    HttpLine &operator=(const HttpLine &) = delete;

    tl::expected<HttpResponse, TransportError> send(
        const HttpRequest &request, const core::CallContext &context);

private:
    struct Exchange;
    class Headers;

    void prepare(const HttpRequest &request, Headers &headers, Exchange &exchange);
    core::Result<int> run(const core::CallContext &context);
    void finish(Exchange &exchange);

    std::shared_ptr<TrustStore> m_store;
    /// CURLM and CURL.
    void *m_multi;
    void *m_easy;
};

} // namespace dockerauto::registry
