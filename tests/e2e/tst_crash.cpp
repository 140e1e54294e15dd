#include "support/stage.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageHealth;
using testsupport::ImageOptions;

namespace {

const auto repository = QStringLiteral("crash/demo");

ImageOptions image(const QString &marker, bool healthy)
{
    return {.repository = repository,
        .marker = marker,
        .health = healthy ? ImageHealth::AlwaysHealthy : ImageHealth::AlwaysFailing};
}

bool isStep(const Json &event, const QString &step, const QString &status)
{
    return textOf(event, "type") == QStringLiteral("update.step") &&
           textOf(event["payload"]["step"], "name") == step &&
           textOf(event["payload"]["step"], "status") == status;
}

bool isLong()
{
    const QString wanted = qEnvironmentVariable("DOCKER_AUTO_TEST_LONG");
    return wanted == QStringLiteral("yes") || wanted == QStringLiteral("1");
}

} // namespace

/// The program, or the engine, is killed in the middle of an update. Afterwards one container of the name
/// runs, and the update says truly which.
class CrashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_stage.reset(); }
    void init();

    void server_isKilled_duringAnUpdate_data();
    void server_isKilled_duringAnUpdate();
    void server_endsInPeace_duringAnUpdate();
    void engine_isKilled_duringAnUpdate_data();
    void engine_isKilled_duringAnUpdate();

private:
    void verifyWholeness(const QString &update, bool goodImage, const QString &newImage);
    core::Result<> restartEngine();

    std::unique_ptr<Stage> m_stage;
    QString m_name;
    QString m_oldImage;
    int m_count = 0;
    qint64 m_slowest = 0;
};

void CrashTest::initTestCase()
{
    E2E_GET(stage, Stage::make());
    m_stage = std::move(stage);
    E2E_GET(first, m_stage->images.publishAndPull(image(QStringLiteral("start"), true)));
    E2E_GET(name, m_stage->run(QStringLiteral("crash"), first.reference,
                      {QStringLiteral("--restart"), QStringLiteral("unless-stopped"), QStringLiteral("-v"),
                          QStringLiteral("/data")}));
    m_name = name;
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("exec"), name, QStringLiteral("sh"),
        QStringLiteral("-c"), QStringLiteral("echo precious > /data/file")}));
    E2E_VERIFY(m_stage->startServer());
}

void CrashTest::init()
{
    if (!m_stage->server.isRunning()) {
        E2E_VERIFY(m_stage->startServer());
    }
    E2E_GET(now, m_stage->inspect(m_name));
    m_oldImage = textOf(now, "Image");
}

void CrashTest::verifyWholeness(const QString &update, bool goodImage, const QString &newImage)
{
    E2E_GET(end, m_stage->ended(update, 30'000));
    const QString status = textOf(end, "status");
    E2E_GET(all, m_stage->containers(m_name));
    QStringList seen;
    for (const Seen &one : all) {
        seen << one.name + u' ' + one.state;
    }
    QVERIFY2(seen == QStringList{m_name + QStringLiteral(" running")},
        qPrintable(
            seen.join(QStringLiteral(", ")) + QStringLiteral(" - ") + QString::fromStdString(end.dump(1))));
    E2E_GET(after, m_stage->inspect(m_name));
    const bool isNew = textOf(after, "Image") == newImage;
    QVERIFY(isNew || textOf(after, "Image") == m_oldImage);
    QVERIFY2((status == QStringLiteral("succeeded")) == isNew, end.dump(1).c_str());
    QVERIFY2(isNew || status == QStringLiteral("rolled_back") || status == QStringLiteral("failed"),
        end.dump(1).c_str());
    QVERIFY2(goodImage || !isNew, "a container whose health check fails was accepted");
    QCOMPARE(textOf(after["HostConfig"]["RestartPolicy"], "Name"), QStringLiteral("unless-stopped"));
    E2E_GET(file, m_stage->lab.dockerCli(
                      {QStringLiteral("exec"), m_name, QStringLiteral("cat"), QStringLiteral("/data/file")}));
    QCOMPARE(file.trimmed(), QByteArray("precious"));
    qInfo().noquote() << "ended as" << status << textOf(end, "error");
}

void CrashTest::server_isKilled_duringAnUpdate_data()
{
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("delay");
    const auto row = [](bool good, const char *step, const char *status, int delay) {
        QTest::addRow("%s image, %s %s +%d ms", good ? "good" : "bad", step, status, delay)
            << good << QString::fromLatin1(step) << QString::fromLatin1(status) << delay;
    };
    for (const char *step : {"pull", "rename", "create", "stop", "start", "health", "commit", "cleanup"}) {
        row(true, step, "running", 0);
    }
    row(true, "stop", "succeeded", 5);
    row(false, "start", "succeeded", 0);
    row(false, "rollback", "running", 0);
    row(false, "rollback", "running", 120);
    auto *random = QRandomGenerator::global();
    if (!isLong()) {
        row(true, "preflight", "running", random->bounded(2000));
        return;
    }
    for (const char *step :
        {"preflight", "pull", "rename", "create", "stop", "start", "health", "verify", "commit"}) {
        for (const int delay : {0, 3, 10, 30, 90}) {
            row(true, step, "succeeded", delay);
        }
    }
    for (int i = 0; i < 40; ++i) {
        row(i % 2 == 0, "preflight", "running", random->bounded(2500));
    }
}

void CrashTest::server_isKilled_duringAnUpdate()
{
    QFETCH(bool, good);
    QFETCH(QString, step);
    QFETCH(QString, status);
    QFETCH(int, delay);
    E2E_GET(newer, m_stage->images.publish(image(QStringLiteral("version %1").arg(++m_count), good)));
    bool killed = false;
    EventStream stream;
    E2E_VERIFY(stream.open(m_stage->server.url(), m_stage->api.token(), QStringLiteral("updates")));
    stream.setListener([&](const Json &event) {
        if (!killed && isStep(event, step, status)) {
            killed = true;
            QTest::qSleep(delay);
            ::kill(static_cast<pid_t>(m_stage->server.pid()), SIGKILL);
        }
    });
    E2E_GET(update, m_stage->beginUpdate(m_name));
    QVERIFY2(QTest::qWaitFor([&] { return killed; }, 30'000), "the moment to kill never came");
    m_stage->server.kill();
    QElapsedTimer clock;
    clock.start();
    E2E_VERIFY(m_stage->startServer());
    verifyWholeness(update, good, newer.imageId);
    m_slowest = std::max(m_slowest, clock.elapsed());
    qInfo() << "whole again after" << clock.elapsed() << "ms; slowest so far" << m_slowest << "ms";
}

void CrashTest::server_endsInPeace_duringAnUpdate()
{
    E2E_GET(newer, m_stage->images.publish(image(QStringLiteral("peace"), true)));
    EventStream stream;
    E2E_VERIFY(stream.open(m_stage->server.url(), m_stage->api.token(), QStringLiteral("updates")));
    E2E_GET(update, m_stage->beginUpdate(m_name));
    QVERIFY(stream.waitFor(
        [](const Json &event) { return isStep(event, QStringLiteral("start"), QStringLiteral("running")); },
        30'000));
    E2E_GET(code, m_stage->server.terminate(std::chrono::seconds(10)));
    QCOMPARE(code, 0);
    E2E_VERIFY(m_stage->startServer());
    verifyWholeness(update, true, newer.imageId);
}

core::Result<> CrashTest::restartEngine()
{
    const QString folder = m_stage->lab.folder();
    QFile pidFile(folder + QStringLiteral("/dockerd.pid"));
    if (!pidFile.open(QIODevice::ReadOnly)) {
        return core::fail(core::ErrorCode::Unavailable, pidFile.fileName() + pidFile.errorString());
    }
    const pid_t pid = pidFile.readAll().trimmed().toInt();
    QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
    if (pid <= 1 || !commandLine.open(QIODevice::ReadOnly)) {
        return core::fail(core::ErrorCode::Unavailable, QStringLiteral("The engine of the lab does not run"));
    }
    QStringList command;
    for (const QByteArray &word : commandLine.readAll().split('\0')) {
        if (!word.isEmpty()) {
            command << QString::fromLocal8Bit(word);
        }
    }
    // The very engine of this lab, and no other.
    if (!command.contains(folder + QStringLiteral("/exec"))) {
        return core::fail(core::ErrorCode::Conflict, command.join(u' '));
    }
    ::kill(pid, SIGKILL);
    if (!QTest::qWaitFor([&] { return ::kill(pid, 0) != 0; }, 5000)) {
        // A zombie of whoever started the lab is as dead.
        QFile state(QStringLiteral("/proc/%1/stat").arg(pid));
        if (!state.open(QIODevice::ReadOnly) || !state.readAll().contains(") Z ")) {
            return core::fail(core::ErrorCode::Timeout, QStringLiteral("The engine does not die"));
        }
    }
    QFile::remove(pidFile.fileName());
    QProcess engine;
    engine.setProgram(command.takeFirst());
    engine.setArguments(command);
    engine.setStandardOutputFile(folder + QStringLiteral("/dockerd.log"), QIODevice::Append);
    engine.setStandardErrorFile(folder + QStringLiteral("/dockerd.log"), QIODevice::Append);
    if (!engine.startDetached()) {
        return core::fail(core::ErrorCode::Unavailable, engine.errorString());
    }
    const bool back = QTest::qWaitFor(
        [&] {
            return m_stage->lab.dockerCli({QStringLiteral("version")}, std::chrono::seconds(5)).has_value();
        },
        60'000);
    return back ? core::Result<>()
                : core::fail(core::ErrorCode::Timeout, QStringLiteral("The engine does not come back"));
}

void CrashTest::engine_isKilled_duringAnUpdate_data()
{
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("step");
    QTest::newRow("good image, stop") << true << "stop";
    QTest::newRow("good image, health") << true << "health";
    if (isLong()) {
        QTest::newRow("good image, rename") << true << "rename";
        QTest::newRow("good image, create") << true << "create";
        QTest::newRow("good image, start") << true << "start";
        QTest::newRow("good image, cleanup") << true << "cleanup";
        QTest::newRow("bad image, health") << false << "health";
    }
}

void CrashTest::engine_isKilled_duringAnUpdate()
{
    QFETCH(bool, good);
    QFETCH(QString, step);
    E2E_GET(newer, m_stage->images.publish(image(QStringLiteral("engine %1").arg(++m_count), good)));
    EventStream stream;
    E2E_VERIFY(stream.open(m_stage->server.url(), m_stage->api.token(), QStringLiteral("updates")));
    E2E_GET(update, m_stage->beginUpdate(m_name));
    QVERIFY(stream.waitFor(
        [&](const Json &event) { return isStep(event, step, QStringLiteral("running")); }, 30'000));
    E2E_VERIFY(restartEngine());
    verifyWholeness(update, good, newer.imageId);
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_GET(after, m_stage->inspect(m_name));
    // The engine's death is no fault of the new image.
    QCOMPARE(textOf(after, "Image") == newer.imageId, good);
}

QTEST_GUILESS_MAIN(CrashTest)
#include "tst_crash.moc"
