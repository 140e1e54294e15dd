#include "registryfixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;

class HttpImageRegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void head_givesTheDigest_ofTheHeader()
    {
        ScriptedHttpServer server(goodManifest);
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY2(found, found ? "" : qPrintable(found.error().text()));
        QCOMPARE(found->digest.toLatin1(), digestOf(manifest));
        QCOMPARE(found->mediaType.toLatin1(), manifestType);
        QVERIFY(found->body.isEmpty());
        const Request asked = server.requests().at(0);
        QCOMPARE(asked.method, QByteArray("HEAD"));
        QCOMPARE(asked.target, QByteArray("/v2/team/app/manifests/1.0"));
        QVERIFY(asked.field("Authorization").isEmpty());
        QVERIFY(asked.field("Accept").contains("application/vnd.oci.image.index.v1+json"));
        QVERIFY(asked.field("Accept").contains("application/vnd.docker.distribution.manifest.list.v2+json"));
        QVERIFY(asked.field("Accept").contains("application/vnd.docker.distribution.manifest.v2+json"));
    }

    void head_hashesTheBody_whenThereIsNoDigest_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("missing") << QByteArray("X: y");
        QTest::newRow("garbage") << QByteArray("Docker-Content-Digest: sha256:xyz");
        QTest::newRow("unknown algorithm")
            << QByteArray("Docker-Content-Digest: md5:d41d8cd98f00b204e9800998ecf8427e");
    }
    void head_hashesTheBody_whenThereIsNoDigest()
    {
        QFETCH(const QByteArray, field);
        ScriptedHttpServer server([&](const Request &request) {
            return answer(
                200, {field, "Content-Type: " + manifestType}, request.method == "HEAD" ? "" : manifest);
        });
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(found);
        QCOMPARE(found->digest.toLatin1(), digestOf(manifest));
    }

    void head_asksAgainWithGet_whenHeadIsNotAllowed()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.method == "HEAD" ? answer(405) : goodManifest(request);
        });
        QVERIFY(HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s)));
    }

    void get_refuses_bytesThatDoNotMatch_data()
    {
        QTest::addColumn<QByteArray>("claimed");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("header") << digestOf("something else") << QString();
        QTest::newRow("reference") << digestOf(manifest) << QString::fromLatin1(digestOf("something else"));
        QTest::newRow("reference, no header")
            << QByteArray() << QString::fromLatin1(digestOf("something else"));
    }
    void get_refuses_bytesThatDoNotMatch()
    {
        QFETCH(const QByteArray, claimed);
        QFETCH(const QString, wanted);
        ScriptedHttpServer server([&](const Request &) {
            return answer(
                200, {"Content-Type: " + manifestType, "Docker-Content-Digest: " + claimed}, manifest);
        });
        auto reference = image(server.host());
        if (!wanted.isEmpty()) {
            reference.digest = wanted;
        }
        const auto found = HttpImageRegistry({}, m_clock).get(reference, within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Corrupt));
    }

    void get_refuses_whatIsNoManifest()
    {
        ScriptedHttpServer server(
            [](const Request &) { return answer(200, {"Content-Type: text/html"}, "<html>Sign in</html>"); });
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Corrupt));
    }

    void get_asksByDigest_whenTheReferenceHasOne()
    {
        ScriptedHttpServer server(goodManifest);
        auto reference = image(server.host());
        reference.digest = QString::fromLatin1(digestOf(manifest));
        const auto found = HttpImageRegistry({}, m_clock).get(reference, within(10s));
        QVERIFY(found);
        QCOMPARE(found->body, manifest);
        QCOMPARE(server.requests().at(0).target, "/v2/team/app/manifests/" + digestOf(manifest));
    }

    // Redirects

    void redirect_isFollowed_withoutTheAuthorization()
    {
        ScriptedHttpServer other(goodManifest);
        ScriptedHttpServer server([&](const Request &request) {
            return request.field("Authorization").isEmpty()
                       ? answer(401, {"WWW-Authenticate: Basic realm=x"})
                       : answer(307, {"Location: http://" + other.host().toLatin1() + "/elsewhere"});
        });
        QVERIFY(HttpImageRegistry({&m_anna}, m_clock).head(image(server.host()), within(10s)));
        QCOMPARE(other.requests().size(), 1U);
        QCOMPARE(other.requests().at(0).target, QByteArray("/elsewhere"));
        QVERIFY(other.requests().at(0).field("Authorization").isEmpty());
    }

    void redirect_keepsTheAuthorization_withinTheRegistry()
    {
        ScriptedHttpServer server([&](const Request &request) {
            if (request.field("Authorization").isEmpty()) {
                return answer(401, {"WWW-Authenticate: Basic realm=x"});
            }
            return request.target == "/there" ? goodManifest(request) : answer(302, {"Location: /there"});
        });
        QVERIFY(HttpImageRegistry({&m_anna}, m_clock).head(image(server.host()), within(10s)));
    }

    void signIn_isNotDone_forAnotherHostThatAsksForIt()
    {
        ScriptedHttpServer other(
            [](const Request &) { return answer(401, {"WWW-Authenticate: Basic realm=x"}); });
        ScriptedHttpServer server([&](const Request &) {
            return answer(307, {"Location: http://" + other.host().toLatin1() + "/x"});
        });
        const auto found = HttpImageRegistry({&m_anna}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(other.requests().size(), 1U);
        QVERIFY(other.requests().at(0).field("Authorization").isEmpty());
    }

    void redirect_isRefused_whenItIsNotSafeOrEndless_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<std::size_t>("requests");
        QTest::newRow("endless") << QByteArray("/again") << std::size_t(6);
        QTest::newRow("file") << QByteArray("file:///etc/passwd") << std::size_t(1);
        QTest::newRow("plain elsewhere") << QByteArray("http://example.com/") << std::size_t(1);
        QTest::newRow("with a user") << QByteArray("http://a:b@127.0.0.1/") << std::size_t(1);
        QTest::newRow("no URL") << QByteArray("http://[") << std::size_t(1);
    }
    void redirect_isRefused_whenItIsNotSafeOrEndless()
    {
        QFETCH(const QByteArray, location);
        QFETCH(const std::size_t, requests);
        ScriptedHttpServer server([&](const Request &) { return answer(302, {"Location: " + location}); });
        const auto found = HttpImageRegistry({}, m_clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Unavailable));
        QCOMPARE(server.requests().size(), requests);
    }

    // Failures

    void status_becomesAnError_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("403") << 403 << ErrorCode::Unauthenticated << QStringLiteral("rights");
        QTest::newRow("404") << 404 << ErrorCode::NotFound << QStringLiteral("team/app:1.0");
        QTest::newRow("500") << 500 << ErrorCode::Unavailable << QStringLiteral("500");
        QTest::newRow("503") << 503 << ErrorCode::Unavailable << QStringLiteral("503");
        QTest::newRow("418") << 418 << ErrorCode::Unavailable << QStringLiteral("418");
    }
    void status_becomesAnError()
    {
        QFETCH(const int, status);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, says);
        ScriptedHttpServer server([&](const Request &) { return answer(status); });
        testsupport::ManualClock clock;
        const auto found = HttpImageRegistry({}, clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(code));
        QVERIFY2(found.error().message.contains(says), qPrintable(found.error().message));
    }

    void brokenAnswers_areErrors_inTime_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("then");
        QTest::addColumn<ErrorCode>("code");
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: " + manifestType + "\r\n";
        const auto row = [&](const char *name, const QByteArray &bytes, Reply::Then then, ErrorCode code) {
            QTest::newRow(name) << bytes << int(then) << code;
        };
        row("nothing", {}, Reply::Then::Close, ErrorCode::Unavailable);
        row("hangs", {}, Reply::Then::Hang, ErrorCode::Timeout);
        row("hangs in the head", "HTTP/1.1 200 OK\r\nCont", Reply::Then::Hang, ErrorCode::Timeout);
        row("drips the head", "HTTP/1.1 200 OK\r\nX: ", Reply::Then::Drip, ErrorCode::Timeout);
        row("drips the body", head + "Content-Length: 100000\r\n\r\n", Reply::Then::Drip, ErrorCode::Timeout);
        row("cut", head + "Content-Length: 100\r\n\r\n{", Reply::Then::Close, ErrorCode::Unavailable);
        row("cut between chunks", head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{   }\r\n",
            Reply::Then::Close, ErrorCode::Unavailable);
        row("no HTTP", "hello\r\n\r\n", Reply::Then::Close, ErrorCode::Unavailable);
        row("giant body", head + "Content-Length: 5000000\r\n\r\n" + QByteArray(5'000'000, ' '),
            Reply::Then::KeepOpen, ErrorCode::Corrupt);
        row("giant head",
            "HTTP/1.1 200 OK\r\n" + QByteArray("X: " + QByteArray(1000, 'y') + "\r\n").repeated(100) + "\r\n",
            Reply::Then::KeepOpen, ErrorCode::Corrupt);
    }
    void brokenAnswers_areErrors_inTime()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, then);
        QFETCH(const ErrorCode, code);
        ScriptedHttpServer server([&](const Request &) { return Reply{bytes, Reply::Then(then)}; });
        QElapsedTimer timer;
        timer.start();
        const auto found = HttpImageRegistry({}, m_clock)
                               .get(image(server.host()), within(code == ErrorCode::Timeout ? 500ms : 10s));
        QVERIFY(!found);
        QVERIFY2(found.error().code == code, qPrintable(found.error().text()));
        QVERIFY(timer.elapsed() < 5000);
    }

    void call_endsAtOnce_whenItIsStopped()
    {
        std::stop_source stop;
        // Stopped by the request itself: then it is certainly under way.
        ScriptedHttpServer server([&](const Request &) {
            stop.request_stop();
            return Reply{{}, Reply::Then::Hang};
        });
        QElapsedTimer timer;
        timer.start();
        const auto found = HttpImageRegistry({}, m_clock)
                               .get(image(server.host()), {core::Deadline::in(30s), stop.get_token()});
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Cancelled));
        QVERIFY(timer.elapsed() < 5000);
    }

    void nothingThere_isUnavailable()
    {
        int port = 0;
        {
            ScriptedHttpServer gone(goodManifest);
            port = gone.port();
        }
        HttpImageRegistry registry({}, m_clock);
        const auto refused = registry.head(image(QStringLiteral("127.0.0.1:%1").arg(port)), within(10s));
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(ErrorCode::Unavailable));
        const auto unknown = registry.head(image(QStringLiteral("no.such.host.invalid")), within(10s));
        QVERIFY(!unknown);
        QCOMPARE(int(unknown.error().code), int(ErrorCode::Unavailable));
    }

    // Connections

    void connection_isKept_andSharedByThreads()
    {
        ScriptedHttpServer server(goodManifest);
        HttpImageRegistry registry({}, m_clock);
        for (int i = 0; i < 5; ++i) {
            std::jthread([&] { QVERIFY(registry.head(image(server.host()), within(10s))); }).join();
        }
        QCOMPARE(server.requests().size(), 5U);
        QCOMPARE(server.connections(), 1);
    }

    void calls_doNotDisturbEachOther_onManyThreads()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.target.endsWith("/7") ? answer(404) : goodManifest(request);
        });
        HttpImageRegistry registry({}, m_clock);
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 16; ++i) {
                threads.emplace_back([&, i] {
                    for (int n = 0; n < 10; ++n) {
                        const auto found =
                            registry.get(image(server.host(), QString::number(i)), within(20s));
                        right += found.has_value() == (i != 7) ? 1 : 0;
                    }
                });
            }
        }
        QCOMPARE(right.load(), 160);
    }

private:
    FixedCredentials m_anna{annasPassword()};
    testsupport::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(HttpImageRegistryTest)
#include "tst_httpimageregistry.moc"
