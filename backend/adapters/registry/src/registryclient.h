#pragma once

#include "credentialcache.h"
#include "registrytransport.h"
#include "tokensource.h"

namespace dockerauto::registry {

/// Requests to registries, signed in where they ask for it. Thread-safe.
class RegistryClient
{
public:
    RegistryClient(
        ports::CredentialStore *credentials, ports::RegistryOptionsSource options, const core::Clock &clock);

    /// The answer to a request about the repository (`library/nginx`; empty for the registry as such).
    /// Whatever status is a success, but 429.
    core::Result<HttpResponse> ask(const QString &registry, const QString &repository, const QString &path,
        HttpRequest request, Purpose purpose, const core::CallContext &context);

    [[nodiscard]] ports::RegistryOptions optionsOf(const QString &registry) const
    {
        return m_transport.optionsOf(registry);
    }
    [[nodiscard]] std::vector<ports::RegistryTraffic> traffic() const { return m_transport.traffic(); }
    /// What is stored for the registry now, after everything that was known is forgotten.
    core::Result<CredentialCache::Found> freshCredentials(
        const QString &registry, const core::CallContext &context);
    [[nodiscard]] const core::Clock &clock() const { return m_clock; }

private:
    core::Result<HttpResponse> signInAndAsk(const QString &registry, const QString &repository,
        const QString &path, HttpRequest request, const HttpResponse &refusal, Purpose purpose,
        const core::CallContext &context);

    const core::Clock &m_clock;
    RegistryTransport m_transport;
    CredentialCache m_credentials;
    TokenSource m_tokens;
};

} // namespace dockerauto::registry
