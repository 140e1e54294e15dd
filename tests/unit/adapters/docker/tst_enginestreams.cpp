#include "fakeengine.h"

#include <docker/dockerengine.h>

#include <QTest>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using docker::DockerEngine;
using docker::DockerSettings;

namespace {

const QByteArray createRoute = "POST /images/create";
const QByteArray logsRoute = "GET /containers/web/logs";

const QByteArray pullOfTwoLayers = R"({"status":"Pulling from shop/web","id":"1.0"}
{"status":"Pulling fs layer","progressDetail":{},"id":"aaa"}
{"status":"Pulling fs layer","progressDetail":{},"id":"bbb"}
{"status":"Downloading","progressDetail":{"current":50,"total":100},"id":"aaa"}
{"status":"Downloading","progressDetail":{"current":300,"total":900},"id":"bbb"}
{"status":"Pull complete","progressDetail":{},"id":"aaa"}
{"status":"Pull complete","progressDetail":{},"id":"bbb"}
{"status":"Digest: sha256:00"}
{"status":"Status: Downloaded newer image for shop/web:1.0"}
)";

CallContext soon(std::chrono::milliseconds time = 10s)
{
    return {Deadline::in(time), {}};
}

domain::ImageReference image()
{
    domain::ImageReference reference;
    reference.domain = QStringLiteral("127.0.0.1:5000");
    reference.path = QStringLiteral("shop/web");
    reference.tag = QStringLiteral("1.0");
    return reference;
}

/// A frame of a log stream without a terminal.
QByteArray frame(char stream, const QByteArray &text)
{
    QByteArray header(8, '\0');
    header[0] = stream;
    header[6] = char(text.size() >> 8);
    header[7] = char(text.size());
    return header + text;
}

QStringList lines(const std::vector<domain::LogRecord> &records)
{
    QStringList found;
    for (const domain::LogRecord &record : records) {
        found += (record.stream == domain::LogRecord::Stream::Stderr ? QStringLiteral("err ")
                                                                     : QStringLiteral("out ")) +
                 record.text;
    }
    return found;
}

} // namespace

class TestEngineStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pull_tellsProgress_whereverTheStreamIsCut_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 3, 7, 64, 100'000}) {
            QTest::newRow(qPrintable(QString::number(size))) << size;
        }
    }
    void pull_tellsProgress_whereverTheStreamIsCut()
    {
        QFETCH(int, size);
        FakeEngine fake;
        fake.on(createRoute, [size](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.chunks(pullOfTwoLayers, size);
            connection.endChunks();
        });
        DockerEngine engine(fake.address());
        std::vector<ports::PullProgress> told;
        const auto pulled = engine.pullImage(
            image(), {}, [&](const ports::PullProgress &progress) { told.push_back(progress); }, soon());
        QVERIFY2(pulled, pulled ? "" : qPrintable(pulled.error().text()));
        QCOMPARE(qsizetype(told.size()), pullOfTwoLayers.count('\n'));
        QCOMPARE(told.at(4).bytesDone, 350);
        QCOMPARE(told.back().layers, 2);
        QCOMPARE(told.back().bytesDone, 1000);
        QCOMPARE(told.back().bytesTotal, 1000);
    }

    void pull_asksForTagOrDigest_andSignsIn()
    {
        FakeEngine fake;
        fake.on(createRoute,
            [](const SeenRequest &, FakeConnection &connection) { connection.answer(200, pullOfTwoLayers); });
        DockerEngine engine(fake.address());
        ports::RegistryAuth user;
        user.username = QStringLiteral("ann");
        user.password = core::Secret("p?>~w");
        user.serverAddress = QStringLiteral("127.0.0.1:5000");
        ports::RegistryAuth token;
        token.identityToken = core::Secret("tok");
        QVERIFY(engine.pullImage(image(), {}, {}, soon()));
        QVERIFY(engine.pullImage(image(), user, {}, soon()));
        domain::ImageReference pinned = image();
        pinned.digest = QStringLiteral("sha256:") + QString(64, u'a');
        QVERIFY(engine.pullImage(pinned, token, {}, soon()));

        auto requests = fake.requests(createRoute);
        QCOMPARE(requests.size(), 3U);
        QCOMPARE(requests[0].query(), QByteArray("fromImage=127.0.0.1%3A5000%2Fshop%2Fweb&tag=1.0"));
        QVERIFY(requests[0].headers.find("x-registry-auth") == requests[0].headers.end());
        const QByteArray sent = requests[1].headers["x-registry-auth"];
        QVERIFY(!sent.contains('+') && !sent.contains('/'));
        QCOMPARE(sent.size() % 4, 0);
        QCOMPARE(QByteArray::fromBase64(sent, QByteArray::Base64UrlEncoding),
            QByteArray(R"({"password":"p?>~w","serveraddress":"127.0.0.1:5000","username":"ann"})"));
        QVERIFY(requests[2].query().endsWith(QByteArray("tag=sha256%3A" + QByteArray(64, 'a'))));
        QCOMPARE(
            QByteArray::fromBase64(requests[2].headers["x-registry-auth"], QByteArray::Base64UrlEncoding),
            QByteArray(R"({"identitytoken":"tok","serveraddress":""})"));
    }

    void pull_fails_data()
    {
        QTest::addColumn<FakeEngine::Handler>("handler");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, FakeEngine::Handler handler, ErrorCode code,
                             const char *words = "") {
            QTest::newRow(name) << handler << code << QString::fromLatin1(words);
        };
        row(
            "error inside of 200",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.beginChunks();
                connection.chunks(pullOfTwoLayers.left(200));
                connection.chunks(
                    "\n{\"errorDetail\":{\"message\":\"manifest unknown\"},\"error\":\"manifest "
                    "unknown\"}\n");
                connection.endChunks();
            },
            ErrorCode::Corrupt);
        row(
            "error inside of 200 on a line of its own",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.beginChunks();
                connection.chunks("{\"errorDetail\":{\"message\":\"manifest unknown\"},\"error\":\"manifest "
                                  "unknown\"}\n",
                    5);
                connection.endChunks();
            },
            ErrorCode::NotFound, "manifest unknown");
        row(
            "cut stream",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.beginChunks();
                connection.chunks(pullOfTwoLayers.left(300));
                connection.drop();
            },
            ErrorCode::Unavailable);
        row(
            "stream ends early",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.beginChunks();
                connection.chunks("{\"status\":\"Pulling from shop/web\",\"id\":\"1.0\"}\n");
                connection.endChunks();
            },
            ErrorCode::Unavailable);
        row(
            "empty stream",
            [](const SeenRequest &, FakeConnection &connection) { connection.answer(200, {}); },
            ErrorCode::Unavailable);
        row(
            "refused",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.answer(404, R"({"message":"pull access denied for shop/web"})");
            },
            ErrorCode::NotFound, "pull access denied");
        row(
            "rate limit before the stream",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.answer(
                    500, R"({"message":"toomanyrequests: You have reached your pull rate limit."})");
            },
            ErrorCode::RateLimited, "toomanyrequests");
        row(
            "silent engine",
            [](const SeenRequest &, FakeConnection &connection) {
                connection.beginChunks();
                connection.chunks("{\"status\":\"Pulling from shop/web\",\"id\":\"1.0\"}\n");
                connection.waitForEnd();
            },
            ErrorCode::Timeout);
    }
    void pull_fails()
    {
        QFETCH(FakeEngine::Handler, handler);
        QFETCH(QString, words);
        FakeEngine fake;
        fake.on(createRoute, handler);
        DockerSettings settings;
        settings.pullSilence = 300ms;
        DockerEngine engine(fake.address(), settings);
        const auto pulled = engine.pullImage(image(), {}, {}, soon(60s));
        QVERIFY(!pulled);
        QTEST(pulled.error().code, "code");
        QVERIFY2(pulled.error().text().contains(words), qPrintable(pulled.error().text()));
    }

    void pull_isCancelledAtOnce_whenStopped()
    {
        FakeEngine fake;
        fake.on(createRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.chunks("{\"status\":\"Pulling from shop/web\",\"id\":\"1.0\"}\n");
            connection.waitForEnd();
        });
        DockerEngine engine(fake.address());
        std::stop_source stop;
        const auto pulled = engine.pullImage(image(), {},
            [&](const ports::PullProgress &) { stop.request_stop(); }, {Deadline::in(60s), stop.get_token()});
        QVERIFY(!pulled);
        QCOMPARE(pulled.error().code, ErrorCode::Cancelled);
    }

    // Logs

    void logs_areReadByTheirType_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("tty");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<int>("inspects");
        const QByteArray framed = frame(1, "one\ntwo\n") + frame(2, "three\n");
        const QStringList parts{
            QStringLiteral("out one"), QStringLiteral("out two"), QStringLiteral("err three")};
        const QStringList raw{QStringLiteral("out one"), QStringLiteral("out two")};
        QTest::newRow("multiplexed") << QByteArray("application/vnd.docker.multiplexed-stream")
                                     << QByteArray("true") << QByteArray("1.42") << framed << parts << 0;
        QTest::newRow("raw since 1.42")
            << QByteArray("application/vnd.docker.raw-stream") << QByteArray("false") << QByteArray("1.42")
            << QByteArray("one\ntwo\n") << raw << 0;
        QTest::newRow("raw before 1.42, no terminal")
            << QByteArray("application/vnd.docker.raw-stream") << QByteArray("false") << QByteArray("1.41")
            << framed << parts << 1;
        QTest::newRow("no type, terminal") << QByteArray() << QByteArray("true") << QByteArray("1.41")
                                           << QByteArray("one\ntwo\n") << raw << 1;
    }
    void logs_areReadByTheirType()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, tty);
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, body);
        FakeEngine fake;
        fake.on("HEAD /_ping", [version](const SeenRequest &, FakeConnection &connection) {
            connection.raw("HTTP/1.1 200 OK\r\nApi-Version: " + version + "\r\n\r\n");
        });
        fake.on(logsRoute, [=](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks(
                type.isEmpty() ? QByteArray() : QByteArray("Content-Type: " + type + "\r\n"));
            connection.chunks(body, 3);
            connection.endChunks();
        });
        fake.on("GET /containers/web/json", [tty](const SeenRequest &, FakeConnection &connection) {
            connection.answer(200, R"({"Config":{"Tty":)" + tty + "}}");
        });
        DockerEngine engine(fake.address());
        ports::LogOptions options;
        options.timestamps = false;
        const auto records = engine.readLogs(QStringLiteral("web"), options, soon());
        QVERIFY2(records, records ? "" : qPrintable(records.error().text()));
        QTEST(lines(*records), "expected");
        QTEST(int(fake.requests("GET /containers/web/json").size()), "inspects");
    }

    void logs_haveTimes_whenAskedFor()
    {
        FakeEngine fake;
        fake.on(logsRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.answer(200, frame(1, "2024-05-01T10:00:00.123456789Z hello\n"),
                "Content-Type: application/vnd.docker.multiplexed-stream\r\n");
        });
        DockerEngine engine(fake.address());
        ports::LogOptions options;
        options.tail = 7;
        options.since = core::Timestamp(1714557600005ms);
        const auto records = engine.readLogs(QStringLiteral("web"), options, soon());
        QVERIFY(records);
        QCOMPARE(records->size(), 1U);
        QCOMPARE(records->front().text, QStringLiteral("hello"));
        QCOMPARE(records->front().time->time_since_epoch().count(), 1714557600123LL);
        QCOMPARE(fake.requests(logsRoute).front().query(),
            QByteArray("stdout=1&stderr=1&tail=7&timestamps=1&since=1714557600.005"));
    }

    // Stats

    void stats_areOneShot_fromTheSecondSampleOn()
    {
        FakeEngine fake;
        fake.on("GET /containers/web/stats",
            [count = 0](const SeenRequest &, FakeConnection &connection) mutable {
                ++count;
                const QByteArray used = QByteArray::number(count * 500);
                const QByteArray system = QByteArray::number(count * 1000);
                connection.answer(
                    200, R"({"id":"abc","read":"2024-05-01T10:00:00Z","preread":"0001-01-01T00:00:00Z",
                "precpu_stats":{"cpu_usage":{"total_usage":0}},"cpu_stats":{"cpu_usage":{"total_usage":)" +
                             used + R"(},"system_cpu_usage":)" + system +
                             R"(,"online_cpus":2},"memory_stats":{"usage":100,"limit":400}})");
            });
        DockerEngine engine(fake.address());
        const auto first = engine.readStats(QStringLiteral("web"), soon());
        QVERIFY(first);
        QCOMPARE(first->cpuPercent, 0.0);
        QCOMPARE(first->memoryPercent, 25.0);
        const auto second = engine.readStats(QStringLiteral("web"), soon());
        QVERIFY(second);
        QCOMPARE(second->cpuPercent, 100.0);
        // The engine measures over a second where nothing was measured before, and at once afterwards.
        const auto asked = fake.requests("GET /containers/web/stats");
        QCOMPARE(asked.front().query(), QByteArray("stream=false"));
        QCOMPARE(asked.back().query(), QByteArray("stream=false&one-shot=true"));
    }
};

QTEST_GUILESS_MAIN(TestEngineStreams)
#include "tst_enginestreams.moc"
