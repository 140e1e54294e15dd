#pragma once

#include "httpclient.h"
#include "registry/authchallenge.h"

#include <core/time.h>
#include <ports/imageregistry.h>

#include <chrono>
#include <compare>
#include <optional>
#include <vector>

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

/// A token, as it is asked for and kept.
struct Wanted
{
    QString registry;
    QString realm;
    QString service;
    /// Several, with blanks between them; empty to sign in and nothing else.
    QString scope;
    QString user;

    friend std::weak_ordering operator<=>(const Wanted &, const Wanted &) = default;
};

struct Token
{
    QByteArray text;
    std::chrono::seconds life{};
};

/// The first challenge that we can answer: tokens rather than passwords.
std::optional<AuthChallenge> chooseChallenge(const std::vector<QByteArray> &headers);
QString parameterOf(const AuthChallenge &challenge, const char *name);

/// The value of an Authorization header with the password.
QByteArray basicAuthorization(const ports::RegistryCredentials &credentials);

/// The request for a token: GET with the password, POST with an identity token, else anonymous.
/// Unauthenticated when the realm is not safe, or may not be given the secret: that go to the registry's own
/// host, the ones that belong to Docker Hub and lscr.io, and `realmHosts` alone.
core::Result<HttpRequest> tokenRequest(const Wanted &wanted,
    const std::optional<ports::RegistryCredentials> &credentials, const Demand &demand,
    const std::vector<QString> &realmHosts);

/// The token in the answer, or why there is none.
core::Result<Token> readToken(
    const HttpRequest &request, const HttpResponse &response, const Wanted &wanted, core::Timestamp now);

} // namespace dockerauto::registry
