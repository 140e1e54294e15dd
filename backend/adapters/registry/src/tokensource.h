#pragma once

#include "httpclient.h"
#include "registry/authchallenge.h"
#include "registry/httpimageregistry.h"

#include <core/clock.h>

#include <QByteArray>
#include <QString>

#include <chrono>
#include <compare>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace dockerauto::registry {

/// What a registry asked for, and how it was reached.
struct Demand
{
    AuthChallenge challenge;
    /// For requests to other hosts on behalf of this registry.
    HttpRequest::Reach reach = HttpRequest::Reach::PublicOnly;
    /// Whether tokens may be fetched without TLS.
    bool plainAllowed = false;
};

/// Turns challenges into the value of an Authorization header. Tokens are kept per registry, service, scope
/// and user until shortly before they expire. Thread-safe.
class TokenSource
{
public:
    /// Sends a GET and follows its redirects.
    using Fetch = std::function<core::Result<HttpResponse>(
        HttpRequest request, bool plainAllowed, const core::CallContext &)>;

    TokenSource(Fetch fetch, CredentialSource credentials, const core::Clock &clock);

    /// What the next request about the repository should carry, from what the registry asked for earlier;
    /// empty when nothing is known.
    core::Result<QByteArray> authorizationFor(
        const QString &registry, const QString &repository, const core::CallContext &context);
    /// Learns from a refusal, drops the token that was refused, and gives what the one retry should carry.
    /// Unauthenticated when there is nothing that could be sent.
    core::Result<QByteArray> answer(const QString &registry, const QString &repository,
        const HttpResponse &refusal, Demand demand, const core::CallContext &context);

private:
    struct Token
    {
        QByteArray text;
        std::chrono::steady_clock::time_point refreshAt;
    };
    struct Wanted
    {
        QString registry;
        QString realm;
        QString service;
        QString scope;
        QString user;
        friend std::weak_ordering operator<=>(const Wanted &, const Wanted &) = default;
    };

    core::Result<QByteArray> authorization(const QString &registry, const QString &repository,
        const Demand &demand, const core::CallContext &context);
    core::Result<Token> fetchToken(const Wanted &wanted, const std::optional<Credentials> &credentials,
        const Demand &demand, const core::CallContext &context);
    std::optional<Credentials> credentialsFor(const QString &registry) const;
    void forgetTokens(const QString &registry, const QString &repository);

    Fetch m_fetch;
    CredentialSource m_credentials;
    const core::Clock &m_clock;
    std::mutex m_mutex;
    /// By registry and repository.
    std::map<std::pair<QString, QString>, Demand> m_demands;
    std::map<Wanted, Token> m_tokens;
};

} // namespace dockerauto::registry
