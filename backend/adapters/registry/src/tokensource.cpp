#include "tokensource.h"

#include "trafficcontrol.h"

#include <algorithm>

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t maxKept = 4096;
/// A token is fetched anew so long before its end, for clocks and requests on their way.
constexpr std::chrono::seconds slack = 10s;

const QByteArray bearerScheme = QByteArrayLiteral("Bearer ");

QString usualScope(const QString &repository)
{
    return repository.isEmpty() ? QString() : QStringLiteral("repository:%1:pull").arg(repository);
}

bool isBasic(const Demand &demand)
{
    return demand.challenge.scheme == QLatin1String("basic");
}

/// Only one's own time and wish end the whole request; whatever else went wrong may not matter.
bool endsTheRequest(const core::Error &error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Timeout ||
           error.code == ErrorCode::RateLimited;
}

} // namespace

TokenSource::TokenSource(
    Fetch fetch, CredentialCache &credentials, ports::RegistryOptionsSource options, const core::Clock &clock)
    : m_fetch(std::move(fetch)), m_credentials(credentials), m_options(std::move(options)), m_clock(clock)
{
}

std::optional<Demand> TokenSource::demandOf(const QString &registry, const QString &repository)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto own = m_special.find({registry, repository}); own != m_special.end()) {
        return own->second;
    }
    const auto usual = m_usual.find(registry);
    return usual == m_usual.end() ? std::nullopt : std::optional(usual->second);
}

void TokenSource::learn(const QString &registry, const QString &repository, const Demand &demand)
{
    Demand general = demand;
    const QString scope = parameterOf(demand.challenge, "scope");
    const bool isUsual = scope.isEmpty() || scope == usualScope(repository);
    general.challenge.parameters.erase(QStringLiteral("scope"));
    const std::scoped_lock lock(m_mutex);
    if (m_special.size() >= maxKept) {
        m_special.clear();
    }
    if (isUsual) {
        m_special.erase({registry, repository});
        m_usual[registry] = std::move(general);
    } else {
        m_special[{registry, repository}] = demand;
    }
}

core::Result<QByteArray> TokenSource::authorizationFor(
    const QString &registry, const QString &repository, const CallContext &context)
{
    const auto demand = demandOf(registry, repository);
    if (!demand) {
        return QByteArray();
    }
    auto authorized = authorization(registry, repository, *demand, context);
    if (!authorized && !endsTheRequest(authorized.error())) {
        // What is asked for may have changed; the registry itself will say.
        return QByteArray();
    }
    return authorized;
}

core::Result<QByteArray> TokenSource::answer(const QString &registry, const QString &repository,
    const QByteArray &refused, const HttpResponse &refusal, Demand demand, const CallContext &context)
{
    auto challenge = chooseChallenge(refusal.allHeaders("www-authenticate"));
    if (!challenge) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 asks for a sign-in that this program does not know.")
                .arg(nameForPeople(registry)));
    }
    demand.challenge = std::move(*challenge);
    learn(registry, repository, demand);
    if (!refused.isEmpty()) {
        drop(registry, refused);
    }
    DOCKERAUTO_TRY_ASSIGN(authorized, authorization(registry, repository, demand, context));
    if (!refused.isEmpty() && authorized == refused) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("%1 does not accept the credentials that are stored for it, or they do not reach "
                           "%2. Check the user name, the password and the rights of the account.")
                .arg(
                    nameForPeople(registry), repository.isEmpty() ? QStringLiteral("that far") : repository));
    }
    return authorized;
}

/// The credentials behind it may have changed as well.
void TokenSource::drop(const QString &registry, const QByteArray &refused)
{
    m_credentials.forget(registry);
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_tokens, [&](const auto &entry) {
        return entry.first.registry == registry && bearerScheme + entry.second.text == refused;
    });
}

void TokenSource::forget(const QString &registry)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_tokens, [&](const auto &entry) { return entry.first.registry == registry; });
}

core::Result<QByteArray> TokenSource::authorization(
    const QString &registry, const QString &repository, const Demand &demand, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(credentials, m_credentials.find(registry, context));
    if (credentials && !credentials->registryToken.isEmpty()) {
        return QByteArray(bearerScheme + credentials->registryToken.reveal());
    }
    if (isBasic(demand)) {
        if (!credentials || credentials->password.isEmpty()) {
            return core::fail(ErrorCode::Unauthenticated,
                QStringLiteral("%1 wants a user name and a password. Add credentials for this registry.")
                    .arg(nameForPeople(registry)));
        }
        return basicAuthorization(*credentials);
    }
    Wanted wanted{registry, parameterOf(demand.challenge, "realm"), parameterOf(demand.challenge, "service"),
        parameterOf(demand.challenge, "scope"), QString()};
    if (credentials) {
        // Nobody is called that, so that a token without a user is not taken for an anonymous one.
        wanted.user = credentials->username.isEmpty() ? QStringLiteral("<token>") : credentials->username;
    }
    if (wanted.scope.isEmpty()) {
        wanted.scope = usualScope(repository);
    }
    return bearer(wanted, credentials, demand, context);
}

std::optional<QByteArray> TokenSource::kept(const Wanted &wanted)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_tokens.find(wanted);
    const bool isGood = found != m_tokens.end() && m_clock.steadyNow() < found->second.refreshAt;
    return isGood ? std::optional(QByteArray(bearerScheme + found->second.text)) : std::nullopt;
}

core::Result<QByteArray> TokenSource::bearer(const Wanted &wanted, const CredentialCache::Found &credentials,
    const Demand &demand, const CallContext &context)
{
    if (const auto token = kept(wanted)) {
        return *token;
    }
    return m_flights.run(wanted, context, [&]() -> core::Result<QByteArray> {
        // It may have arrived between the look and the turn.
        if (const auto token = kept(wanted)) {
            return *token;
        }
        return fetch(wanted, credentials, demand, context);
    });
}

core::Result<QByteArray> TokenSource::fetch(const Wanted &wanted, const CredentialCache::Found &credentials,
    const Demand &demand, const CallContext &context)
{
    const auto realmHosts = m_options ? m_options(wanted.registry).realmHosts : std::vector<QString>();
    DOCKERAUTO_TRY_ASSIGN(request, tokenRequest(wanted, credentials, demand, realmHosts));
    const auto asked = m_clock.steadyNow();
    DOCKERAUTO_TRY_ASSIGN(response, m_fetch(wanted.registry, request, demand.plainAllowed, context));
    DOCKERAUTO_TRY_ASSIGN(token, readToken(request, response, wanted, m_clock.now()));
    const QByteArray value = bearerScheme + token.text;
    const std::scoped_lock lock(m_mutex);
    if (m_tokens.size() >= maxKept) {
        m_tokens.clear();
    }
    m_tokens[wanted] = {token.text, asked + token.life - std::min(slack, token.life / 2)};
    return value;
}

} // namespace dockerauto::registry
