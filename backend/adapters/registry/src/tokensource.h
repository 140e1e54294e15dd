#pragma once

#include "credentialcache.h"
#include "singleflight.h"
#include "tokenrequest.h"

#include <core/clock.h>

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace dockerauto::registry {

/// Turns challenges into the value of an Authorization header. Tokens are kept per registry, service, scope
/// and user until shortly before they expire; threads that need the same one fetch it once. What a registry
/// asks for at one repository is expected of it at the others too. Thread-safe.
class TokenSource
{
public:
    /// Sends a request for a token on behalf of the registry.
    using Fetch = std::function<core::Result<HttpResponse>(
        const QString &registry, HttpRequest request, bool plainAllowed, const core::CallContext &)>;

    TokenSource(Fetch fetch, CredentialCache &credentials, ports::RegistryOptionsSource options,
        const core::Clock &clock);

    /// What the next request about the repository should carry, from what the registry asked for earlier;
    /// empty when nothing is known or nothing helps.
    core::Result<QByteArray> authorizationFor(
        const QString &registry, const QString &repository, const core::CallContext &context);
    /// Learns from the refusal of a request that carried `refused`, drops the token that was refused, and
    /// gives what the one retry should carry. Unauthenticated when there is nothing else that could be sent.
    core::Result<QByteArray> answer(const QString &registry, const QString &repository,
        const QByteArray &refused, const HttpResponse &refusal, Demand demand,
        const core::CallContext &context);
    /// Drops all tokens of the registry.
    void forget(const QString &registry);

private:
    struct Kept
    {
        QByteArray text;
        std::chrono::steady_clock::time_point refreshAt;
    };

    core::Result<QByteArray> authorization(const QString &registry, const QString &repository,
        const Demand &demand, const core::CallContext &context);
    core::Result<QByteArray> bearer(const Wanted &wanted, const CredentialCache::Found &credentials,
        const Demand &demand, const core::CallContext &context);
    core::Result<QByteArray> fetch(const Wanted &wanted, const CredentialCache::Found &credentials,
        const Demand &demand, const core::CallContext &context);
    [[nodiscard]] std::optional<QByteArray> kept(const Wanted &wanted);
    std::optional<Demand> demandOf(const QString &registry, const QString &repository);
    void learn(const QString &registry, const QString &repository, const Demand &demand);
    void drop(const QString &registry, const QByteArray &refused);

    Fetch m_fetch;
    CredentialCache &m_credentials;
    ports::RegistryOptionsSource m_options;
    const core::Clock &m_clock;
    SingleFlight<Wanted, QByteArray> m_flights;
    std::mutex m_mutex;
    /// By registry, for every repository that has none of its own.
    std::map<QString, Demand> m_usual;
    /// By registry and repository.
    std::map<std::pair<QString, QString>, Demand> m_special;
    std::map<Wanted, Kept> m_tokens;
};

} // namespace dockerauto::registry
