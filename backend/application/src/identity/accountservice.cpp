#include "application/identity/accountservice.h"

#include "identity/identityhelpers.h"
#include "identity/passwordrules.h"
#include "identity/signinthrottle.h"
#include "identity/ticketbook.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::CallScope;
using core::CallContext;
using core::ErrorCode;
using core::Json;
using core::logAuth;
using ports::UnitOfWork;
using ports::UserRecord;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds accessLife = 15min;
constexpr auto sessionLife = std::chrono::hours(24 * 30);
constexpr int refreshBytes = 32;
constexpr int setupCodeLength = 20;

/// Of a password that nobody knows: computed for unknown accounts, so that they take as long as known ones.
const QString &unknownPasswordHash()
{
    static const QString hash = QStringLiteral(
        "$argon2id$v=19$m=65536,t=2,p=1$Jbsi82s/WqpXIU62mc2jfA$mG8wVafL5sh08q6DQb6zjWfA26WHrYtaU8qdj4rIyHo");
    return hash;
}

core::Failure wrongCredentials()
{
    return core::fail(
        ErrorCode::Unauthenticated, QStringLiteral("The e-mail address or the password is wrong."));
}

core::Failure alreadySetUp()
{
    return core::fail(
        ErrorCode::Conflict, QStringLiteral("The first administrator exists already. Sign in instead."));
}

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    int difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i) {
        difference |= a.at(i) ^ b.at(i);
    }
    return difference == 0;
}

/// What is left of a code when it is typed in capitals, with blanks or without dashes.
QByteArray bareCode(const QString &code)
{
    QByteArray bare;
    for (const char c : code.toLower().toUtf8()) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            bare += c;
        }
    }
    return bare;
}

} // namespace

AccountService::AccountService(ports::Storage &storage, ports::PasswordHasher &hasher,
    ports::TokenSigner &signer, ports::Randomness &randomness, const core::Clock &clock)
    : m_storage(storage)
    , m_hasher(hasher)
    , m_signer(signer)
    , m_randomness(randomness)
    , m_clock(clock)
    , m_throttle(std::make_unique<SignInThrottle>(clock))
    , m_tickets(std::make_unique<TicketBook>(randomness, clock))
{
}

AccountService::~AccountService() = default;

// --- The first administrator ---

core::Result<UserRecord> AccountService::newAdministrator(
    const QString &email, const QString &password, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(address, normalizeEmail(email));
    DOCKERAUTO_TRY(checkNewPassword(password, address));
    DOCKERAUTO_TRY_ASSIGN(hash, m_hasher.hash(core::Secret(password.toUtf8()), context));
    UserRecord user;
    user.id = core::UserId(core::newUniqueId());
    user.email = address;
    user.passwordHash = hash;
    user.role = core::Role::Admin;
    user.createdAt = m_clock.now();
    user.updatedAt = user.createdAt;
    return user;
}

core::Result<bool> AccountService::ensureAdministrator(
    const QString &email, const core::Secret &password, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(state, setupState(context));
    if (!state.required) {
        return false;
    }
    DOCKERAUTO_TRY_ASSIGN(user, newAdministrator(email, QString::fromUtf8(password.reveal()), context));
    bool made = false;
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(users, unit.users().count());
            made = users == 0;
            return made ? unit.users().save(user) : core::Result<>();
        },
        context));
    return made;
}

core::Result<std::optional<QString>> AccountService::setupCode(const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(state, setupState(context));
    const std::scoped_lock lock(m_mutex);
    if (!state.required) {
        m_setupCode.clear();
        return std::nullopt;
    }
    if (m_setupCode.isEmpty()) {
        static constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
        constexpr int group = 5;
        const QByteArray random = m_randomness.bytes(setupCodeLength);
        for (int i = 0; i < setupCodeLength; ++i) {
            if (i > 0 && i % group == 0) {
                m_setupCode += QLatin1Char('-');
            }
            m_setupCode += QLatin1Char(alphabet[static_cast<unsigned char>(random.at(i)) & 31]);
        }
    }
    return m_setupCode;
}

core::Result<contracts::SetupState> AccountService::setupState(const CallContext &context)
{
    contracts::SetupState state;
    DOCKERAUTO_TRY(m_storage.read(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(users, unit.users().count());
            state.required = users == 0;
            return {};
        },
        context));
    return state;
}

core::Result<> AccountService::checkSetupCode(const QString &code)
{
    const std::scoped_lock lock(m_mutex);
    if (m_setupCode.isEmpty() || !equalInConstantTime(bareCode(code), bareCode(m_setupCode))) {
        return core::fail(ErrorCode::PermissionDenied,
            QStringLiteral("The setup code is wrong. The server wrote it to its log when it started."),
            QStringLiteral("code"));
    }
    return {};
}

core::Result<contracts::TokenReply> AccountService::setUp(
    const contracts::SetupRequest &request, const CallScope &scope, const CallContext &context)
{
    // No address holds a colon in front, so this name is nobody's account.
    const QString name = QStringLiteral(":setup");
    DOCKERAUTO_TRY_ASSIGN(state, setupState(context));
    if (!state.required) {
        return alreadySetUp();
    }
    DOCKERAUTO_TRY(m_throttle->begin(name, scope.remoteAddress));
    DOCKERAUTO_TRY(checkSetupCode(request.code));
    m_throttle->succeeded(name, scope.remoteAddress);
    DOCKERAUTO_TRY_ASSIGN(user, newAdministrator(request.email, request.password, context));
    const NewSession session = newSession(user.id, scope.remoteAddress);
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(users, unit.users().count());
            if (users != 0) {
                return alreadySetUp();
            }
            DOCKERAUTO_TRY(unit.users().save(user));
            return unit.sessions().save(session.record);
        },
        context));
    {
        const std::scoped_lock lock(m_mutex);
        m_setupCode.clear();
    }
    qCInfo(logAuth, "The first administrator was made");
    return replyFor(user, session.record.id, session.refreshToken);
}

// --- Signing in ---

core::Result<UserRecord> AccountService::checkPassword(
    const QString &email, const core::Secret &password, const CallContext &context)
{
    std::optional<UserRecord> user;
    DOCKERAUTO_TRY(m_storage.read(
        [&](UnitOfWork &unit) -> core::Result<> {
            auto found = unit.users().findByEmail(email);
            if (!found && found.error().code != ErrorCode::NotFound) {
                return core::fail(std::move(found.error()));
            }
            if (found) {
                user = std::move(*found);
            }
            return {};
        },
        context));
    auto match = m_hasher.verify(user ? user->passwordHash : unknownPasswordHash(), password, context);
    if (!match) {
        return core::fail(std::move(match.error()));
    }
    if (!user || !*match || user->disabled) {
        return wrongCredentials();
    }
    return *user;
}

core::Result<contracts::TokenReply> AccountService::logIn(
    const contracts::LoginRequest &request, const CallScope &scope, const CallContext &context)
{
    const QString email = request.email.trimmed().toLower();
    DOCKERAUTO_TRY(m_throttle->begin(email, scope.remoteAddress));
    auto user = checkPassword(email, core::Secret(request.password.toUtf8()), context);
    if (!user) {
        if (user.error().code != ErrorCode::Unauthenticated) {
            m_throttle->withdrawn(email, scope.remoteAddress);
        }
        return core::fail(std::move(user.error()));
    }
    m_throttle->succeeded(email, scope.remoteAddress);
    const NewSession session = newSession(user->id, scope.remoteAddress);
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &unit) -> core::Result<> {
            // The account may have been changed while the password was computed.
            DOCKERAUTO_TRY_ASSIGN(now, unit.users().find(user->id));
            if (now.disabled || now.passwordHash != user->passwordHash) {
                return wrongCredentials();
            }
            user = now;
            DOCKERAUTO_TRY(unit.sessions().removeExpired(m_clock.now()));
            return unit.sessions().save(session.record);
        },
        context));
    return replyFor(*user, session.record.id, session.refreshToken);
}

QString AccountService::newRefreshToken(const core::SessionId &session)
{
    const QByteArray secret = m_randomness.bytes(refreshBytes)
                                  .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return session.text() + QLatin1Char('.') + QString::fromLatin1(secret);
}

AccountService::NewSession AccountService::newSession(const core::UserId &user, const QString &remoteAddress)
{
    NewSession session;
    session.record.id = core::SessionId(core::newUniqueId());
    session.record.user = user;
    session.record.remoteAddress = remoteAddress;
    session.record.createdAt = m_clock.now();
    session.record.lastUsedAt = session.record.createdAt;
    session.record.expiresAt = session.record.createdAt + sessionLife;
    session.refreshToken = newRefreshToken(session.record.id);
    session.record.refreshHash = hashOfToken(session.refreshToken);
    return session;
}

contracts::TokenReply AccountService::replyFor(
    const UserRecord &user, const core::SessionId &session, const QString &refreshToken)
{
    const auto issued = std::chrono::floor<std::chrono::seconds>(m_clock.now()).time_since_epoch().count();
    const Json claims = {{"iss", issuer()}, {"aud", audience()}, {"sub", user.id.text()},
        {"sid", session.text()}, {"jti", core::newUniqueId()}, {"iat", issued}, {"nbf", issued},
        {"exp", issued + accessLife.count()}};
    contracts::TokenReply reply;
    reply.accessToken = QString::fromLatin1(m_signer.sign(claims));
    reply.tokenType = QStringLiteral("Bearer");
    reply.expiresIn = static_cast<int>(accessLife.count());
    reply.refreshToken = refreshToken;
    reply.user = accountOf(user);
    return reply;
}

} // namespace dockerauto::application
