#include "tokensource.h"

#include "registryaddress.h"
#include "responseerrors.h"

#include <core/json.h>

#include <QUrlQuery>

#include <algorithm>

namespace dockerauto::registry {

using core::ErrorCode;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype maxTokenBody = 64 * 1024;
constexpr std::size_t maxKept = 4096;
/// What a token server means when it does not say: the token specification of the distribution project.
constexpr std::chrono::seconds defaultLife = 60s;
constexpr std::chrono::seconds longestLife = std::chrono::hours(24);
/// A token is fetched anew so long before its end, for clocks and requests on their way.
constexpr std::chrono::seconds slack = 10s;

const QString bearer = QStringLiteral("bearer");
const QString basic = QStringLiteral("basic");

QString valueOf(const AuthChallenge &challenge, const char *name)
{
    const auto found = challenge.parameters.find(QLatin1String(name));
    return found == challenge.parameters.end() ? QString() : found->second;
}

QByteArray basicAuthorization(const Credentials &credentials)
{
    const QByteArray pair = credentials.user.toUtf8() + ':' + credentials.password.reveal();
    return "Basic " + pair.toBase64();
}

/// The first challenge that we can answer: tokens rather than passwords.
std::optional<AuthChallenge> chooseChallenge(const std::vector<QByteArray> &headers)
{
    std::optional<AuthChallenge> chosen;
    for (const QByteArray &header : headers) {
        const auto challenges = parseChallenges(header);
        for (const AuthChallenge &challenge : challenges.value_or(std::vector<AuthChallenge>())) {
            const bool usable = challenge.scheme == bearer ? !valueOf(challenge, "realm").isEmpty()
                                                           : challenge.scheme == basic;
            if (usable && (!chosen || (chosen->scheme == basic && challenge.scheme == bearer))) {
                chosen = challenge;
            }
        }
    }
    return chosen;
}

/// Where the password may go: the registry's own host, the one that belongs to Docker Hub, and what was
/// configured.
bool mayHavePassword(const QString &realmHost, const QString &registry, const Credentials &credentials)
{
    const QString own = QUrl(QStringLiteral("https://") + apiHost(registry)).host();
    return realmHost == own ||
           (registry == QLatin1String("docker.io") && realmHost == QLatin1String("auth.docker.io")) ||
           std::ranges::find(credentials.realmHosts, realmHost) != credentials.realmHosts.end();
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

} // namespace

TokenSource::TokenSource(Fetch fetch, CredentialSource credentials, const core::Clock &clock)
    : m_fetch(std::move(fetch)), m_credentials(std::move(credentials)), m_clock(clock)
{
}

std::optional<Credentials> TokenSource::credentialsFor(const QString &registry) const
{
    return m_credentials ? m_credentials(registry) : std::nullopt;
}

core::Result<QByteArray> TokenSource::authorizationFor(
    const QString &registry, const QString &repository, const core::CallContext &context)
{
    Demand demand;
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_demands.find({registry, repository});
        if (known == m_demands.end()) {
            return QByteArray();
        }
        demand = known->second;
    }
    auto authorized = authorization(registry, repository, demand, context);
    if (!authorized) {
        const std::scoped_lock lock(m_mutex);
        m_demands.erase({registry, repository});
    }
    return authorized;
}

core::Result<QByteArray> TokenSource::answer(const QString &registry, const QString &repository,
    const HttpResponse &refusal, Demand demand, const core::CallContext &context)
{
    auto challenge = chooseChallenge(refusal.allHeaders("www-authenticate"));
    if (!challenge) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 asks for a sign-in that this program does not know.").arg(registry));
    }
    demand.challenge = std::move(*challenge);
    {
        const std::scoped_lock lock(m_mutex);
        if (m_demands.size() >= maxKept) {
            m_demands.clear();
        }
        m_demands[{registry, repository}] = demand;
        if (m_tokens.size() >= maxKept) {
            m_tokens.clear();
        }
    }
    forgetTokens(registry, repository);
    return authorization(registry, repository, demand, context);
}

void TokenSource::forgetTokens(const QString &registry, const QString &repository)
{
    const std::scoped_lock lock(m_mutex);
    const QString name = QStringLiteral(":%1:").arg(repository);
    std::erase_if(m_tokens, [&](const auto &entry) {
        return entry.first.registry == registry && entry.first.scope.contains(name);
    });
}

core::Result<QByteArray> TokenSource::authorization(const QString &registry, const QString &repository,
    const Demand &demand, const core::CallContext &context)
{
    const auto credentials = credentialsFor(registry);
    if (demand.challenge.scheme == basic) {
        if (!credentials) {
            return core::fail(ErrorCode::Unauthenticated,
                QStringLiteral("%1 wants a user name and a password. Add credentials for this registry.")
                    .arg(registry));
        }
        return basicAuthorization(*credentials);
    }
    QString scope = valueOf(demand.challenge, "scope");
    if (scope.isEmpty()) {
        scope = QStringLiteral("repository:%1:pull").arg(repository);
    }
    const Wanted wanted{registry, valueOf(demand.challenge, "realm"), valueOf(demand.challenge, "service"),
        scope, credentials ? credentials->user : QString()};
    {
        const std::scoped_lock lock(m_mutex);
        const auto kept = m_tokens.find(wanted);
        if (kept != m_tokens.end() && m_clock.steadyNow() < kept->second.refreshAt) {
            return QByteArray("Bearer " + kept->second.text);
        }
    }
    DOCKERAUTO_TRY_ASSIGN(token, fetchToken(wanted, credentials, demand, context));
    const QByteArray value = "Bearer " + token.text;
    const std::scoped_lock lock(m_mutex);
    m_tokens[wanted] = std::move(token);
    return value;
}

core::Result<TokenSource::Token> TokenSource::fetchToken(const Wanted &wanted,
    const std::optional<Credentials> &credentials, const Demand &demand, const core::CallContext &context)
{
    QUrl url(wanted.realm, QUrl::StrictMode);
    const bool secure = url.scheme() == QLatin1String("https");
    const bool plain = url.scheme() == QLatin1String("http") && demand.plainAllowed;
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || (!secure && !plain)) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 refers to a sign-in address that is not safe to use.").arg(wanted.registry));
    }
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
    HttpRequest request;
    request.url = url;
    request.accept = "application/json";
    request.maxBody = maxTokenBody;
    const QString own = QUrl(QStringLiteral("https://") + apiHost(wanted.registry)).host();
    request.reach = url.host() == own ? HttpRequest::Reach::Anywhere : demand.reach;
    if (credentials) {
        if (!mayHavePassword(url.host(), wanted.registry, *credentials)) {
            return core::fail(ErrorCode::Unauthenticated,
                QStringLiteral(
                    "%1 wants its password to be sent to %2. Allow that host in the settings of the "
                    "registry if it is right.")
                    .arg(wanted.registry, url.host()));
        }
        request.authorization = basicAuthorization(*credentials);
    }
    const auto asked = m_clock.steadyNow();
    DOCKERAUTO_TRY_ASSIGN(response, m_fetch(request, demand.plainAllowed, context));
    if (response.status != 200) {
        return core::fail(errorOf(
            response, wanted.registry, QStringLiteral("a token for %1").arg(wanted.scope), m_clock.now()));
    }
    const auto json = core::parsePeerJson(
        std::string_view(response.body.constData(), static_cast<std::size_t>(response.body.size())));
    if (!json) {
        return uselessAnswer(url);
    }
    const QString text = core::textOf(*json, "token", core::textOf(*json, "access_token"));
    if (!isSendable(text)) {
        return uselessAnswer(url);
    }
    const core::Json &expires = core::memberOf(*json, "expires_in");
    const double said = expires.is_number() ? expires.get<double>() : 0;
    const auto life = said >= 1 ? std::chrono::seconds(static_cast<qint64>(
                                      std::min(said, static_cast<double>(longestLife.count()))))
                                : defaultLife;
    return Token{text.toLatin1(), asked + life - std::min(slack, life / 2)};
}

} // namespace dockerauto::registry
