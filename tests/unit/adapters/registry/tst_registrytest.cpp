#include "registryfixture.h"

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;

class RegistryTestTest : public QObject
{
    Q_OBJECT

private:
    core::Result<ports::RegistryTest> tryIt(const ScriptedHttpServer &server,
        ports::CredentialStore *credentials = nullptr, const char *repository = "")
    {
        return HttpImageRegistry({credentials}, m_clock)
            .test(server.host(), QString::fromLatin1(repository), within(10s));
    }

private Q_SLOTS:
    void open_isUsable_withoutSigningIn()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.target == "/v2/" ? answer(200, {}, "{}") : answer(404);
        });
        const auto result = tryIt(server);
        QVERIFY(result);
        QVERIFY(result->usable);
        QVERIFY(!result->signedIn);
        QVERIFY2(result->detail.contains(QStringLiteral("public")), qPrintable(result->detail));
    }

    void password_decides_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<bool>("bearer");
        QTest::addColumn<bool>("good");
        QTest::newRow("basic, right") << QByteArray("secret") << false << true;
        QTest::newRow("basic, wrong") << QByteArray("hunter2") << false << false;
        QTest::newRow("bearer, right") << QByteArray("secret") << true << true;
        QTest::newRow("bearer, wrong") << QByteArray("hunter2") << true << false;
    }
    void password_decides()
    {
        QFETCH(const QByteArray, password);
        QFETCH(const bool, bearer);
        QFETCH(const bool, good);
        ScriptedHttpServer server([&](const Request &request) {
            const QByteArray sent = request.field("Authorization");
            if (request.target.startsWith("/token")) {
                return sent == annasBasic ? answer(200, {}, R"({"token":"t"})") : answer(401);
            }
            if (sent == (bearer ? QByteArray("Bearer t") : annasBasic)) {
                return answer(200, {}, "{}");
            }
            return bearer ? wantsToken(here(request, "/token"))
                          : answer(401, {"WWW-Authenticate: Basic realm=x"});
        });
        FixedCredentials credentials(annasPassword(password));
        const auto result = tryIt(server, &credentials);
        QVERIFY(result);
        QCOMPARE(result->usable, good);
        QCOMPARE(result->signedIn, good);
        QVERIFY2(!result->detail.isEmpty(), qPrintable(result->detail));
        QVERIFY(!result->detail.contains(QStringLiteral("hunter2")));
        if (good) {
            QVERIFY2(result->detail.contains(QStringLiteral("anna")), qPrintable(result->detail));
        }
    }

    void repository_isTriedToo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("usable");
        QTest::addColumn<QString>("says");
        QTest::newRow("there") << 200 << true << QStringLiteral("can be read");
        QTest::newRow("missing") << 404 << false << QStringLiteral("no repository");
        QTest::newRow("forbidden") << 403 << false << QStringLiteral("no repository");
        QTest::newRow("broken") << 500 << false << QStringLiteral("500");
    }
    void repository_isTriedToo()
    {
        QFETCH(const int, status);
        QFETCH(const bool, usable);
        QFETCH(const QString, says);
        ScriptedHttpServer server([&](const Request &request) {
            return request.target == "/v2/"                         ? answer(200, {}, "{}")
                   : request.target == "/v2/team/app/tags/list?n=1" ? answer(status, {}, R"({"tags":[]})")
                                                                    : answer(418);
        });
        const auto result = tryIt(server, nullptr, "team/app");
        QVERIFY(result);
        QCOMPARE(result->usable, usable);
        QVERIFY2(result->detail.contains(says), qPrintable(result->detail));
    }

    void whatIsNoRegistry_isNamed()
    {
        ScriptedHttpServer server([](const Request &) { return answer(404, {}, "<html>"); });
        const auto result = tryIt(server);
        QVERIFY(result);
        QVERIFY(!result->usable);
        QVERIFY2(result->detail.contains(QStringLiteral("not as a registry")), qPrintable(result->detail));
    }

    void nobodyThere_isNamed()
    {
        int port = 0;
        {
            ScriptedHttpServer gone(goodManifest);
            port = gone.port();
        }
        HttpImageRegistry registry({}, m_clock);
        const auto refused = registry.test(QStringLiteral("127.0.0.1:%1").arg(port), {}, within(10s));
        QVERIFY(refused);
        QVERIFY(!refused->usable);
        QVERIFY2(refused->detail.contains(QStringLiteral("Nothing answers")), qPrintable(refused->detail));
        const auto unknown = registry.test(QStringLiteral("no.such.host.invalid"), {}, within(10s));
        QVERIFY(unknown);
        QVERIFY(!unknown->usable);
        QVERIFY2(unknown->detail.contains(QStringLiteral("not known")), qPrintable(unknown->detail));
    }

    void brokenRegistry_isTriedAllTheSame_andThenWorks()
    {
        std::atomic<bool> works = false;
        ScriptedHttpServer server([&](const Request &request) {
            return !works ? answer(503) : request.target == "/v2/" ? answer(200) : goodManifest(request);
        });
        HttpImageRegistry registry({}, m_clock);
        for (int i = 0; i < 6; ++i) {
            QVERIFY(!registry.head(image(server.host()), within(10s)));
        }
        works = true;
        QVERIFY(!registry.head(image(server.host()), within(10s)));
        QVERIFY(registry.test(server.host(), {}, within(10s))->usable);
        QVERIFY(registry.head(image(server.host()), within(10s)));
    }

    void stop_isAnError()
    {
        std::stop_source stop;
        ScriptedHttpServer server([&](const Request &) {
            stop.request_stop();
            return Reply{{}, Reply::Then::Hang};
        });
        const auto result = HttpImageRegistry({}, m_clock)
                                .test(server.host(), {}, {core::Deadline::in(30s), stop.get_token()});
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), int(ErrorCode::Cancelled));
    }

private:
    testsupport::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(RegistryTestTest)
#include "tst_registrytest.moc"
