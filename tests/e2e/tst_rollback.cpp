#include "support/stage.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageHealth;
using testsupport::ImageOptions;

namespace {

ImageOptions good(const QString &repository)
{
    return {.repository = repository, .marker = QStringLiteral("good"), .health = ImageHealth::AlwaysHealthy};
}

QString statusOf(const Json &step)
{
    return textOf(step, "status");
}

} // namespace

/// An update that does not work leaves what was there before.
class RollbackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        E2E_VERIFY(m_stage->startServer());
    }
    void cleanupTestCase() { m_stage.reset(); }

    void old_runsAgain_whenTheNewOneIsBad_data();
    void old_runsAgain_whenTheNewOneIsBad();
    void old_isNeverTouched_whenThePullFails();
    void cancel_putsTheOldBack_duringTheHealthCheck();

private:
    std::unique_ptr<Stage> m_stage;
};

void RollbackTest::old_runsAgain_whenTheNewOneIsBad_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<bool>("unhealthy");
    QTest::addColumn<QString>("failedStep");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("words");
    const QString shell = QStringLiteral("/bin/sh");
    const QString option = QStringLiteral("-c");
    QTest::newRow("health check fails")
        << QStringList{shell, option,
               QStringLiteral("echo a word before the end; trap 'exit 0' TERM; sleep 86400 & wait")}
        << true << "health"
        << "health"
        << "a word before the end";
    QTest::newRow("ends at once") << QStringList{shell, option, QStringLiteral("echo cannot go on; exit 3")}
                                  << false
                                  << "health"
                                  // With the exit code, unless the engine has started it again by then.
                                  << "It ended"
                                  << "cannot go on";
    QTest::newRow("command not found") << QStringList{QStringLiteral("/no/such/program")} << false << "start"
                                       << "no such file" << QString();
}

void RollbackTest::old_runsAgain_whenTheNewOneIsBad()
{
    QFETCH(QStringList, command);
    QFETCH(bool, unhealthy);
    QFETCH(QString, failedStep);
    QFETCH(QString, reason);
    QFETCH(QString, words);
    const QString repository =
        QStringLiteral("back/") + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    E2E_GET(first, m_stage->images.publishAndPull(good(repository)));
    E2E_GET(name, m_stage->run(QStringLiteral("back"), first.reference,
                      {QStringLiteral("--restart"), QStringLiteral("unless-stopped"), QStringLiteral("-p"),
                          QStringLiteral("127.0.0.1:%1:80").arg(freePort())}));
    E2E_GET(before, m_stage->inspect(name));
    E2E_GET(second, m_stage->images.publish({.repository = repository,
                        .marker = QStringLiteral("bad"),
                        .command = command,
                        .health = unhealthy ? ImageHealth::AlwaysFailing : ImageHealth::None}));
    E2E_GET(id, m_stage->beginUpdate(name));
    E2E_GET(update, m_stage->ended(id));

    QVERIFY2(textOf(update, "status") == QStringLiteral("rolled_back"), update.dump(1).c_str());
    QVERIFY2(textOf(update, "error").contains(reason, Qt::CaseInsensitive), update.dump(1).c_str());
    for (const Json &step : update["steps"]) {
        const QString step_name = textOf(step, "name");
        if (step_name == failedStep) {
            QCOMPARE(statusOf(step), QStringLiteral("failed"));
        } else if (step_name == QStringLiteral("rollback")) {
            QCOMPARE(statusOf(step), QStringLiteral("succeeded"));
        } else if (step_name == QStringLiteral("commit")) {
            QVERIFY(statusOf(step) != QStringLiteral("succeeded"));
        }
    }
    const Json &said = core::memberOf(core::memberOf(update, "lastWords"), "replacement");
    const bool hasWords =
        std::ranges::any_of(said, [&](const Json &line) { return textOf(line, "text").contains(words); });
    QVERIFY2(words.isEmpty() || hasWords, update.dump(1).c_str());

    E2E_GET(all, m_stage->containers(name));
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all.front().name, name);
    QCOMPARE(all.front().id, textOf(before, "Id"));
    QCOMPARE(all.front().state, QStringLiteral("running"));
    E2E_GET(after, m_stage->inspect(name));
    QCOMPARE(textOf(after, "Image"), first.imageId);
    QCOMPARE(after["HostConfig"].dump(), before["HostConfig"].dump());
    E2E_GET(known, m_stage->described(name));
    QCOMPARE(textOf(known, "engineId"), textOf(before, "Id"));
    // It is not tried again by itself until another version comes.
    QTRY_COMPARE(textOf(m_stage->described(name).value()["update"], "heldBy"), QStringLiteral("quarantine"));
}

void RollbackTest::old_isNeverTouched_whenThePullFails()
{
    E2E_GET(first, m_stage->images.publishAndPull(good(QStringLiteral("back/pull"))));
    E2E_GET(name, m_stage->run(QStringLiteral("pull"), first.reference));
    E2E_GET(before, m_stage->inspect(name));
    ImageOptions newer = good(QStringLiteral("back/pull"));
    newer.marker = testsupport::TestLab::uniqueName(QStringLiteral("lost"));
    E2E_GET(second, m_stage->images.publish(newer));
    // The manifest stays; the blobs of the layers that came last are lost, so that the engine's answer begins
    // with 200 and the failure comes inside the stream.
    const QString repository =
        m_stage->lab.folder() + QStringLiteral("/registry/docker/registry/v2/repositories/back/pull");
    const QString manifest =
        m_stage->lab.folder() + QStringLiteral("/registry/docker/registry/v2/blobs/sha256/%1/%2/data")
                                    .arg(second.digest.mid(7, 2), second.digest.mid(7));
    QFile file(manifest);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(manifest));
    E2E_GET(json, core::parseJson(file.readAll().toStdString()));
    const QString layer = textOf(json["layers"].back(), "digest").mid(7);
    QVERIFY(!layer.isEmpty());
    QVERIFY(QDir(m_stage->lab.folder() +
                 QStringLiteral("/registry/docker/registry/v2/blobs/sha256/%1/%2").arg(layer.left(2), layer))
                .removeRecursively());
    QVERIFY(QDir(repository + QStringLiteral("/_layers/sha256/") + layer).removeRecursively());

    E2E_GET(id, m_stage->beginUpdate(name));
    E2E_GET(update, m_stage->ended(id));
    QVERIFY2(textOf(update, "status") == QStringLiteral("failed"), update.dump(1).c_str());
    QVERIFY2(!textOf(update, "error").isEmpty(), update.dump(1).c_str());
    QVERIFY2(textOf(update, "error").contains(first.reference), update.dump(1).c_str());
    qInfo().noquote() << textOf(update, "error");
    for (const Json &step : update["steps"]) {
        const QString step_name = textOf(step, "name");
        const QString expected = step_name == QStringLiteral("preflight") ? QStringLiteral("succeeded")
                                 : step_name == QStringLiteral("pull")    ? QStringLiteral("failed")
                                                                          : QStringLiteral("skipped");
        QCOMPARE(statusOf(step), expected);
    }
    E2E_GET(all, m_stage->containers(name));
    QCOMPARE(all.size(), std::size_t(1));
    E2E_GET(after, m_stage->inspect(name));
    QCOMPARE(textOf(after, "Id"), textOf(before, "Id"));
    QCOMPARE(textOf(after["State"], "StartedAt"), textOf(before["State"], "StartedAt"));
    QCOMPARE(after["HostConfig"].dump(), before["HostConfig"].dump());
    E2E_GET(known, m_stage->described(name));
    QVERIFY(textOf(known["update"], "decision") != QStringLiteral("up_to_date"));
}

void RollbackTest::cancel_putsTheOldBack_duringTheHealthCheck()
{
    E2E_GET(first, m_stage->images.publishAndPull(good(QStringLiteral("back/cancel"))));
    E2E_GET(name, m_stage->run(QStringLiteral("cancel"), first.reference));
    E2E_GET(before, m_stage->inspect(name));
    ImageOptions slow = good(QStringLiteral("back/cancel"));
    slow.marker = QStringLiteral("slow");
    slow.healthInterval = std::chrono::seconds(20);
    E2E_GET(second, m_stage->images.publish(slow));
    EventStream stream;
    E2E_VERIFY(stream.open(m_stage->server.url(), m_stage->api.token(), QStringLiteral("updates")));
    E2E_GET(id, m_stage->beginUpdate(name));
    QVERIFY(stream.waitFor(
        [](const Json &event) {
            return textOf(event, "type") == QStringLiteral("update.step") &&
                   textOf(event["payload"]["step"], "name") == QStringLiteral("health");
        },
        30'000));
    const Reply cancelled = m_stage->api.post(QStringLiteral("/updates/%1/cancel").arg(id));
    QVERIFY2(cancelled.status == 202, cancelled.text().constData());
    E2E_GET(update, m_stage->ended(id, 20'000));
    QCOMPARE(textOf(update, "status"), QStringLiteral("cancelled"));
    E2E_GET(all, m_stage->containers(name));
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all.front().id, textOf(before, "Id"));
    QCOMPARE(all.front().state, QStringLiteral("running"));
}

QTEST_GUILESS_MAIN(RollbackTest)
#include "tst_rollback.moc"
