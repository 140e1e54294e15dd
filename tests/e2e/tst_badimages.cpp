#include "support/stage.h"

#include <QTcpServer>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageOptions;
using namespace std::chrono_literals;

namespace {

/// As good as an image without a health check can be.
ImageOptions steady(const QString &repository)
{
    return {.repository = repository,
        .marker = QStringLiteral("steady"),
        .command = {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
            QStringLiteral("trap 'exit 0' TERM; sleep 86400 & wait")}};
}

ImageOptions endingAfter(const QString &repository, const QString &seconds)
{
    return {.repository = repository,
        .marker = QStringLiteral("ends after ") + seconds,
        .command = {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
            QStringLiteral("echo giving up; trap 'exit 0' TERM; sleep %1 & wait; exit 7").arg(seconds)}};
}

const QStringList keepsRunning{QStringLiteral("--restart"), QStringLiteral("unless-stopped")};

} // namespace

/// New versions that end sooner or later, or that can't have what the old one had: what ran before runs
/// again, and the history says why.
class BadImagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        m_stage->more = {QStringLiteral("--stable-seconds"), QStringLiteral("10")};
        E2E_VERIFY(m_stage->startServer());
    }
    void cleanupTestCase() { m_stage.reset(); }

    void old_runsAgain_wheneverTheNewOneEnds();
    void update_isParked_whenThePortIsGone_andResumed();

private:
    core::Result<> restartServerWith(const QString &failpoint);

    std::unique_ptr<Stage> m_stage;
};

core::Result<> BadImagesTest::restartServerWith(const QString &failpoint)
{
    DOCKERAUTO_TRY(m_stage->server.terminate(10s));
    m_stage->failpoint = failpoint;
    return m_stage->startServer();
}

/// After 0.1 s and 5 s the health gate notices; after 30 s the update is done, and the watch does.
void BadImagesTest::old_runsAgain_wheneverTheNewOneEnds()
{
    struct Bad
    {
        QString seconds;
        bool afterwards;
        QString name;
        QString update;
        Json before;
    };
    std::vector<Bad> all{{QStringLiteral("0.1"), false, {}, {}, {}}, {QStringLiteral("5"), false, {}, {}, {}},
        {QStringLiteral("30"), true, {}, {}, {}}};
    for (Bad &bad : all) {
        const QString repository = QStringLiteral("bad/") + QString(bad.seconds).replace(u'.', u'-');
        E2E_GET(first, m_stage->images.publishAndPull(steady(repository)));
        E2E_GET(name, m_stage->run(QStringLiteral("bad"), first.reference, keepsRunning));
        E2E_GET(before, m_stage->inspect(name));
        bad.name = name;
        bad.before = std::move(before);
        E2E_GET(second, m_stage->images.publish(endingAfter(repository, bad.seconds)));
        E2E_GET(update, m_stage->beginUpdate(name));
        bad.update = update;
    }
    for (const Bad &bad : all) {
        E2E_GET(end, m_stage->ended(bad.update, 60'000));
        if (bad.afterwards) {
            QCOMPARE(textOf(end, "status"), QStringLiteral("succeeded"));
            QTRY_VERIFY_WITH_TIMEOUT(textOf(m_stage->api.get(QStringLiteral("/updates/") + bad.update).body,
                                         "status") == QStringLiteral("rolled_back"),
                90'000);
            end = m_stage->api.get(QStringLiteral("/updates/") + bad.update).body;
            QVERIFY2(textOf(end["observation"], "reason").contains(QStringLiteral("ended")),
                end["observation"].dump(1).c_str());
            E2E_GET(back, m_stage->ended(textOf(end, "rolledBackBy"), 30'000));
            QCOMPARE(textOf(back, "status"), QStringLiteral("succeeded"));
            QCOMPARE(textOf(back, "kind"), QStringLiteral("rollback"));
        } else {
            QVERIFY2(textOf(end, "status") == QStringLiteral("rolled_back"), end.dump(1).c_str());
            QVERIFY2(
                textOf(end, "error").contains(QStringLiteral("ended")), qPrintable(textOf(end, "error")));
            QVERIFY2(end["lastWords"]["replacement"].dump().find("giving up") != std::string::npos,
                end.dump(1).c_str());
        }
        E2E_GET(seen, m_stage->containers(bad.name));
        QCOMPARE(seen.size(), std::size_t(1));
        QCOMPARE(seen.front().state, QStringLiteral("running"));
        E2E_GET(after, m_stage->inspect(bad.name));
        QCOMPARE(textOf(after, "Image"), textOf(bad.before, "Image"));
        QCOMPARE(after["HostConfig"].dump(), bad.before["HostConfig"].dump());
    }
}

/// Somebody takes the port in the moment in which the old one does not hold it: neither can start. When the
/// port is free again, a person lets it go back.
void BadImagesTest::update_isParked_whenThePortIsGone_andResumed()
{
    const QString repository = QStringLiteral("bad/port");
    const int port = freePort();
    E2E_GET(first, m_stage->images.publishAndPull(steady(repository)));
    E2E_GET(name,
        m_stage->run(QStringLiteral("port"), first.reference,
            keepsRunning + QStringList{QStringLiteral("-p"), QStringLiteral("127.0.0.1:%1:80").arg(port)}));
    E2E_GET(before, m_stage->inspect(name));
    ImageOptions newer = steady(repository);
    newer.marker = QStringLiteral("newer");
    E2E_GET(second, m_stage->images.publish(newer));

    const QString mark = m_stage->data.filePath(QStringLiteral("held"));
    E2E_VERIFY(restartServerWith(QStringLiteral("stop.called:hold:") + mark));
    E2E_GET(id, m_stage->beginUpdate(name));
    QVERIFY2(QTest::qWaitFor([&] { return QFile::exists(mark); }, 60'000), "the moment never came");
    QTcpServer thief;
    QTRY_VERIFY2(
        thief.isListening() || thief.listen(QHostAddress::LocalHost, static_cast<quint16>(port)), "taken");
    QVERIFY(QFile::remove(mark));
    E2E_GET(parked, m_stage->ended(id));
    QVERIFY2(textOf(parked, "status") == QStringLiteral("parked"), parked.dump(1).c_str());
    const QString error = textOf(parked, "error");
    QVERIFY2(
        error.contains(QString::number(port)) && error.contains(QStringLiteral("resume")), qPrintable(error));
    E2E_GET(both, m_stage->containers(name));
    QCOMPARE(both.size(), std::size_t(2));
    const Reply health = m_stage->api.get(QStringLiteral("/monitoring/health"));
    QCOMPARE(textOf(health.body, "status"), QStringLiteral("degraded"));
    QVERIFY2(textOf(health.body["checks"]["updates"], "detail").contains(name), health.bytes.constData());

    thief.close();
    const Reply resumed =
        m_stage->api.post(QStringLiteral("/updates/%1/resume").arg(id), Json{{"direction", "back"}});
    QVERIFY2(resumed.status == 202, resumed.text().constData());
    QTRY_VERIFY_WITH_TIMEOUT(textOf(m_stage->api.get(QStringLiteral("/updates/") + id).body, "status") ==
                                 QStringLiteral("rolled_back"),
        30'000);
    E2E_GET(seen, m_stage->containers(name));
    QCOMPARE(seen.size(), std::size_t(1));
    QCOMPARE(seen.front().id, textOf(before, "Id"));
    QCOMPARE(seen.front().state, QStringLiteral("running"));
    E2E_GET(after, m_stage->inspect(name));
    QCOMPARE(after["HostConfig"].dump(), before["HostConfig"].dump());
    QTRY_COMPARE(
        textOf(m_stage->api.get(QStringLiteral("/monitoring/health")).body, "status"), QStringLiteral("ok"));
}

QTEST_GUILESS_MAIN(BadImagesTest)
#include "tst_badimages.moc"
