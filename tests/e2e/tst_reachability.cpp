#include "support/stage.h"

#include <testsupport/scriptedhttpserver.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ScriptedHttpServer;

/// Registries and engines that do not answer: said as what it is, and never taken for "up to date".
class ReachabilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
    }
    void cleanup() { m_stage.reset(); }

    void check_saysWhy_whenTheRegistryRefuses_data();
    void check_saysWhy_whenTheRegistryRefuses();
    void check_keepsWhatWasFound_whenTheRegistryFails();
    void engine_isMissing_thenComes();

private:
    std::unique_ptr<Stage> m_stage;
};

void ReachabilityTest::check_saysWhy_whenTheRegistryRefuses_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("nothing listens") << 0;
    QTest::newRow("401") << 401;
    QTest::newRow("429") << 429;
    QTest::newRow("500") << 500;
}

void ReachabilityTest::check_saysWhy_whenTheRegistryRefuses()
{
    QFETCH(int, status);
    E2E_GET(first, m_stage->images.publishAndPull({.repository = QStringLiteral("reach/demo")}));
    std::unique_ptr<ScriptedHttpServer> registry;
    QString host = QStringLiteral("127.0.0.1:%1").arg(freePort());
    if (status != 0) {
        registry = std::make_unique<ScriptedHttpServer>([status](const ScriptedHttpServer::Request &) {
            return status == 401
                       ? ScriptedHttpServer::answer(401, {"WWW-Authenticate: Basic realm=\"private\""})
                       : ScriptedHttpServer::answer(status, {"Retry-After: 3600"});
        });
        host = registry->host();
    }
    // Known by the digest of the real registry, as an image that was pulled when this one still answered.
    const QString reference = host + QStringLiteral("/reach/demo:latest");
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("tag"), first.reference, reference}));
    E2E_GET(name, m_stage->run(QStringLiteral("reach"), reference));
    E2E_VERIFY(m_stage->startServer());
    E2E_GET(found, m_stage->checked(name));
    E2E_VERIFY(m_stage->lab.removeContainer(name));
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("rmi"), reference}));
    QVERIFY2(
        textOf(found["update"], "decision") == QStringLiteral("not_checked"), found["update"].dump().c_str());
    const QString reason = textOf(found["update"], "reason");
    QVERIFY2(reason.contains(host) || reason.contains(QString::number(status)), qPrintable(reason));
    qInfo().noquote() << reason;
}

void ReachabilityTest::check_keepsWhatWasFound_whenTheRegistryFails()
{
    testsupport::ImageOptions options{.repository = QStringLiteral("reach/known")};
    E2E_GET(first, m_stage->images.publishAndPull(options));
    E2E_GET(name, m_stage->run(QStringLiteral("known"), first.reference));
    options.marker = QStringLiteral("two");
    E2E_GET(second, m_stage->images.publish(options));
    E2E_VERIFY(m_stage->startServer());
    E2E_GET(found, m_stage->checked(name));
    QCOMPARE(textOf(found["update"], "decision"), QStringLiteral("update_available"));
    const QString links = m_stage->lab.folder() +
                          QStringLiteral("/registry/docker/registry/v2/repositories/reach/known/_manifests");
    QVERIFY2(QFile::rename(links, links + QStringLiteral(".away")), qPrintable(links));
    E2E_GET(again, m_stage->checked(name));
    QVERIFY(QFile::rename(links + QStringLiteral(".away"), links));
    QCOMPARE(textOf(again["update"], "decision"), QStringLiteral("not_checked"));
    QCOMPARE(textOf(again["update"]["candidate"], "digest"), second.digest);
}

void ReachabilityTest::engine_isMissing_thenComes()
{
    E2E_GET(first, m_stage->images.publishAndPull({.repository = QStringLiteral("reach/late")}));
    E2E_GET(name, m_stage->run(QStringLiteral("late"), first.reference));
    E2E_VERIFY(m_stage->startServer());
    E2E_GET(known, m_stage->described(name));
    m_stage->server.kill();

    // The same data folder, so that the containers are known; the engine is gone.
    const QString socket = m_stage->data.filePath(QStringLiteral("late.sock"));
    auto options = m_stage->options();
    options.dockerHost = QStringLiteral("unix://") + socket;
    E2E_VERIFY(m_stage->server.start(options));
    m_stage->api.setServer(m_stage->server.url());
    Reply hosts;
    const auto hostState = [&](const char *expected) {
        hosts = m_stage->api.get(QStringLiteral("/hosts"));
        return textOf(hosts.body["items"][0], "state") == QLatin1String(expected);
    };
    QVERIFY2(QTest::qWaitFor([&] { return hostState("unreachable"); }, 10'000), hosts.text().constData());
    const QString detail = textOf(hosts.body["items"][0], "detail");
    QVERIFY2(detail.contains(socket) && detail.contains(QStringLiteral("Docker")), qPrintable(detail));
    qInfo().noquote() << detail;

    const Reply health = m_stage->api.get(QStringLiteral("/monitoring/health"));
    QVERIFY2(textOf(health.body, "status") == QStringLiteral("degraded"), health.text().constData());
    const QString id = textOf(known, "id");
    const Reply start = m_stage->api.post(QStringLiteral("/containers/%1/start").arg(id));
    QVERIFY2(start.status == 503, start.text().constData());
    QVERIFY2(start.contentType.startsWith("application/problem+json"), start.contentType.constData());
    QVERIFY2(textOf(start.body, "detail").contains(socket), start.text().constData());
    E2E_GET(unchecked, m_stage->checked(name));
    QCOMPARE(textOf(unchecked["update"], "decision"), QStringLiteral("not_checked"));

    QVERIFY(QFile::link(m_stage->lab.socketPath(), socket));
    QElapsedTimer clock;
    clock.start();
    QVERIFY2(QTest::qWaitFor([&] { return hostState("connected"); }, 15'000), hosts.text().constData());
    qInfo() << "connected by itself after" << clock.elapsed() << "ms";
    const Reply restart = m_stage->api.post(QStringLiteral("/containers/%1/restart").arg(id));
    QVERIFY2(restart.status == 200, restart.text().constData());
    QCOMPARE(
        textOf(m_stage->api.get(QStringLiteral("/monitoring/health")).body, "status"), QStringLiteral("ok"));
}

QTEST_GUILESS_MAIN(ReachabilityTest)
#include "tst_reachability.moc"
