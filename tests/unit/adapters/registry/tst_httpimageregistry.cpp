#include <testsupport/manualclock.h>
#include <testsupport/scriptedhttpserver.h>

#include <registry/httpimageregistry.h>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <thread>

using namespace dockerauto;
using namespace std::chrono_literals;
using core::ErrorCode;
using registry::HttpImageRegistry;
using testsupport::ScriptedHttpServer;
using Reply = ScriptedHttpServer::Reply;
using Request = ScriptedHttpServer::Request;

namespace {

const QByteArray manifest = QByteArrayLiteral(R"({"schemaVersion":2,"config":{}})");
const QByteArray manifestType = QByteArrayLiteral("application/vnd.oci.image.manifest.v1+json");

QByteArray digestOf(const QByteArray &bytes)
{
    return "sha256:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

Reply answer(int status, const QByteArrayList &fields = {}, const QByteArray &body = {})
{
    return ScriptedHttpServer::answer(status, fields, body);
}

/// The manifest, as a good registry sends it.
Reply goodManifest(const Request &request)
{
    const QByteArrayList fields{
        "Content-Type: " + manifestType, "Docker-Content-Digest: " + digestOf(manifest)};
    if (request.method != "HEAD") {
        return answer(200, fields, manifest);
    }
    return {"HTTP/1.1 200 OK\r\n" + fields.join("\r\n") + "\r\nContent-Length: 31\r\n\r\n"};
}

Reply wantsToken(const QByteArray &realm)
{
    return answer(401, {"WWW-Authenticate: Bearer realm=\"" + realm + "\",service=\"the service\""});
}

domain::ImageReference image(const QString &host, const QString &tag = QStringLiteral("1.0"))
{
    return {host, QStringLiteral("team/app"), tag, std::nullopt};
}

core::CallContext within(std::chrono::milliseconds time)
{
    return {core::Deadline::in(time), {}};
}

} // namespace

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

    // Signing in

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
        HttpImageRegistry registry({anna(), {}}, m_clock);
        QVERIFY(registry.head(image(server.host()), within(10s)));
    }

    void password_goesToTheRegistrysOwnHost_only()
    {
        ScriptedHttpServer thief([](const Request &) { return answer(200, {}, R"({"token":"t"})"); });
        ScriptedHttpServer server([&](const Request &) {
            return wantsToken("http://localhost:" + QByteArray::number(thief.port()) + "/token");
        });
        const auto found = HttpImageRegistry({anna(), {}}, m_clock).head(image(server.host()), within(10s));
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

    // Redirects

    void redirect_isFollowed_withoutTheAuthorization()
    {
        ScriptedHttpServer other(goodManifest);
        ScriptedHttpServer server([&](const Request &request) {
            return request.field("Authorization").isEmpty()
                       ? answer(401, {"WWW-Authenticate: Basic realm=x"})
                       : answer(307, {"Location: http://" + other.host().toLatin1() + "/elsewhere"});
        });
        QVERIFY(HttpImageRegistry({anna(), {}}, m_clock).head(image(server.host()), within(10s)));
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
        QVERIFY(HttpImageRegistry({anna(), {}}, m_clock).head(image(server.host()), within(10s)));
    }

    void signIn_isNotDone_forAnotherHostThatAsksForIt()
    {
        ScriptedHttpServer other(
            [](const Request &) { return answer(401, {"WWW-Authenticate: Basic realm=x"}); });
        ScriptedHttpServer server([&](const Request &) {
            return answer(307, {"Location: http://" + other.host().toLatin1() + "/x"});
        });
        const auto found = HttpImageRegistry({anna(), {}}, m_clock).head(image(server.host()), within(10s));
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
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        const QByteArray none = "X: y";
        QTest::newRow("403") << 403 << none << ErrorCode::Unauthenticated << QStringLiteral("rights");
        QTest::newRow("404") << 404 << none << ErrorCode::NotFound << QStringLiteral("team/app:1.0");
        QTest::newRow("500") << 500 << none << ErrorCode::Unavailable << QStringLiteral("500");
        QTest::newRow("503") << 503 << none << ErrorCode::Unavailable << QStringLiteral("503");
        QTest::newRow("418") << 418 << none << ErrorCode::Unavailable << QStringLiteral("418");
        QTest::newRow("429") << 429 << none << ErrorCode::RateLimited << QStringLiteral("how long");
        QTest::newRow("429 seconds") << 429 << QByteArray("Retry-After: 120") << ErrorCode::RateLimited
                                     << QStringLiteral("Retry-After: 120 s");
        QTest::newRow("429 huge") << 429 << QByteArray("Retry-After: 99999999999999999999")
                                  << ErrorCode::RateLimited << QStringLiteral("Retry-After: 86400 s");
        // The clock of the tests stands at Tue, 14 Nov 2023 22:13:20 GMT.
        QTest::newRow("429 date") << 429 << QByteArray("Retry-After: Tue, 14 Nov 2023 22:14:20 GMT")
                                  << ErrorCode::RateLimited << QStringLiteral("Retry-After: 60 s");
        QTest::newRow("429 garbage") << 429 << QByteArray("Retry-After: soon") << ErrorCode::RateLimited
                                     << QStringLiteral("how long");
    }
    void status_becomesAnError()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, field);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, says);
        ScriptedHttpServer server([&](const Request &) { return answer(status, {field}); });
        testsupport::ManualClock clock;
        const auto found = HttpImageRegistry({}, clock).head(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(code));
        QVERIFY2(found.error().message.contains(says), qPrintable(found.error().message));
    }

    void tooManyRequests_saysTheDelay_thatTheBodyHolds()
    {
        ScriptedHttpServer server([&](const Request &) {
            return answer(
                429, {}, R"({"errors":[{"code":"TOOMANYREQUESTS","message":"retry-after: 1.5m, allowed"}]})");
        });
        const auto found = HttpImageRegistry({}, m_clock).get(image(server.host()), within(10s));
        QVERIFY(!found);
        QVERIFY2(found.error().message.contains(QStringLiteral("90 s")), qPrintable(found.error().message));
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
    static registry::CredentialSource anna()
    {
        return [](const QString &) {
            return registry::Credentials{QStringLiteral("anna"), core::Secret("secret"), {}};
        };
    }

    testsupport::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(HttpImageRegistryTest)
#include "tst_httpimageregistry.moc"
