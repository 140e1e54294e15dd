#include "fakeengine.h"

#include <docker/dockerengine.h>

#include <QTest>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using docker::DockerEngine;

namespace {

CallContext soon(std::chrono::milliseconds time = 10s)
{
    return {Deadline::in(time), {}};
}

FakeEngine::Handler answering(int status, const QByteArray &body = "{}", const QByteArray &headers = {})
{
    return [=](const SeenRequest &, FakeConnection &connection) { connection.answer(status, body, headers); };
}

/// The answer to a HEAD: a length may be told, but nothing follows.
FakeEngine::Handler answeringHead(int status, const QByteArray &stat = {})
{
    return [=](const SeenRequest &, FakeConnection &connection) {
        connection.raw(
            "HTTP/1.1 " + QByteArray::number(status) + " Word\r\n" +
            (stat.isEmpty() ? QByteArray() : "X-Docker-Container-Path-Stat: " + stat.toBase64() + "\r\n") +
            "Content-Length: 0\r\n\r\n");
    };
}

FakeEngine::Handler ping(const QByteArray &version)
{
    return answering(200, {}, "Api-Version: " + version + "\r\n");
}

const QString web = QStringLiteral("web");
const QByteArray folderStat =
    R"({"name":"data","size":4096,"mode":2147484141,"mtime":"2025-03-01T10:00:00.5+01:00","linkTarget":""})";
const QByteArray archiveEnd = QByteArray(1024, '\0');

/// A source that gives `parts` parts of 64 KiB; endless when negative.
ports::ByteSource parts(int count, int *given = nullptr)
{
    return [count, given, done = 0]() mutable -> core::Result<QByteArray> {
        if (given) {
            *given = done;
        }
        return done++ == count ? QByteArray() : QByteArray(64 * 1024, char('a' + done % 26));
    };
}

} // namespace

class TestEngineFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_areAList_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("count");
        QTest::newRow("some") << QByteArray(R"([{"Path":"/etc","Kind":0},{"Path":"/etc/x","Kind":1}])") << 2;
        QTest::newRow("none") << QByteArray("[]") << 0;
        QTest::newRow("none, as a Go engine says it") << QByteArray("null") << 0;
        QTest::newRow("nonsense") << QByteArray("{}") << -1;
    }
    void changes_areAList()
    {
        QFETCH(int, count);
        QFETCH(QByteArray, body);
        FakeEngine fake;
        fake.on("GET /containers/web/changes", answering(200, body));
        DockerEngine engine(fake.address());
        const auto changes = engine.listChanges(web, soon());
        QCOMPARE(changes ? int(changes->size()) : -1, count);
        QVERIFY(changes ? changes->is_array() : changes.error().code == ErrorCode::Corrupt);
    }

    void stat_readsTheHeader()
    {
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(200, folderStat));
        DockerEngine engine(fake.address());
        const auto stat = engine.statPath(web, QStringLiteral("/data & co"), soon());
        QVERIFY2(stat, stat ? "" : qPrintable(stat.error().text()));
        QCOMPARE(stat->name, QStringLiteral("data"));
        QCOMPARE(stat->sizeBytes, 4096);
        QCOMPARE(stat->mode, 0x80000000U | 0755U);
        QVERIFY(!stat->isRegular());
        QCOMPARE(core::toRfc3339(*stat->modifiedAt), QStringLiteral("2025-03-01T09:00:00.500Z"));
        QCOMPARE(fake.requests("HEAD /containers/web/archive").at(0).query(), "path=%2Fdata%20%26%20co");
    }

    void stat_fails_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("stat");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("no such path") << 404 << QByteArray() << ErrorCode::NotFound;
        QTest::newRow("no header") << 200 << QByteArray() << ErrorCode::Corrupt;
        QTest::newRow("no JSON") << 200 << QByteArray("{") << ErrorCode::Corrupt;
    }
    void stat_fails()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, stat);
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(status, stat));
        DockerEngine engine(fake.address());
        const auto result = engine.statPath(web, QStringLiteral("/x"), soon());
        QVERIFY(!result);
        QTEST(result.error().code, "code");
        QVERIFY(status != 404 || result.error().message.contains(QStringLiteral("“/x”")));
    }

    void archive_isHandedOn_asItComes()
    {
        FakeEngine fake;
        fake.on("GET /containers/web/archive", [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks("Content-Type: application/x-tar\r\n");
            connection.chunks(QByteArray(512 * 300, 'x') + archiveEnd, 1000);
            connection.endChunks();
        });
        DockerEngine engine(fake.address());
        QByteArray content;
        const auto read = engine.readArchive(
            web, QStringLiteral("/data"),
            [&](QByteArrayView part) -> core::Result<> {
                content.append(part);
                return {};
            },
            soon());
        QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
        QCOMPARE(content, QByteArray(512 * 300, 'x') + archiveEnd);
    }

    void archive_isCorrupt_whenItsEndIsMissing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("nothing at all") << QByteArray();
        QTest::newRow("no end") << QByteArray(512 * 3, 'x');
        QTest::newRow("half an end") << QByteArray(512, 'x') + QByteArray(512, '\0');
        QTest::newRow("an odd size") << QByteArray(700, 'x') + archiveEnd;
    }
    void archive_isCorrupt_whenItsEndIsMissing()
    {
        QFETCH(QByteArray, content);
        FakeEngine fake;
        fake.on("GET /containers/web/archive", answering(200, content));
        DockerEngine engine(fake.address());
        const auto read = engine.readArchive(
            web, QStringLiteral("/data"), [](QByteArrayView) { return core::Result<>(); }, soon());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Corrupt);
    }

    void archive_fails_whenTheSinkDoes_orTheEngineStops()
    {
        FakeEngine fake;
        fake.on("GET /containers/web/archive", [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.chunks(QByteArray(4096, 'x'));
            connection.drop();
        });
        DockerEngine engine(fake.address());
        const auto full = engine.readArchive(
            web, QStringLiteral("/data"),
            [](QByteArrayView) {
                return core::Result<>(core::fail(ErrorCode::Internal, QStringLiteral("the disk is full")));
            },
            soon());
        QVERIFY(!full);
        QCOMPARE(full.error().message, QStringLiteral("the disk is full"));
        const auto broken = engine.readArchive(
            web, QStringLiteral("/data"), [](QByteArrayView) { return core::Result<>(); }, soon());
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, ErrorCode::Unavailable);
    }

    void upload_isSentInChunks()
    {
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(200, folderStat));
        fake.on("PUT /containers/web/archive", answering(200, {}));
        DockerEngine engine(fake.address());
        const auto written = engine.writeArchive(web, QStringLiteral("/data"), parts(40), soon());
        QVERIFY2(written, written ? "" : qPrintable(written.error().text()));
        const SeenRequest request = fake.requests("PUT /containers/web/archive").at(0);
        QCOMPARE(request.query(), "path=%2Fdata");
        QByteArray expected;
        auto source = parts(40);
        for (QByteArray part = *source(); !part.isEmpty(); part = *source()) {
            expected += part;
        }
        QVERIFY(request.body == expected);
        QVERIFY(!request.headers.contains("expect"));
        QVERIFY(!request.headers.contains("content-length"));
        QCOMPARE(request.headers.at("content-type"), "application/x-tar");
    }

    void upload_isRefused_beforeItsEnd_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("read-only") << 400 << ErrorCode::InvalidArgument;
        QTest::newRow("not allowed") << 403 << ErrorCode::PermissionDenied;
        QTest::newRow("gone") << 404 << ErrorCode::NotFound;
        QTest::newRow("no space left on device") << 500 << ErrorCode::Internal;
    }
    void upload_isRefused_beforeItsEnd()
    {
        QFETCH(int, status);
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(200, folderStat));
        fake.onHead("PUT /containers/web/archive", [status](const SeenRequest &, FakeConnection &connection) {
            connection.answer(status, R"({"message":"in its own words"})", "Connection: close\r\n");
            connection.waitForEnd();
        });
        DockerEngine engine(fake.address());
        const auto begin = std::chrono::steady_clock::now();
        const auto written = engine.writeArchive(web, QStringLiteral("/data"), parts(-1), soon());
        QVERIFY(!written);
        QTEST(written.error().code, "code");
        QCOMPARE(written.error().message, QStringLiteral("in its own words"));
        QVERIFY(std::chrono::steady_clock::now() - begin < 5s);
    }

    void upload_fails_whenTheConnectionEnds()
    {
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(200, folderStat));
        fake.onHead("PUT /containers/web/archive",
            [](const SeenRequest &, FakeConnection &connection) { connection.drop(); });
        DockerEngine engine(fake.address());
        const auto written = engine.writeArchive(web, QStringLiteral("/data"), parts(-1), soon());
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Unavailable);
    }

    void upload_isTimeout_whenNobodyReads()
    {
        std::stop_source over;
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(200, folderStat));
        fake.onHead("PUT /containers/web/archive", [&](const SeenRequest &, FakeConnection &) {
            while (!over.stop_requested()) {
                QThread::msleep(5);
            }
        });
        DockerEngine engine(fake.address());
        const auto written = engine.writeArchive(web, QStringLiteral("/data"), parts(-1), soon(500ms));
        over.request_stop();
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Timeout);
    }

    void upload_failsAsItsSource()
    {
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(200, folderStat));
        fake.on("PUT /containers/web/archive", answering(200, {}));
        DockerEngine engine(fake.address());
        const auto written = engine.writeArchive(
            web, QStringLiteral("/data"),
            [first = true]() mutable -> core::Result<QByteArray> {
                if (std::exchange(first, false)) {
                    return QByteArray("begin");
                }
                return core::fail(ErrorCode::Corrupt, QStringLiteral("the saved archive is damaged"));
            },
            soon());
        QVERIFY(!written);
        QCOMPARE(written.error().message, QStringLiteral("the saved archive is damaged"));
        // The engine must not take the beginning for the whole.
        QVERIFY(fake.requests("PUT /containers/web/archive").empty());
    }

    void upload_sendsNothing_whenTheFolderIsNotThere()
    {
        FakeEngine fake;
        fake.on("HEAD /containers/web/archive", answeringHead(404));
        DockerEngine engine(fake.address());
        int given = -1;
        const auto written = engine.writeArchive(web, QStringLiteral("/none"), parts(3, &given), soon());
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::NotFound);
        QCOMPARE(given, -1);
    }

    void volumeSizes_areRead_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("body");
        const QByteArray rows = R"([{"Name":"a","UsageData":{"Size":5000000000,"RefCount":1}},)"
                                R"({"Name":"b","UsageData":{"Size":-1,"RefCount":-1}},{"Name":"c"}])";
        QTest::newRow("1.41") << QByteArray("1.41") << QByteArray() << R"({"Volumes":)" + rows + '}';
        QTest::newRow("1.42") << QByteArray("1.42") << QByteArray("type=volume")
                              << R"({"Volumes":)" + rows + '}';
        QTest::newRow("1.52") << QByteArray("1.52") << QByteArray("type=volume&verbose=1")
                              << R"({"VolumeUsage":{"TotalCount":3,"Items":)" + rows + "}}";
    }
    void volumeSizes_areRead()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, body);
        FakeEngine fake;
        fake.on("HEAD /_ping", ping(version));
        fake.on("GET /system/df", answering(200, body));
        DockerEngine engine(fake.address());
        const auto sizes = engine.volumeSizes(soon());
        QVERIFY2(sizes, sizes ? "" : qPrintable(sizes.error().text()));
        QCOMPARE(sizes->size(), 1U);
        QCOMPARE(sizes->at(QStringLiteral("a")), 5'000'000'000);
        QTEST(fake.requests("GET /system/df").at(0).query(), "query");
    }

    void networkAndVolume_areInspected()
    {
        FakeEngine fake;
        fake.on("GET /networks/front", answering(200, R"({"Name":"front","Driver":"bridge"})"));
        fake.on("GET /volumes/data", answering(200, R"({"Name":"data","Driver":"local"})"));
        DockerEngine engine(fake.address());
        const auto network = engine.inspectNetwork(QStringLiteral("front"), soon());
        QVERIFY(network);
        QCOMPARE(core::textOf(*network, "Driver"), QStringLiteral("bridge"));
        const auto volume = engine.inspectVolume(QStringLiteral("data"), soon());
        QVERIFY(volume);
        QCOMPARE(core::textOf(*volume, "Driver"), QStringLiteral("local"));
        QCOMPARE(engine.inspectVolume(QStringLiteral("none"), soon()).error().code, ErrorCode::NotFound);
    }

    void info_saysWhereTheEngineIs()
    {
        FakeEngine fake;
        fake.on("GET /info", answering(200, R"({"ID":"E","DockerRootDir":"/srv/docker"})"));
        DockerEngine engine(fake.address());
        const auto info = engine.info(soon());
        QVERIFY(info);
        QCOMPARE(info->rootDirectory, QStringLiteral("/srv/docker"));
        QVERIFY(info->local);
        QVERIFY(info->addressHost.isEmpty());
        QCOMPARE(info->address, QStringLiteral("unix://") + fake.socketPath());
    }
};

QTEST_GUILESS_MAIN(TestEngineFiles)
#include "tst_enginefiles.moc"
