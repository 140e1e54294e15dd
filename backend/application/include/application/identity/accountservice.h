#pragma once

#include <contracts/auth.h>
#include <contracts/dispatcher.h>
#include <core/callcontext.h>
#include <core/clock.h>
#include <core/secret.h>
#include <ports/security.h>
#include <ports/storage.h>

#include <QHash>
#include <QString>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace dockerauto::application {

class SignInThrottle;
class TicketBook;

/// Accounts and sessions: who somebody is. Thread-safe; the handlers and `authenticate` read storage, so they
/// run on a pool.
///
/// An access token lives 15 minutes and counts only while its session and its user do, which is looked up
/// anew at least every second. A refresh token can be used once; one that comes back ends its session, but
/// for the one just before within ten seconds, since two windows may refresh at the same time. A session ends
/// after 30 days.
class AccountService final : public contracts::Authenticator
{
public:
    /// What the token signer must be made with.
    static QString issuer() { return QStringLiteral("docker-auto"); }
    static QString audience() { return QStringLiteral("docker-auto-api"); }

    AccountService(ports::Storage &storage, ports::PasswordHasher &hasher, ports::TokenSigner &signer,
        ports::Randomness &randomness, const core::Clock &clock);
    ~AccountService() override;

    /// Makes an administrator when there is no user yet; true when it did. InvalidArgument, with the path
    /// `email` or `password`, when the rules for new accounts are broken.
    core::Result<bool> ensureAdministrator(
        const QString &email, const core::Secret &password, const core::CallContext &context);
    /// The one-time code for setUp, the same at every call, to be shown to whoever can read the log; none
    /// once there is a user.
    core::Result<std::optional<QString>> setupCode(const core::CallContext &context);

    core::Result<contracts::SetupState> setupState(const core::CallContext &context);
    /// Makes the first administrator. Conflict once there is a user, PermissionDenied for a wrong code.
    core::Result<contracts::TokenReply> setUp(const contracts::SetupRequest &request,
        const contracts::CallScope &scope, const core::CallContext &context);
    /// Unauthenticated, in the same words and after the same time, for an unknown address, a wrong password
    /// and a disabled account; RateLimited after too many failures.
    core::Result<contracts::TokenReply> logIn(const contracts::LoginRequest &request,
        const contracts::CallScope &scope, const core::CallContext &context);
    /// Conflict when another request has exchanged the token within the last ten seconds: its answer counts.
    core::Result<contracts::TokenReply> refresh(const contracts::RefreshRequest &request,
        const contracts::CallScope &scope, const core::CallContext &context);
    core::Result<contracts::Nothing> logOut(
        const contracts::CallScope &scope, const core::CallContext &context);
    core::Result<contracts::Account> ownAccount(
        const contracts::CallScope &scope, const core::CallContext &context);
    core::Result<contracts::Ticket> makeTicket(const contracts::CallScope &scope);

    core::Result<contracts::Principal> authenticate(const QByteArray &bearerToken) override;
    core::Result<contracts::Principal> redeemTicket(const QByteArray &ticket) override;
    bool maySubscribe(const contracts::Principal &principal, const QString &topic) override;

private:
    struct NewSession
    {
        ports::SessionRecord record;
        QString refreshToken;
    };
    struct Cached
    {
        contracts::Principal principal;
        std::chrono::steady_clock::time_point until;
    };

    core::Result<ports::UserRecord> newAdministrator(
        const QString &email, const QString &password, const core::CallContext &context);
    core::Result<ports::UserRecord> checkPassword(
        const QString &email, const core::Secret &password, const core::CallContext &context);
    core::Result<> checkSetupCode(const QString &code);
    NewSession newSession(const core::UserId &user, const QString &remoteAddress);
    QString newRefreshToken(const core::SessionId &session);
    contracts::TokenReply replyFor(
        const ports::UserRecord &user, const core::SessionId &session, const QString &refreshToken);
    core::Result<contracts::Principal> current(const core::UserId &user, const core::SessionId &session);
    void forget(const core::SessionId &session);

    ports::Storage &m_storage;
    ports::PasswordHasher &m_hasher;
    ports::TokenSigner &m_signer;
    ports::Randomness &m_randomness;
    const core::Clock &m_clock;
    std::unique_ptr<SignInThrottle> m_throttle;
    std::unique_ptr<TicketBook> m_tickets;

    std::mutex m_mutex;
    QString m_setupCode;
    QHash<core::SessionId, Cached> m_principals;
};

} // namespace dockerauto::application
