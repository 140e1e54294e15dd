#include "registryfixture.h"

#include <QTest>

#include <thread>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;

class RegistrySignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void token_isFetchedAnonymously_andUsedAgain()
    {
        std::atomic<int> tokens = 0;
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                return answer(
                    200, {}, "{\"token\":\"t" + QByteArray::number(++tokens) + "\",\"expires_in\":300}");
            }
            return request.field("Authorization") == "Bearer t" + QByteArray::number(tokens)
                       ? goodManifest(request)
                       : wantsToken("http://" + request.field("Host") + "/token?x=1");
        });
        HttpImageRegistry registry({}, m_clock);
        QVERIFY(registry.head(image(server.host()), within(10s)));
        const auto asked = server.requests();
        QCOMPARE(asked.size(), 3U);
        QCOMPARE(asked.at(1).target,
            QByteArray("/token?x=1&service=the%20service&scope=repository:team/app:pull"));
        QVERIFY(asked.at(1).field("Authorization").isEmpty());
        QVERIFY(registry.head(image(server.host(), QStringLiteral("2.0")), within(10s)));
        QCOMPARE(server.requests().size(), 4U);
        // A while before its end it is fetched anew, without a refusal in between.
        m_clock.advance(291s);
        QVERIFY(registry.head(image(server.host()), within(10s)));
        QCOMPARE(server.requests().size(), 6U);
        // A token that is refused before its time costs one more round.
        ++tokens;
        QVERIFY(registry.head(image(server.host()), within(10s)));
        QCOMPARE(server.requests().size(), 9U);
    }

    void token_isRead_inAllItsForms_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("good");
        QTest::newRow("token") << QByteArray(R"({"token":"t"})") << true;
        QTest::newRow("access_token") << QByteArray(R"({"access_token":"t","expires_in":0})") << true;
        QTest::newRow("both") << QByteArray(R"({"token":"t","access_token":"u","expires_in":1e30})") << true;
        QTest::newRow("empty") << QByteArray(R"({"token":""})") << false;
        QTest::newRow("none") << QByteArray("{}") << false;
        QTest::newRow("header injection") << QByteArray(R"({"token":"t\r\nX: y"})") << false;
        QTest::newRow("no JSON") << QByteArray("token") << false;
        QTest::newRow("giant") << QByteArray(R"({"token":"t","x":")") + QByteArray(70'000, 'x') + "\"}"
                               << false;
    }
    void token_isRead_inAllItsForms()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const bool, good);
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                return answer(200, {}, body);
            }
            return request.field("Authorization") == "Bearer t"
                       ? goodManifest(request)
                       : wantsToken("http://" + request.field("Host") + "/token");
        });
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QCOMPARE(found.has_value(), good);
        QVERIFY(good || found.error().code == ErrorCode::Corrupt);
    }

    void signIn_givesUp_whenItIsRefusedForEver()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.target.startsWith("/token")
                       ? answer(200, {}, R"({"token":"t"})")
                       : wantsToken("http://" + request.field("Host") + "/token");
        });
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(server.requests().size(), 3U);
    }

    void signIn_usesBasic_onlyWithCredentials()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.field("Authorization") == "Basic YW5uYTpzZWNyZXQ="
                       ? goodManifest(request)
                       : answer(401, {"WWW-Authenticate: Negotiate", "WWW-Authenticate: Basic realm=\"x\""});
        });
        const auto anonymous = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!anonymous);
        QCOMPARE(int(anonymous.error().code), int(ErrorCode::Unauthenticated));
        HttpImageRegistry registry({&m_anna}, m_clock);
        QVERIFY(registry.head(image(server.host()), within(10s)));
    }

    void password_goesToTheRegistrysOwnHost_only()
    {
        ScriptedHttpServer thief([](const Request &) { return answer(200, {}, R"({"token":"t"})"); });
        ScriptedHttpServer server([&](const Request &) {
            return wantsToken("http://localhost:" + QByteArray::number(thief.port()) + "/token");
        });
        const auto found = HttpImageRegistry({&m_anna}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unauthenticated));
        QVERIFY(thief.requests().empty());
    }

    void realm_isRefused_whenItIsNotSafe_data()
    {
        QTest::addColumn<QByteArray>("realm");
        QTest::newRow("file") << QByteArray("file:///etc/passwd");
        QTest::newRow("relative") << QByteArray("/token");
        QTest::newRow("with a user") << QByteArray("https://a:b@localhost/token");
        QTest::newRow("no URL") << QByteArray("http://[");
    }
    void realm_isRefused_whenItIsNotSafe()
    {
        QFETCH(const QByteArray, realm);
        ScriptedHttpServer server([&](const Request &) { return wantsToken(realm); });
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(server.requests().size(), 1U);
    }

    void token_isFetchedOnce_byManyThreads()
    {
        std::atomic<int> tokens = 0;
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                ++tokens;
                // Long enough for the others to want it too.
                std::this_thread::sleep_for(50ms);
                return answer(200, {}, R"({"token":"t"})");
            }
            return request.field("Authorization") == "Bearer t" ? goodManifest(request)
                                                                : wantsToken(here(request, "/token"));
        });
        HttpImageRegistry registry({}, m_clock);
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&, i] {
                    right += registry.head(image(server.host(), QString::number(i)), within(10s)) ? 1 : 0;
                });
            }
        }
        QCOMPARE(right.load(), 8);
        QCOMPARE(tokens.load(), 1);
    }

    void demand_isExpected_ofOtherRepositories()
    {
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                const QByteArray name = request.target.mid(request.target.indexOf("repository:"));
                return answer(200, {}, "{\"token\":\"" + name.toHex() + "\"}");
            }
            const QByteArray name = "repository:" + request.target.mid(4).split('/').first() + ":pull";
            return request.field("Authorization") == "Bearer " + name.toHex()
                       ? goodManifest(request)
                       : wantsToken(here(request, "/token"), ",scope=\"" + name + '"');
        });
        HttpImageRegistry registry({}, m_clock);
        for (const char *name : {"one", "two", "three"}) {
            const domain::ImageReference wanted{
                server.host(), QString::fromLatin1(name), QStringLiteral("1"), std::nullopt};
            QVERIFY(registry.head(wanted, within(10s)));
        }
        // Refusal, token and answer, then only token and answer.
        QCOMPARE(server.requests().size(), 7U);
    }

    void scope_isTaken_fromTheChallenge()
    {
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                return answer(200, {}, R"({"token":"t"})");
            }
            return request.field("Authorization") == "Bearer t"
                       ? goodManifest(request)
                       : wantsToken(here(request, "/token"), ",scope=\"aws other:x:pull\"");
        });
        QVERIFY(HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s)));
        QCOMPARE(server.requests().at(1).target,
            QByteArray("/token?service=the%20service&scope=aws&scope=other:x:pull"));
    }

    void password_isSent_forAToken()
    {
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                return request.field("Authorization") == annasBasic ? answer(200, {}, R"({"token":"t"})")
                                                                    : answer(401);
            }
            return request.field("Authorization") == "Bearer t" ? goodManifest(request)
                                                                : wantsToken(here(request, "/token"));
        });
        QVERIFY(HttpImageRegistry({&m_anna}, m_clock).head(image(server.host()), within(10s)));
        FixedCredentials wrong(annasPassword("wrong"));
        const auto found = HttpImageRegistry({&wrong}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unauthenticated));
        QVERIFY(found.error().message.contains(QStringLiteral("does not accept")));
    }

    void password_goesToOtherHosts_thatAreListed()
    {
        ScriptedHttpServer realm([](const Request &request) {
            return request.field("Authorization") == annasBasic ? answer(200, {}, R"({"token":"t"})")
                                                                : answer(401);
        });
        ScriptedHttpServer server([&](const Request &request) {
            return request.field("Authorization") == "Bearer t"
                       ? goodManifest(request)
                       : wantsToken("http://localhost:" + QByteArray::number(realm.port()) + "/token");
        });
        const auto refused = HttpImageRegistry({&m_anna}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(QStringLiteral("localhost")),
            qPrintable(refused.error().message));
        QVERIFY(realm.requests().empty());
        const auto options = [](const QString &) {
            return ports::RegistryOptions{.realmHosts = {QStringLiteral("localhost")}};
        };
        QVERIFY(HttpImageRegistry({&m_anna, options}, m_clock).head(image(server.host()), within(10s)));
        // Strangers may go there anyway.
        FixedCredentials none({}, QStringLiteral("example.com"));
        QVERIFY(!HttpImageRegistry({&none}, m_clock).head(image(server.host()), within(10s)));
        QCOMPARE(realm.requests().size(), 2U);
        QVERIFY(realm.requests().at(1).field("Authorization").isEmpty());
    }

    void identityToken_isExchanged_byAForm()
    {
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                return request.method == "POST" ? answer(200, {}, R"({"access_token":"t"})") : answer(400);
            }
            return request.field("Authorization") == "Bearer t" ? goodManifest(request)
                                                                : wantsToken(here(request, "/token"));
        });
        FixedCredentials token({{}, {}, core::Secret("a+b&c")});
        QVERIFY(HttpImageRegistry({&token}, m_clock).head(image(server.host()), within(10s)));
        const Request asked = server.requests().at(1);
        QCOMPARE(asked.target, QByteArray("/token"));
        QCOMPARE(asked.field("Content-Type"), QByteArray("application/x-www-form-urlencoded"));
        QVERIFY(asked.field("Authorization").isEmpty());
        QCOMPARE(
            asked.body, QByteArray("grant_type=refresh_token&service=the%20service&client_id=docker-auto&"
                                   "scope=repository%3Ateam%2Fapp%3Apull&refresh_token=a%2Bb%26c"));
    }

    void identityToken_isNotSentElsewhere_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("moved") << 307;
        QTest::newRow("not found") << 404;
        QTest::newRow("not allowed") << 405;
    }
    void identityToken_isNotSentElsewhere()
    {
        QFETCH(const int, status);
        ScriptedHttpServer other([](const Request &) { return answer(200, {}, R"({"token":"t"})"); });
        ScriptedHttpServer server([&](const Request &request) {
            return request.target.startsWith("/token")
                       ? answer(status, {"Location: http://" + other.host().toLatin1() + "/token"})
                       : wantsToken(here(request, "/token"));
        });
        FixedCredentials token({{}, {}, core::Secret("precious")});
        const auto found = HttpImageRegistry({&token}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QVERIFY(!found.error().text().contains(QStringLiteral("precious")));
        QVERIFY(other.requests().empty());
        QCOMPARE(server.requests().size(), 2U);
    }

    void registryToken_isSent_asItIs()
    {
        ScriptedHttpServer server([&](const Request &request) {
            return request.field("Authorization") == "Bearer ready" ? goodManifest(request)
                                                                    : wantsToken("http://localhost:1/token");
        });
        FixedCredentials token({{}, {}, {}, core::Secret("ready")});
        HttpImageRegistry registry({&token}, m_clock);
        QVERIFY(registry.head(image(server.host()), within(10s)));
        QCOMPARE(server.requests().size(), 2U);
        token.change({{}, {}, {}, core::Secret("stale")});
        m_clock.advance(1min);
        const auto found = registry.head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unauthenticated));
    }

    void wrongPassword_isNotRepeated()
    {
        ScriptedHttpServer server(
            [](const Request &) { return answer(401, {"WWW-Authenticate: Basic realm=x"}); });
        HttpImageRegistry registry({&m_anna}, m_clock);
        QVERIFY(!registry.head(image(server.host()), within(10s)));
        QCOMPARE(server.requests().size(), 2U);
        const auto again = registry.head(image(server.host()), within(10s));
        QCOMPARE(int(again.error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(server.requests().size(), 3U);
    }

    void newPassword_isUsed_whenTheOldOneIsRefused()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.field("Authorization") == annasBasic
                       ? goodManifest(request)
                       : answer(401, {"WWW-Authenticate: Basic realm=x"});
        });
        FixedCredentials credentials(annasPassword("old"));
        HttpImageRegistry registry({&credentials}, m_clock);
        QVERIFY(!registry.head(image(server.host()), within(10s)));
        credentials.change(annasPassword());
        QVERIFY(registry.head(image(server.host()), within(10s)));
        // Not looked up for every request.
        const int before = credentials.asked;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(registry.head(image(server.host()), within(10s)));
        }
        QCOMPARE(credentials.asked.load(), before);
    }

    void firstPassword_isUsed_asSoonAsItIsStored()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.field("Authorization") == annasBasic
                       ? goodManifest(request)
                       : answer(401, {"WWW-Authenticate: Basic realm=x"});
        });
        FixedCredentials credentials({});
        HttpImageRegistry registry({&credentials}, m_clock);
        QVERIFY(!registry.head(image(server.host()), within(10s)));
        credentials.change(annasPassword());
        QVERIFY(registry.head(image(server.host()), within(10s)));
    }

    void emptyCredentials_areNone()
    {
        ScriptedHttpServer server([&](const Request &request) {
            if (request.target.startsWith("/token")) {
                return answer(200, {}, R"({"token":"t"})");
            }
            return request.field("Authorization") == "Bearer t" ? goodManifest(request)
                                                                : wantsToken(here(request, "/token"));
        });
        FixedCredentials empty({});
        QVERIFY(HttpImageRegistry({&empty}, m_clock).head(image(server.host()), within(10s)));
        QVERIFY(server.requests().at(1).field("Authorization").isEmpty());
    }

    void helperThatFails_isAnError()
    {
        class BrokenStore final : public ports::CredentialStore
        {
        public:
            core::Result<std::optional<ports::RegistryCredentials>> find(
                const QString &, const core::CallContext &) override
            {
                return core::fail(ErrorCode::Unavailable, QStringLiteral("The helper is not installed."));
            }
        } store;
        ScriptedHttpServer server(
            [](const Request &) { return answer(401, {"WWW-Authenticate: Basic realm=x"}); });
        const auto found = HttpImageRegistry({&store}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QVERIFY(found.error().text().contains(QStringLiteral("not installed")));
    }

private:
    FixedCredentials m_anna{annasPassword()};
    testsupport::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(RegistrySignInTest)
#include "tst_registrysignin.moc"
