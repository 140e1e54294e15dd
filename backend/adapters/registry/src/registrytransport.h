#pragma once

#include "httpclient.h"
#include "trafficcontrol.h"

#include <core/clock.h>
#include <ports/imageregistry.h>

#include <functional>
#include <mutex>
#include <optional>
#include <set>

namespace dockerauto::registry {

/// Requests to registries: by HTTPS, or HTTP where that is allowed and nothing else is spoken there, with
/// redirects followed, and not faster than the registry allows. Knows nothing of signing in. Thread-safe.
class RegistryTransport
{
public:
    RegistryTransport(ports::RegistryOptionsSource options, const core::Clock &clock);

    /// To the registry itself. The URL is made here; 429 comes back as RateLimited, every other status as a
    /// response.
    core::Result<HttpResponse> ask(const QString &registry, const QString &path, HttpRequest request,
        Purpose purpose, const core::CallContext &context);
    /// To another address, on behalf of the registry and counted as its traffic.
    core::Result<HttpResponse> askOnBehalf(
        const QString &registry, HttpRequest request, bool plainAllowed, const core::CallContext &context);

    [[nodiscard]] ports::RegistryOptions optionsOf(const QString &registry) const;
    /// Whether it may be spoken to without TLS.
    [[nodiscard]] bool isPlainAllowed(const QString &registry) const;
    /// Whether the registry itself sent the response, and not somebody that it referred to.
    [[nodiscard]] static bool isOwn(const QString &registry, const HttpResponse &response);
    [[nodiscard]] std::vector<ports::RegistryTraffic> traffic() const { return m_traffic.report(); }

private:
    using Reply = tl::expected<HttpResponse, TransportError>;
    using Attempt = std::function<Reply(const core::CallContext &)>;

    core::Result<HttpResponse> paced(const QString &registry, Purpose purpose,
        const core::CallContext &context, const Attempt &attempt, const QString &authority);
    Reply follow(
        HttpRequest request, const QString &registry, bool plainAllowed, const core::CallContext &context);
    std::optional<core::Error> redirect(
        HttpRequest &request, const HttpResponse &response, bool plainAllowed) const;
    Reply secureOrPlain(const QString &registry, const QString &host, const QString &path,
        HttpRequest &request, const core::CallContext &context);
    [[nodiscard]] Trust trustFor(const QString &registry, const QUrl &url) const;
    [[nodiscard]] HostGate::Outcome outcomeOf(
        const Reply &reply, const QString &authority, std::chrono::milliseconds took) const;

    ports::RegistryOptionsSource m_options;
    const core::Clock &m_clock;
    HttpClient m_client;
    TrafficControl m_traffic;
    std::mutex m_mutex;
    /// Hosts that were found to speak plain HTTP.
    std::set<QString> m_plain;
};

} // namespace dockerauto::registry
