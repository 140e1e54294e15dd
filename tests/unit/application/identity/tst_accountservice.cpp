#include <testsupport/manualclock.h>
#include <testsupport/memorystorage.h>

#include <application/identity/accountservice.h>
#include <contracts/events.h>
#include <security/hmactokensigner.h>
#include <security/systemrandomness.h>

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace dockerauto;
using namespace std::chrono_literals;
using application::AccountService;
using contracts::CallScope;
using contracts::Principal;
using core::CallContext;
using core::ErrorCode;
using core::Secret;

namespace {

const QString email = QStringLiteral("anna@example.com");
const QString password = QStringLiteral("four words in a row");

/// Quick, and counts, so that a test sees whether the same work was done for known and unknown accounts.
class CountingHasher final : public ports::PasswordHasher
{
public:
    core::Result<QString> hash(const Secret &secret, const CallContext &context) override
    {
        DOCKERAUTO_TRY(context.check());
        return QStringLiteral("plain:") + QString::fromUtf8(secret.reveal());
    }
    core::Result<bool> verify(
        const QString &encoded, const Secret &secret, const CallContext &context) override
    {
        DOCKERAUTO_TRY(context.check());
        ++verified;
        if (fault) {
            return core::fail(*fault, QStringLiteral("fault"));
        }
        return encoded == QStringLiteral("plain:") + QString::fromUtf8(secret.reveal());
    }

    std::atomic<int> verified = 0;
    std::optional<ErrorCode> fault;
};

struct World
{
    testsupport::MemoryStorage storage;
    CountingHasher hasher;
    security::HmacTokenSigner signer{
        Secret(QByteArray(32, 'k')), AccountService::issuer(), AccountService::audience()};
    security::SystemRandomness randomness;
    testsupport::ManualClock clock;
    AccountService accounts{storage, hasher, signer, randomness, clock};
};

CallContext soon()
{
    return {core::Deadline::in(30s), {}};
}

CallScope from(const char *address)
{
    return {Principal::anonymous(), QStringLiteral("r"), QString::fromLatin1(address)};
}

CallScope as(const Principal &principal)
{
    return {principal, QStringLiteral("r"), QStringLiteral("192.0.2.1")};
}

} // namespace

#define VERIFY_FAILS(expression, expected)                                                                   \
    do {                                                                                                     \
        const auto outcome = (expression);                                                                   \
        QVERIFY2(!outcome.has_value(), "it succeeded");                                                      \
        QCOMPARE(int(outcome.error().code), int(expected));                                                  \
    } while (false)

class AccountServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { w = std::make_unique<World>(); }

    // Setup

    void setup_makesAnAdministrator_once()
    {
        QVERIFY(w->accounts.setupState(soon())->required);
        const auto code = w->accounts.setupCode(soon());
        QVERIFY(code && code->has_value());
        const auto reply = w->accounts.setUp({**code, email, password}, from("192.0.2.1"), soon());
        QVERIFY(reply);
        QCOMPARE(reply->user.role, core::Role::Admin);
        QVERIFY(w->accounts.authenticate(reply->accessToken.toLatin1()));
        QVERIFY(!w->accounts.setupState(soon())->required);
        QVERIFY(!w->accounts.setupCode(soon())->has_value());
        VERIFY_FAILS(w->accounts.setUp(
                         {**code, QStringLiteral("eve@example.com"), password}, from("192.0.2.1"), soon()),
            ErrorCode::Conflict);
    }

    void setup_takesTheCode_asPeopleTypeIt()
    {
        const QString code = **w->accounts.setupCode(soon());
        const QString typed =
            QStringLiteral(" ") + code.toUpper().replace(QLatin1Char('-'), QLatin1Char(' '));
        QVERIFY(w->accounts.setUp({typed, email, password}, from("192.0.2.1"), soon()));
    }

    void setup_refuses_aWrongCode_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << QString();
        QTest::newRow("dashes") << QStringLiteral("---");
        QTest::newRow("other") << QStringLiteral("aaaaa-aaaaa-aaaaa-aaaaa");
    }
    void setup_refuses_aWrongCode()
    {
        QFETCH(const QString, code);
        // Nobody asked for a code yet: then none is right.
        VERIFY_FAILS(w->accounts.setUp({code, email, password}, from("192.0.2.1"), soon()),
            ErrorCode::PermissionDenied);
        QVERIFY(w->accounts.setupCode(soon()));
        VERIFY_FAILS(w->accounts.setUp({code, email, password}, from("192.0.2.1"), soon()),
            ErrorCode::PermissionDenied);
    }

    void setup_makesOneAdministrator_underParallelRequests()
    {
        const QString code = **w->accounts.setupCode(soon());
        std::atomic<int> made = 0;
        std::atomic<int> conflicts = 0;
        {
            std::latch start(4);
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&, i] {
                    start.arrive_and_wait();
                    const auto reply =
                        w->accounts.setUp({code, QStringLiteral("user%1@example.com").arg(i), password},
                            from(QByteArray("192.0.2." + QByteArray::number(i)).constData()), soon());
                    made += reply ? 1 : 0;
                    conflicts += !reply && reply.error().code != ErrorCode::Internal ? 1 : 0;
                });
            }
        }
        QCOMPARE(made.load(), 1);
        QCOMPARE(conflicts.load(), 3);
        QCOMPARE(w->storage.state().users.size(), 1U);
    }

    void ensureAdministrator_doesNothing_onceThereIsAUser()
    {
        QCOMPARE(w->accounts.ensureAdministrator(email, Secret(password.toUtf8()), soon()).value(), true);
        QCOMPARE(
            w->accounts.ensureAdministrator(QStringLiteral("b@example.com"), Secret("x"), soon()).value(),
            false);
        QCOMPARE(w->storage.state().users.size(), 1U);
    }

    void newAccount_refuses_badPasswords_data()
    {
        QTest::addColumn<QString>("chosen");
        QTest::newRow("14 characters") << QStringLiteral("abcdefghijklm1");
        QTest::newRow("257 characters") << QString(128, QLatin1Char('x')) + QString(129, QLatin1Char('y'));
        QTest::newRow("common") << QStringLiteral("passwordpassword");
        QTest::newRow("common in capitals") << QStringLiteral("Password1234567");
        QTest::newRow("one character") << QString(20, QLatin1Char('z'));
        QTest::newRow("a few characters") << QStringLiteral("abcabcabcabcabcabc");
        QTest::newRow("the address") << QStringLiteral("anna@example.com");
        // Eight code points of two units each are eight characters, not sixteen.
        QTest::newRow("8 emoji") << QString::fromUtf8("😀😁😂😃😄😅😆😇");
    }
    void newAccount_refuses_badPasswords()
    {
        QFETCH(const QString, chosen);
        const auto made = w->accounts.ensureAdministrator(email, Secret(chosen.toUtf8()), soon());
        QVERIFY(!made);
        QCOMPARE(int(made.error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(made.error().path, QStringLiteral("password"));
    }

    void newAccount_takes_anyCharacters_data()
    {
        QTest::addColumn<QString>("chosen");
        QTest::newRow("15 letters") << QStringLiteral("abcdefgXijklmno");
        QTest::newRow("only digits, not in a row") << QStringLiteral("802374619283746");
        QTest::newRow("blanks at the ends") << QStringLiteral("  thirteen letters ");
        QTest::newRow("256 characters") << QString(128, QLatin1Char('x')) + QString(128, QLatin1Char('y'));
        QTest::newRow("other scripts") << QString::fromUtf8("пароль из пяти слов тут");
    }
    void newAccount_takes_anyCharacters()
    {
        QFETCH(const QString, chosen);
        QVERIFY(w->accounts.ensureAdministrator(email, Secret(chosen.toUtf8()), soon()).value());
        QVERIFY(w->accounts.logIn({email, chosen}, from("192.0.2.1"), soon()));
        QVERIFY(!w->accounts.logIn({email, chosen.trimmed() + QLatin1Char('x')}, from("192.0.2.1"), soon()));
    }

    void newAccount_refuses_whatIsNoAddress_data()
    {
        QTest::addColumn<QString>("address");
        for (const char *address : {"", "anna", "@example.com", "anna@", "a@b@c", "an na@example.com",
                 "a@.com", "a@com.", "a@b..c", "a@b\n.c"}) {
            QTest::addRow("%s", address) << QString::fromLatin1(address);
        }
        QTest::newRow("long") << QString(250, QLatin1Char('a')) + QStringLiteral("@b.cd");
    }
    void newAccount_refuses_whatIsNoAddress()
    {
        QFETCH(const QString, address);
        const auto made = w->accounts.ensureAdministrator(address, Secret(password.toUtf8()), soon());
        QVERIFY(!made);
        QCOMPARE(made.error().path, QStringLiteral("email"));
    }

    // Signing in

    void logIn_givesTokens_thatAuthenticate()
    {
        const auto reply = signIn();
        QCOMPARE(reply.tokenType, QStringLiteral("Bearer"));
        QCOMPARE(reply.expiresIn, 900);
        const auto principal = w->accounts.authenticate(reply.accessToken.toLatin1());
        QVERIFY(principal);
        QCOMPARE(principal->kind, Principal::Kind::User);
        QCOMPARE(principal->email, email);
        QCOMPARE(principal->role, core::Role::Admin);
        QCOMPARE(w->accounts.ownAccount(as(*principal), soon())->email, email);
        // The refresh token itself is stored nowhere.
        const auto session = w->storage.state().sessions.begin()->second;
        QVERIFY(!session.refreshHash.contains(reply.refreshToken.toLatin1()));
        QCOMPARE(session.refreshHash.size(), 32);
    }

    void logIn_ignoresTheCase_ofTheAddressOnly()
    {
        makeUser();
        QVERIFY(
            w->accounts.logIn({QStringLiteral(" Anna@Example.COM "), password}, from("192.0.2.1"), soon()));
        QVERIFY(!w->accounts.logIn({email, password.toUpper()}, from("192.0.2.1"), soon()));
    }

    void logIn_answersAlike_forUnknownWrongAndDisabled()
    {
        makeUser();
        const auto wrong = w->accounts.logIn({email, QStringLiteral("wrong")}, from("192.0.2.1"), soon());
        const auto unknown =
            w->accounts.logIn({QStringLiteral("bob@example.com"), password}, from("192.0.2.2"), soon());
        const auto strange =
            w->accounts.logIn({QStringLiteral("no address"), password}, from("192.0.2.2"), soon());
        changeUser([](ports::UserRecord &user) { user.disabled = true; });
        const auto disabled = w->accounts.logIn({email, password}, from("192.0.2.3"), soon());
        QCOMPARE(w->hasher.verified.load(), 4);
        for (const auto *reply : {&wrong, &unknown, &strange, &disabled}) {
            QVERIFY(!*reply);
            QCOMPARE(int(reply->error().code), int(ErrorCode::Unauthenticated));
            QCOMPARE(reply->error().message, wrong.error().message);
        }
    }

    void logIn_isSlowedDown_afterFailures_alikeForUnknownAccounts()
    {
        makeUser();
        for (const QString &account : {email, QStringLiteral("bob@example.com")}) {
            w->clock.advance(1h);
            for (int i = 0; i < 4; ++i) {
                VERIFY_FAILS(tryWrong(account), ErrorCode::Unauthenticated);
            }
            VERIFY_FAILS(tryWrong(account), ErrorCode::RateLimited);
            w->clock.advance(1s);
            VERIFY_FAILS(tryWrong(account), ErrorCode::Unauthenticated);
            w->clock.advance(1s);
            VERIFY_FAILS(tryWrong(account), ErrorCode::RateLimited);
            w->clock.advance(1s);
            VERIFY_FAILS(tryWrong(account), ErrorCode::Unauthenticated);
        }
        // However many failures there were, a minute is the longest pause.
        for (int i = 0; i < 40; ++i) {
            w->clock.advance(60s);
            VERIFY_FAILS(tryWrong(email), ErrorCode::Unauthenticated);
        }
        w->clock.advance(60s);
        QVERIFY(w->accounts.logIn({email, password}, from("192.0.2.66"), soon()));
    }

    void logIn_locksNobodyOut_whoHasSignedInFromElsewhere()
    {
        signIn();
        int refused = 0;
        for (int i = 0; i < 400; ++i) {
            const QByteArray address = "198.51.100." + QByteArray::number(i % 200);
            const auto reply =
                w->accounts.logIn({email, QStringLiteral("guess")}, from(address.constData()), soon());
            refused += reply.error().code == ErrorCode::RateLimited ? 1 : 0;
        }
        QVERIFY(refused > 300);
        QVERIFY(w->accounts.logIn({email, password}, from("192.0.2.1"), soon()));
    }

    void logIn_countsAttempts_thatRunAtTheSameTime()
    {
        makeUser();
        std::atomic<int> computed = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 16; ++i) {
                threads.emplace_back(
                    [&] { computed += tryWrong(email).error().code == ErrorCode::Unauthenticated ? 1 : 0; });
            }
        }
        QCOMPARE(computed.load(), 4);
    }

    void logIn_treatsOneNetworkOfIpv6_asOneAddress()
    {
        makeUser();
        for (int i = 0; i < 4; ++i) {
            const QByteArray address = "2001:db8::" + QByteArray::number(i + 1);
            VERIFY_FAILS(
                w->accounts.logIn({email, QStringLiteral("guess")}, from(address.constData()), soon()),
                ErrorCode::Unauthenticated);
        }
        VERIFY_FAILS(
            w->accounts.logIn({email, password}, from("2001:db8::99"), soon()), ErrorCode::RateLimited);
        QVERIFY(w->accounts.logIn({email, password}, from("2001:db8:0:1::1"), soon()));
    }

    void logIn_countsNoFailure_thatIsOurs()
    {
        makeUser();
        w->hasher.fault = ErrorCode::Unavailable;
        for (int i = 0; i < 10; ++i) {
            VERIFY_FAILS(
                w->accounts.logIn({email, password}, from("192.0.2.1"), soon()), ErrorCode::Unavailable);
        }
        w->hasher.fault.reset();
        QVERIFY(w->accounts.logIn({email, password}, from("192.0.2.1"), soon()));
    }

    // Access tokens

    void authenticate_refuses_afterFifteenMinutes()
    {
        const auto reply = signIn();
        w->clock.advance(899s);
        QVERIFY(w->accounts.authenticate(reply.accessToken.toLatin1()));
        w->clock.advance(1s);
        VERIFY_FAILS(w->accounts.authenticate(reply.accessToken.toLatin1()), ErrorCode::Unauthenticated);
    }

    void authenticate_refuses_atOnceAfterLogout()
    {
        const auto reply = signIn();
        const auto principal = w->accounts.authenticate(reply.accessToken.toLatin1());
        QVERIFY(w->accounts.logOut(as(*principal), soon()));
        VERIFY_FAILS(w->accounts.authenticate(reply.accessToken.toLatin1()), ErrorCode::Unauthenticated);
        VERIFY_FAILS(refresh(reply.refreshToken), ErrorCode::Unauthenticated);
        QVERIFY(!w->accounts.maySubscribe(*principal, contracts::topics::containers));
    }

    void authenticate_noticesChangesOfTheAccount_withinTwoSeconds()
    {
        const QByteArray token = signIn().accessToken.toLatin1();
        QCOMPARE(w->accounts.authenticate(token)->role, core::Role::Admin);
        changeUser([](ports::UserRecord &user) { user.role = core::Role::Viewer; });
        w->clock.advance(2s);
        QCOMPARE(w->accounts.authenticate(token)->role, core::Role::Viewer);
        changeUser([](ports::UserRecord &user) { user.disabled = true; });
        w->clock.advance(2s);
        VERIFY_FAILS(w->accounts.authenticate(token), ErrorCode::Unauthenticated);
    }

    void authenticate_refuses_garbage()
    {
        VERIFY_FAILS(w->accounts.authenticate("garbage"), ErrorCode::Unauthenticated);
        VERIFY_FAILS(w->accounts.authenticate({}), ErrorCode::Unauthenticated);
    }

    // Refresh tokens

    void refresh_givesNewTokens_andUsesUpTheOldOne()
    {
        const auto first = signIn();
        const auto second = refresh(first.refreshToken);
        QVERIFY(second);
        QVERIFY(second->refreshToken != first.refreshToken);
        QVERIFY(w->accounts.authenticate(second->accessToken.toLatin1()));
        QVERIFY(refresh(second->refreshToken));
    }

    void refresh_endsTheSession_whenAnOldTokenComesBack()
    {
        const auto first = signIn();
        const auto second = refresh(first.refreshToken);
        const auto third = refresh(second->refreshToken);
        QVERIFY(third);
        QVERIFY(w->accounts.authenticate(third->accessToken.toLatin1()));
        VERIFY_FAILS(refresh(first.refreshToken), ErrorCode::Unauthenticated);
        VERIFY_FAILS(refresh(third->refreshToken), ErrorCode::Unauthenticated);
        VERIFY_FAILS(w->accounts.authenticate(third->accessToken.toLatin1()), ErrorCode::Unauthenticated);
    }

    void refresh_keepsTheSession_whenTheTokenBeforeComesWithinTenSeconds()
    {
        const auto first = signIn();
        const auto second = refresh(first.refreshToken);
        w->clock.advance(10s);
        VERIFY_FAILS(refresh(first.refreshToken), ErrorCode::Conflict);
        QVERIFY(w->accounts.authenticate(second->accessToken.toLatin1()));
        const auto third = refresh(second->refreshToken);
        QVERIFY(third);
        w->clock.advance(11s);
        VERIFY_FAILS(refresh(second->refreshToken), ErrorCode::Unauthenticated);
        VERIFY_FAILS(refresh(third->refreshToken), ErrorCode::Unauthenticated);
    }

    void refresh_givesOneSuccessor_toParallelRequests()
    {
        const auto first = signIn();
        std::atomic<int> exchanged = 0;
        std::atomic<int> conflicts = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&] {
                    const auto reply = refresh(first.refreshToken);
                    exchanged += reply ? 1 : 0;
                    conflicts += !reply && reply.error().code == ErrorCode::Conflict ? 1 : 0;
                });
            }
        }
        QCOMPARE(exchanged.load(), 1);
        QCOMPARE(conflicts.load(), 7);
        QVERIFY(w->accounts.authenticate(first.accessToken.toLatin1()));
    }

    void refresh_ends_afterThirtyDays_howeverOftenItWasUsed()
    {
        auto reply = signIn();
        for (int day = 0; day < 29; ++day) {
            w->clock.advance(24h);
            const auto next = refresh(reply.refreshToken);
            QVERIFY(next);
            reply = *next;
        }
        w->clock.advance(24h);
        VERIFY_FAILS(refresh(reply.refreshToken), ErrorCode::Unauthenticated);
    }

    void refresh_refuses_aDisabledAccount()
    {
        const auto reply = signIn();
        changeUser([](ports::UserRecord &user) { user.disabled = true; });
        VERIFY_FAILS(refresh(reply.refreshToken), ErrorCode::Unauthenticated);
    }

    void refresh_refuses_garbage_data()
    {
        QTest::addColumn<QString>("token");
        QTest::newRow("empty") << QString();
        QTest::newRow("dot") << QStringLiteral(".");
        QTest::newRow("unknown") << QStringLiteral("nobody.AAAA");
        QTest::newRow("long") << QString(100'000, QLatin1Char('x'));
    }
    void refresh_refuses_garbage()
    {
        QFETCH(const QString, token);
        VERIFY_FAILS(refresh(token), ErrorCode::Unauthenticated);
    }

    void refresh_losesNothing_whenTheDatabaseFails()
    {
        const auto reply = signIn();
        w->storage.setFault(
            [] { return core::Result<>(core::fail(ErrorCode::Unavailable, QStringLiteral("full"))); });
        VERIFY_FAILS(refresh(reply.refreshToken), ErrorCode::Unavailable);
        w->storage.setFault({});
        QVERIFY(refresh(reply.refreshToken));
    }

    // Tickets and topics

    void ticket_worksOnce()
    {
        const auto principal = w->accounts.authenticate(signIn().accessToken.toLatin1());
        const auto ticket = w->accounts.makeTicket(as(*principal));
        QVERIFY(ticket);
        QCOMPARE(ticket->expiresIn, 30);
        QCOMPARE(w->accounts.redeemTicket(ticket->ticket.toLatin1())->email, email);
        VERIFY_FAILS(w->accounts.redeemTicket(ticket->ticket.toLatin1()), ErrorCode::Unauthenticated);
        VERIFY_FAILS(w->accounts.redeemTicket("garbage"), ErrorCode::Unauthenticated);
    }

    void ticket_ends_afterThirtySecondsAndAtLogout()
    {
        const auto principal = w->accounts.authenticate(signIn().accessToken.toLatin1());
        const auto old = w->accounts.makeTicket(as(*principal));
        w->clock.advance(30s);
        VERIFY_FAILS(w->accounts.redeemTicket(old->ticket.toLatin1()), ErrorCode::Unauthenticated);
        const auto open = w->accounts.makeTicket(as(*principal));
        QVERIFY(w->accounts.logOut(as(*principal), soon()));
        VERIFY_FAILS(w->accounts.redeemTicket(open->ticket.toLatin1()), ErrorCode::Unauthenticated);
    }

    void maySubscribe_dependsOnTheRole_data()
    {
        QTest::addColumn<core::Role>("role");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("admin") << core::Role::Admin << true;
        QTest::newRow("operator") << core::Role::Operator << true;
        QTest::newRow("viewer") << core::Role::Viewer << true;
        QTest::newRow("user") << core::Role::User << false;
    }
    void maySubscribe_dependsOnTheRole()
    {
        QFETCH(const core::Role, role);
        QFETCH(const bool, allowed);
        makeUser();
        changeUser([&](ports::UserRecord &user) { user.role = role; });
        const auto reply = w->accounts.logIn({email, password}, from("192.0.2.1"), soon());
        const auto principal = w->accounts.authenticate(reply->accessToken.toLatin1());
        for (const char *topic : {"containers", "updates", "monitoring"}) {
            QCOMPARE(w->accounts.maySubscribe(*principal, QString::fromLatin1(topic)), allowed);
        }
        QVERIFY(!w->accounts.maySubscribe(*principal, QStringLiteral("users")));
        QVERIFY(!w->accounts.maySubscribe(Principal::anonymous(), QStringLiteral("containers")));
    }

private:
    void makeUser()
    {
        const auto made = w->accounts.ensureAdministrator(email, Secret(password.toUtf8()), soon());
        QVERIFY(made && *made);
    }
    contracts::TokenReply signIn()
    {
        makeUser();
        return w->accounts.logIn({email, password}, from("192.0.2.1"), soon()).value();
    }
    core::Result<contracts::TokenReply> refresh(const QString &token)
    {
        return w->accounts.refresh({token}, from("192.0.2.1"), soon());
    }
    core::Result<contracts::TokenReply> tryWrong(const QString &account)
    {
        return w->accounts.logIn({account, QStringLiteral("guess")}, from("192.0.2.66"), soon());
    }
    void changeUser(const std::function<void(ports::UserRecord &)> &change)
    {
        QVERIFY(w->storage.write(
            [&](ports::UnitOfWork &unit) -> core::Result<> {
                DOCKERAUTO_TRY_ASSIGN(user, unit.users().findByEmail(email));
                change(user);
                return unit.users().save(user);
            },
            soon()));
    }

    std::unique_ptr<World> w;
};

QTEST_APPLESS_MAIN(AccountServiceTest)
#include "tst_accountservice.moc"
