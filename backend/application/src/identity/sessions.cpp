#include "application/identity/accountservice.h"

#include "identity/identityhelpers.h"
#include "identity/signinthrottle.h"
#include "identity/ticketbook.h"

#include <contracts/events.h>
#include <core/logging.h>
#include <domain/roles.h>

#include <QCryptographicHash>

#include <utility>

// What AccountService does for those who are signed in.
namespace dockerauto::application {

using contracts::CallScope;
using contracts::Principal;
using core::CallContext;
using core::ErrorCode;
using core::logAuth;
using ports::SessionRecord;
using ports::UnitOfWork;
using ports::UserRecord;
using namespace std::chrono_literals;

namespace {

/// How long after an exchange the token before it is taken for a parallel request and not for a theft.
constexpr auto parallelRefresh = 10s;
/// Logging out and disabling bite within two seconds; this leaves one for the way.
constexpr auto principalLife = 1s;
constexpr qsizetype maxCachedPrincipals = 4096;
constexpr auto lookUpTime = 3s;
constexpr qsizetype maxRefreshLength = 256;

} // namespace

core::Failure notSignedIn()
{
    return core::fail(
        ErrorCode::Unauthenticated, QStringLiteral("You are not signed in any more. Sign in again."));
}

core::Failure asSignedOut(core::Error error)
{
    return error.code == ErrorCode::NotFound ? notSignedIn() : core::fail(std::move(error));
}

QByteArray hashOfToken(const QString &token)
{
    return QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256);
}

bool isOpen(const SessionRecord &session, core::Timestamp now)
{
    return !session.revokedAt && now < session.expiresAt;
}

contracts::Account accountOf(const UserRecord &user)
{
    return {user.id.text(), user.email, user.role, user.createdAt};
}

core::Result<contracts::TokenReply> AccountService::refresh(
    const contracts::RefreshRequest &request, const CallScope &scope, const CallContext &context)
{
    enum class Outcome
    {
        Exchanged,
        Parallel,
        Reused
    };

    const core::SessionId id(request.refreshToken.section(QLatin1Char('.'), 0, 0));
    if (request.refreshToken.size() > maxRefreshLength || id.isEmpty()) {
        return notSignedIn();
    }
    const QByteArray hash = hashOfToken(request.refreshToken);
    const QString next = newRefreshToken(id);
    UserRecord user;
    auto outcome = Outcome::Exchanged;
    auto done = m_storage.write(
        [&](UnitOfWork &unit) -> core::Result<> {
            const core::Timestamp now = m_clock.now();
            DOCKERAUTO_TRY_ASSIGN(session, unit.sessions().find(id));
            DOCKERAUTO_TRY_ASSIGN(owner, unit.users().find(session.user));
            if (!isOpen(session, now) || owner.disabled) {
                return notSignedIn();
            }
            user = owner;
            if (hash != session.refreshHash) {
                const bool parallel = hash == session.previousRefreshHash && session.rotatedAt &&
                                      now - *session.rotatedAt <= parallelRefresh;
                outcome = parallel ? Outcome::Parallel : Outcome::Reused;
                if (parallel) {
                    return {};
                }
                session.revokedAt = now;
                return unit.sessions().save(session);
            }
            session.previousRefreshHash = std::exchange(session.refreshHash, hashOfToken(next));
            session.rotatedAt = now;
            session.lastUsedAt = now;
            session.remoteAddress = scope.remoteAddress;
            return unit.sessions().save(session);
        },
        context);
    if (!done) {
        return asSignedOut(std::move(done.error()));
    }
    if (outcome == Outcome::Parallel) {
        return core::fail(ErrorCode::Conflict,
            QStringLiteral(
                "Another request has just exchanged this token. Use the tokens that it was given."));
    }
    if (outcome == Outcome::Reused) {
        forget(id);
        qCWarning(logAuth, "A refresh token was used twice; its session %s of %s was ended",
            qUtf8Printable(id.text()), qUtf8Printable(user.email));
        return notSignedIn();
    }
    return replyFor(user, id, next);
}

core::Result<contracts::Nothing> AccountService::logOut(const CallScope &scope, const CallContext &context)
{
    const core::SessionId &id = scope.principal.session;
    if (id.isEmpty()) {
        return core::fail(ErrorCode::Conflict,
            QStringLiteral("There is no session to end: this window belongs to the server."));
    }
    auto done = m_storage.write(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(session, unit.sessions().find(id));
            if (!session.revokedAt) {
                session.revokedAt = m_clock.now();
            }
            return unit.sessions().save(session);
        },
        context);
    if (!done) {
        return asSignedOut(std::move(done.error()));
    }
    forget(id);
    return contracts::Nothing{};
}

core::Result<contracts::Account> AccountService::ownAccount(
    const CallScope &scope, const CallContext &context)
{
    const Principal &principal = scope.principal;
    if (principal.kind == Principal::Kind::LocalAdministrator) {
        return contracts::Account{principal.email, principal.email, principal.role, {}};
    }
    contracts::Account account;
    auto done = m_storage.read(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(user, unit.users().find(principal.user));
            account = accountOf(user);
            return {};
        },
        context);
    if (!done) {
        return asSignedOut(std::move(done.error()));
    }
    return account;
}

core::Result<contracts::Ticket> AccountService::makeTicket(const CallScope &scope)
{
    DOCKERAUTO_TRY_ASSIGN(ticket, m_tickets->issue(scope.principal));
    return contracts::Ticket{QString::fromLatin1(ticket), static_cast<int>(TicketBook::life.count())};
}

core::Result<Principal> AccountService::current(const core::UserId &user, const core::SessionId &session)
{
    const auto asked = m_clock.steadyNow();
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_principals.constFind(session);
        if (known != m_principals.cend() && asked < known->until && known->principal.user == user) {
            return known->principal;
        }
    }
    Principal principal;
    auto done = m_storage.read(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(open, unit.sessions().find(session));
            DOCKERAUTO_TRY_ASSIGN(owner, unit.users().find(open.user));
            if (!isOpen(open, m_clock.now()) || owner.id != user || owner.disabled) {
                return notSignedIn();
            }
            principal = {Principal::Kind::User, owner.id, owner.email, owner.role, open.id};
            return {};
        },
        {core::Deadline::in(lookUpTime), {}});
    if (!done) {
        return asSignedOut(std::move(done.error()));
    }
    const std::scoped_lock lock(m_mutex);
    if (m_principals.size() >= maxCachedPrincipals) {
        m_principals.clear();
    }
    // From when it was asked: what was true then may have ended since.
    m_principals.insert(session, {principal, asked + principalLife});
    return principal;
}

void AccountService::forget(const core::SessionId &session)
{
    m_tickets->drop(session);
    const std::scoped_lock lock(m_mutex);
    m_principals.remove(session);
}

core::Result<Principal> AccountService::authenticate(const QByteArray &bearerToken)
{
    DOCKERAUTO_TRY_ASSIGN(claims, m_signer.verify(bearerToken, m_clock.now()));
    return current(core::UserId(core::textOf(claims, "sub")), core::SessionId(core::textOf(claims, "sid")));
}

core::Result<Principal> AccountService::redeemTicket(const QByteArray &ticket)
{
    auto owner = m_tickets->redeem(ticket);
    if (!owner) {
        return core::fail(ErrorCode::Unauthenticated,
            QStringLiteral("The ticket is not valid or was used. Ask for a new one."));
    }
    return owner->kind == Principal::Kind::User ? current(owner->user, owner->session) : *owner;
}

bool AccountService::maySubscribe(const Principal &principal, const QString &topic)
{
    using contracts::topics::containers;
    using contracts::topics::monitoring;
    using contracts::topics::updates;
    if ((topic != containers && topic != updates && topic != monitoring) ||
        principal.kind == Principal::Kind::Anonymous) {
        return false;
    }
    core::Role role = principal.role;
    if (principal.kind == Principal::Kind::User) {
        const auto now = current(principal.user, principal.session);
        if (!now) {
            return false;
        }
        role = now->role;
    }
    return domain::roleHolds(role, topic.toStdString() + ":read");
}

} // namespace dockerauto::application
