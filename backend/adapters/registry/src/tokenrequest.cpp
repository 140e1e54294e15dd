#include "tokenrequest.h"

#include "registryaddress.h"
#include "responseerrors.h"
#include "trafficcontrol.h"

#include <core/json.h>

#include <QUrlQuery>

#include <algorithm>

namespace dockerauto::registry {

using core::ErrorCode;
using ports::RegistryCredentials;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype maxTokenBody = 64 * 1024;
/// What a token server means when it does not say: the token specification of the distribution project.
constexpr std::chrono::seconds defaultLife = 60s;
constexpr std::chrono::seconds longestLife = std::chrono::hours(24);

/// Hosts that belong together although their names do not say so.
struct Relation
{
    const char *registry;
    const char *realmHost;
};
constexpr std::array relations{Relation{"docker.io", "auth.docker.io"}, Relation{"lscr.io", "ghcr.io"}};

bool mayHaveSecret(const QUrl &realm, const QString &registry, const std::vector<QString> &realmHosts)
{
    const QString own = QUrl(QStringLiteral("https://") + apiHost(registry)).host();
    const auto isListed = [&](const QString &host) {
        return host == realm.host() || host == realm.authority();
    };
    return realm.host() == own || std::ranges::any_of(realmHosts, isListed) ||
           std::ranges::any_of(relations, [&](const Relation &known) {
               return registry == QLatin1String(known.registry) &&
                      realm.host() == QLatin1String(known.realmHost);
           });
}

/// Only what can stand in a header field.
bool isSendable(const QString &token)
{
    return !token.isEmpty() &&
           std::ranges::all_of(token, [](QChar c) { return c > QChar(0x20) && c < QChar(0x7f); });
}

core::Failure uselessAnswer(const QUrl &realm)
{
    return core::fail(ErrorCode::Corrupt,
        QStringLiteral("The sign-in server %1 answered with something that is no token.").arg(realm.host()));
}

QByteArray formOf(const Wanted &wanted, const RegistryCredentials &credentials)
{
    const auto field = [](const char *name, const QByteArray &value) -> QByteArray {
        return QByteArray(name) + '=' + value.toPercentEncoding();
    };
    QByteArray form = field("grant_type", "refresh_token") + '&' + field("service", wanted.service.toUtf8()) +
                      '&' + field("client_id", "docker-auto");
    if (!wanted.scope.isEmpty()) {
        form += '&' + field("scope", wanted.scope.toUtf8());
    }
    return form + '&' + field("refresh_token", credentials.identityToken.reveal());
}

void addQuery(QUrl &url, const Wanted &wanted)
{
    QUrlQuery query(url);
    if (!wanted.service.isEmpty()) {
        query.addQueryItem(
            QStringLiteral("service"), QString::fromLatin1(QUrl::toPercentEncoding(wanted.service)));
    }
    for (const QString &scope : wanted.scope.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        query.addQueryItem(
            QStringLiteral("scope"), QString::fromLatin1(QUrl::toPercentEncoding(scope, ":/,")));
    }
    url.setQuery(query);
}

core::Failure refusedBy(
    const HttpRequest &request, const HttpResponse &response, const Wanted &wanted, core::Timestamp now)
{
    const QString name = nameForPeople(wanted.registry);
    const bool isForm = request.method == HttpRequest::Method::Post;
    constexpr int notFound = 404;
    constexpr int notAllowed = 405;
    if (isForm && (response.status == notFound || response.status == notAllowed)) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 does not take the identity token that is stored for it. Sign in with a user "
                           "name and a password or an access token.")
                .arg(name));
    }
    const bool isRefusal = response.status == 400 || response.status == 401 || response.status == 403;
    if (isRefusal && (isForm || !request.authorization.isEmpty())) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 does not accept the credentials that are stored for it. Check the user name "
                           "and the password, and whether the access token has expired.")
                .arg(name));
    }
    const QString subject = wanted.scope.isEmpty() ? QStringLiteral("a token")
                                                   : QStringLiteral("a token for %1").arg(wanted.scope);
    return core::fail(errorOf(response, wanted.registry, subject, now));
}

} // namespace

QString parameterOf(const AuthChallenge &challenge, const char *name)
{
    const auto found = challenge.parameters.find(QLatin1String(name));
    return found == challenge.parameters.end() ? QString() : found->second;
}

QByteArray basicAuthorization(const RegistryCredentials &credentials)
{
    const QByteArray pair = credentials.username.toUtf8() + ':' + credentials.password.reveal();
    return "Basic " + pair.toBase64();
}

std::optional<AuthChallenge> chooseChallenge(const std::vector<QByteArray> &headers)
{
    std::optional<AuthChallenge> chosen;
    for (const QByteArray &header : headers) {
        const auto challenges = parseChallenges(header);
        for (const AuthChallenge &challenge : challenges.value_or(std::vector<AuthChallenge>())) {
            const bool isBearer = challenge.scheme == QLatin1String("bearer");
            const bool isBasic = challenge.scheme == QLatin1String("basic");
            const bool usable = isBasic || (isBearer && !parameterOf(challenge, "realm").isEmpty());
            if (usable && (!chosen || (isBearer && chosen->scheme == QLatin1String("basic")))) {
                chosen = challenge;
            }
        }
    }
    return chosen;
}

core::Result<HttpRequest> tokenRequest(const Wanted &wanted,
    const std::optional<RegistryCredentials> &credentials, const Demand &demand,
    const std::vector<QString> &realmHosts)
{
    const QString name = nameForPeople(wanted.registry);
    QUrl url(wanted.realm, QUrl::StrictMode);
    const bool secure = url.scheme() == QLatin1String("https");
    const bool plain = url.scheme() == QLatin1String("http") && demand.plainAllowed;
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || (!secure && !plain)) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 refers to a sign-in address that is not safe to use.").arg(name));
    }
    if (credentials && !mayHaveSecret(url, wanted.registry, realmHosts)) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 wants its password to be sent to %2. If that is right, add %2 to the sign-in "
                           "hosts in the settings of this registry.")
                .arg(name, url.host()));
    }
    HttpRequest request;
    request.accept = "application/json";
    request.maxBody = maxTokenBody;
    const QString own = QUrl(QStringLiteral("https://") + apiHost(wanted.registry)).host();
    request.reach = url.host() == own ? HttpRequest::Reach::Anywhere : demand.reach;
    if (credentials && !credentials->identityToken.isEmpty()) {
        request.method = HttpRequest::Method::Post;
        request.form = formOf(wanted, *credentials);
    } else {
        addQuery(url, wanted);
        if (credentials) {
            request.authorization = basicAuthorization(*credentials);
        }
    }
    request.url = url;
    return request;
}

core::Result<Token> readToken(
    const HttpRequest &request, const HttpResponse &response, const Wanted &wanted, core::Timestamp now)
{
    constexpr int ok = 200;
    if (response.status != ok) {
        return refusedBy(request, response, wanted, now);
    }
    const auto json = core::parsePeerJson(
        std::string_view(response.body.constData(), static_cast<std::size_t>(response.body.size())));
    const QString text = json ? core::textOf(*json, "token", core::textOf(*json, "access_token")) : QString();
    if (!isSendable(text)) {
        return uselessAnswer(request.url);
    }
    const core::Json &expires = core::memberOf(*json, "expires_in");
    const double said = expires.is_number() ? expires.get<double>() : 0;
    const auto life = said >= 1 ? std::chrono::seconds(static_cast<qint64>(
                                      std::min(said, static_cast<double>(longestLife.count()))))
                                : defaultLife;
    return Token{text.toLatin1(), life};
}

} // namespace dockerauto::registry
