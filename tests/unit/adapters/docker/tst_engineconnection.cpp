#include "fakeengine.h"

#include <docker/dockerengine.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <sys/fsuid.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using docker::DockerEngine;
using docker::DockerSettings;

namespace {

CallContext soon(std::chrono::milliseconds time = 10s)
{
    return {Deadline::in(time), {}};
}

FakeEngine::Handler answering(int status, const QByteArray &body = "{}")
{
    return [=](const SeenRequest &, FakeConnection &connection) { connection.answer(status, body); };
}

FakeEngine::Handler pinging(int status, const QByteArray &version)
{
    return [=](const SeenRequest &, FakeConnection &connection) {
        const QByteArray line =
            version.isEmpty() ? QByteArray() : QByteArray("Api-Version: " + version + "\r\n");
        connection.raw(
            "HTTP/1.1 " + QByteArray::number(status) + " Word\r\n" + line + "Content-Length: 0\r\n\r\n");
    };
}

const FakeEngine::Handler hanging = [](const SeenRequest &, FakeConnection &connection) {
    connection.waitForEnd();
};

const QByteArray inspectRoute = "GET /containers/web/json";

} // namespace

class TestEngineConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Version

    void version_isTheLowerOfBoth_whenNegotiated_data()
    {
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<QByteArray>("spoken");
        QTest::newRow("older engine") << QByteArray("1.41") << QByteArray("/v1.41/");
        QTest::newRow("newer engine") << QByteArray("1.60") << QByteArray("/v1.52/");
        QTest::newRow("oldest that is spoken") << QByteArray("1.40") << QByteArray("/v1.40/");
        QTest::newRow("engine that does not say") << QByteArray() << QByteArray("/v1.40/");
    }
    void version_isTheLowerOfBoth_whenNegotiated()
    {
        QFETCH(QByteArray, offered);
        QFETCH(QByteArray, spoken);
        FakeEngine fake;
        fake.on("HEAD /_ping", pinging(200, offered));
        fake.on(inspectRoute, answering(200));
        DockerEngine engine(fake.address());
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        QVERIFY(fake.requests(inspectRoute).front().target.startsWith(spoken));
        QCOMPARE(fake.requests("HEAD /_ping").size(), 1U);
    }

    void version_refusesEngine_whenNotSpoken_data()
    {
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("too old") << QByteArray("1.39") << ErrorCode::Unsupported;
        QTest::newRow("no version") << QByteArray("new") << ErrorCode::Corrupt;
    }
    void version_refusesEngine_whenNotSpoken()
    {
        QFETCH(QByteArray, offered);
        FakeEngine fake;
        fake.on("HEAD /_ping", pinging(200, offered));
        DockerEngine engine(fake.address());
        const auto listed = engine.listContainers(soon());
        QVERIFY(!listed);
        QTEST(listed.error().code, "code");
    }

    void version_isAskedByGet_whenHeadIsRefused()
    {
        FakeEngine fake;
        fake.on("HEAD /_ping", pinging(404, {}));
        fake.on("GET /_ping", pinging(200, "1.43"));
        fake.on(inspectRoute, answering(200));
        DockerEngine engine(fake.address());
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        QVERIFY(fake.requests(inspectRoute).front().target.startsWith("/v1.43/"));
    }

    void version_isNotAsked_whenFixed()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200));
        DockerSettings settings;
        settings.fixedApiVersion = ports::ApiVersion{1, 44};
        DockerEngine engine(fake.address(), settings);
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        QVERIFY(fake.requests(inspectRoute).front().target.startsWith("/v1.44/"));
        QCOMPARE(fake.requests("HEAD /_ping").size(), 0U);
    }

    void version_isCorrectedOnce_whenRefused_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("spoken");
        QTest::newRow("too new")
            << QByteArray("client version 1.52 is too new. Maximum supported API version is 1.43")
            << QByteArray("/v1.43/");
        QTest::newRow("too old") << QByteArray(
                                        "client version 1.40 is too old. Minimum supported API version is "
                                        "1.44, please upgrade your client to a newer version")
                                 << QByteArray("/v1.44/");
        QTest::newRow("old words") << QByteArray(
                                          "client is newer than server (client API version: 1.52, server "
                                          "API version: 1.42)")
                                   << QByteArray("/v1.42/");
    }
    void version_isCorrectedOnce_whenRefused()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, spoken);
        FakeEngine fake;
        fake.on("POST /containers/web/start", [&](const SeenRequest &request, FakeConnection &connection) {
            if (request.target.startsWith(spoken)) {
                connection.answer(204, {});
            } else {
                connection.answer(400, R"({"message":")" + message + R"("})");
            }
        });
        DockerEngine engine(fake.address());
        QVERIFY(engine.startContainer(QStringLiteral("web"), soon()));
        QVERIFY(engine.startContainer(QStringLiteral("web"), soon()));
        QCOMPARE(fake.requests("POST /containers/web/start").size(), 3U);
    }

    void version_isNotCorrectedForever_whenRefusedAgain()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(400, R"({"message":"Maximum supported API version is 1.43"})"));
        DockerEngine engine(fake.address());
        const auto inspected = engine.inspectContainer(QStringLiteral("web"), soon());
        QVERIFY(!inspected);
        QCOMPARE(inspected.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fake.requests(inspectRoute).size(), 2U);
    }

    void version_isAskedAgain_whenConnectionWasLost()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200));
        DockerEngine engine(fake.address());
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        fake.stop();
        QVERIFY(!engine.inspectContainer(QStringLiteral("web"), soon()));
        fake.on("HEAD /_ping", pinging(200, "1.45"));
        fake.start();
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        QVERIFY(fake.requests(inspectRoute).back().target.startsWith("/v1.45/"));
    }

    // Errors

    void refusal_keepsTheEnginesWords_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("400") << 400 << ErrorCode::InvalidArgument;
        QTest::newRow("401") << 401 << ErrorCode::Unauthenticated;
        QTest::newRow("403") << 403 << ErrorCode::PermissionDenied;
        QTest::newRow("404") << 404 << ErrorCode::NotFound;
        QTest::newRow("409") << 409 << ErrorCode::Conflict;
        QTest::newRow("429") << 429 << ErrorCode::RateLimited;
        QTest::newRow("500") << 500 << ErrorCode::Internal;
        QTest::newRow("503") << 503 << ErrorCode::Internal;
    }
    void refusal_keepsTheEnginesWords()
    {
        QFETCH(int, status);
        FakeEngine fake;
        fake.on(inspectRoute, answering(status, R"({"message":"words of the engine"})"));
        DockerEngine engine(fake.address());
        const auto inspected = engine.inspectContainer(QStringLiteral("web"), soon());
        QVERIFY(!inspected);
        QTEST(inspected.error().code, "code");
        QCOMPARE(inspected.error().message, QStringLiteral("words of the engine"));
    }

    void refusal_namesCapability_whenASocketProxyForbids()
    {
        FakeEngine fake;
        fake.on("POST /containers/create", answering(403, "<html><body>403 Forbidden</body></html>"));
        fake.on("GET /containers/json", answering(403, {}));
        DockerEngine engine(fake.address());
        const auto created = engine.createContainer(QStringLiteral("web"), Json::object(), soon());
        QVERIFY(!created);
        QCOMPARE(created.error().code, ErrorCode::PermissionDenied);
        QVERIFY(created.error().message.contains(QStringLiteral("Allow CONTAINERS and POST")));
        const auto listed = engine.listContainers(soon());
        QVERIFY(listed.error().message.contains(QStringLiteral("Allow CONTAINERS in")));
    }

    void refusal_isUnavailable_whenAProxyFindsNoEngine()
    {
        FakeEngine fake;
        fake.on("GET /containers/json", answering(503, "<html>No server is available</html>"));
        DockerEngine engine(fake.address());
        QCOMPARE(engine.listContainers(soon()).error().code, ErrorCode::Unavailable);
    }

    void call_saysNothingAnswers_whenThereIsNoEngine()
    {
        DockerEngine engine(*docker::EngineAddress::parse(QStringLiteral("unix:///nonexistent/docker.sock")));
        const auto info = engine.info(soon());
        QVERIFY(!info);
        QCOMPARE(info.error().code, ErrorCode::Unavailable);
        QCOMPARE(info.error().message,
            QStringLiteral(
                "Nothing answers on /nonexistent/docker.sock. Is the Docker service running, and is your "
                "user in the docker group?"));
    }

    void call_saysWhoMayNot_whenTheSocketIsForbidden()
    {
        FakeEngine fake;
        QVERIFY(QFile::setPermissions(fake.socketPath(), QFile::Permissions()));
        DockerEngine engine(fake.address());
        // root may open everything: look at the file system as somebody else, this thread alone.
        ::setfsuid(65534);
        const auto info = engine.info(soon());
        ::setfsuid(::geteuid());
        QVERIFY(!info);
        QCOMPARE(info.error().code, ErrorCode::Unavailable);
        QVERIFY2(
            info.error().message.contains(QStringLiteral("may not open")), qPrintable(info.error().message));
    }

    void call_isTimeout_whenTheEngineHangs()
    {
        FakeEngine fake;
        fake.on(inspectRoute, hanging);
        DockerEngine engine(fake.address());
        QElapsedTimer timer;
        timer.start();
        const auto inspected = engine.inspectContainer(QStringLiteral("web"), soon(300ms));
        QVERIFY(!inspected);
        QCOMPARE(inspected.error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() >= 299);
        QVERIFY(timer.elapsed() < 3000);
    }

    void call_isTimeout_whenTheAnswerTrickles()
    {
        FakeEngine fake;
        fake.on(inspectRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 100; ++i) {
                connection.raw("x");
                std::this_thread::sleep_for(10ms);
            }
            connection.drop();
        });
        DockerEngine engine(fake.address());
        const auto inspected = engine.inspectContainer(QStringLiteral("web"), soon(200ms));
        QVERIFY(!inspected);
        QCOMPARE(inspected.error().code, ErrorCode::Timeout);
    }

    void call_isCancelledAtOnce_whenStopped()
    {
        FakeEngine fake;
        fake.on(inspectRoute, hanging);
        DockerEngine engine(fake.address());
        std::stop_source stop;
        std::chrono::steady_clock::time_point asked;
        std::thread stopper([&] {
            fake.waitForRequests(inspectRoute, 1);
            asked = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        const auto inspected =
            engine.inspectContainer(QStringLiteral("web"), {Deadline::in(30s), stop.get_token()});
        const auto ended = std::chrono::steady_clock::now();
        stopper.join();
        QVERIFY(!inspected);
        QCOMPARE(inspected.error().code, ErrorCode::Cancelled);
        QVERIFY(ended - asked < 200ms);
    }

    void call_asksNothing_whenStoppedBefore()
    {
        FakeEngine fake;
        DockerEngine engine(fake.address());
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(
            engine.listContainers({Deadline::in(30s), stop.get_token()}).error().code, ErrorCode::Cancelled);
        QCOMPARE(fake.requests().size(), 0U);
    }

    void call_isUnavailable_whenTheAnswerIsCut()
    {
        FakeEngine fake;
        fake.on(inspectRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Id\":");
            connection.drop();
        });
        DockerEngine engine(fake.address());
        QCOMPARE(engine.inspectContainer(QStringLiteral("web"), soon()).error().code, ErrorCode::Unavailable);
    }

    void call_isCorrupt_whenTheAnswerIsNoHttp()
    {
        FakeEngine fake;
        fake.on("HEAD /_ping", [](const SeenRequest &, FakeConnection &connection) {
            connection.raw("SSH-2.0-OpenSSH_9.2\r\n");
            connection.drop();
        });
        DockerEngine engine(fake.address());
        QCOMPARE(engine.listContainers(soon()).error().code, ErrorCode::Corrupt);
    }

    void call_isCorrupt_whenTheAnswerIsNoJson()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200, "{\"Id\":"));
        DockerEngine engine(fake.address());
        QCOMPARE(engine.inspectContainer(QStringLiteral("web"), soon()).error().code, ErrorCode::Corrupt);
    }

    void call_isCorrupt_whenTheAnswerIsTooLong()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200, QByteArray(3 * 1024 * 1024, ' ')));
        DockerSettings settings;
        settings.maxAnswerBytes = 1024 * 1024;
        DockerEngine engine(fake.address(), settings);
        const auto inspected = engine.inspectContainer(QStringLiteral("web"), soon());
        QVERIFY(!inspected);
        QCOMPARE(inspected.error().code, ErrorCode::Corrupt);
        QVERIFY(inspected.error().message.contains(QStringLiteral("1 MiB")));
    }

    // Connections

    void connection_isKept_betweenReads()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200));
        DockerEngine engine(fake.address());
        for (int i = 0; i < 20; ++i) {
            QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        }
        QCOMPARE(fake.connections(), 1);
    }

    void connection_isMadeAnew_whenTheKeptOneIsDead()
    {
        FakeEngine fake;
        fake.on(inspectRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.answer(200, "{}");
            connection.drop();
        });
        DockerEngine engine(fake.address());
        for (int i = 0; i < 5; ++i) {
            QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        }
    }

    void change_isSentOnce_whenTheConnectionBreaks()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200));
        fake.on("POST /containers/create",
            [](const SeenRequest &, FakeConnection &connection) { connection.drop(); });
        DockerEngine engine(fake.address());
        QVERIFY(engine.inspectContainer(QStringLiteral("web"), soon()));
        const auto created = engine.createContainer(QStringLiteral("web"), Json::object(), soon());
        QVERIFY(!created);
        QCOMPARE(created.error().code, ErrorCode::Unavailable);
        QCOMPARE(fake.requests("POST /containers/create").size(), 1U);
    }

    void calls_runSideBySide()
    {
        FakeEngine fake;
        fake.on(inspectRoute, answering(200, R"({"Id":"abc"})"));
        DockerEngine engine(fake.address());
        std::atomic<int> right = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int call = 0; call < 25; ++call) {
                    const auto inspected = engine.inspectContainer(QStringLiteral("web"), soon());
                    right += inspected && core::textOf(*inspected, "Id") == QStringLiteral("abc") ? 1 : 0;
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(right.load(), 200);
    }
};

QTEST_GUILESS_MAIN(TestEngineConnection)
#include "tst_engineconnection.moc"
