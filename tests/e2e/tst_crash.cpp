#include "support/stage.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
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

/// Between any two lines of an update that change something; the names are those of core/failpoint.h.
constexpr std::initializer_list<const char *> forwardPoints{"pull.begun", "rename.intended", "rename.called",
    "create.intended", "create.called", "stop.called", "backup.begun", "start.intended", "start.called",
    "verify.begun", "commit.intended", "commit.called", "cleanup.called"};
constexpr std::initializer_list<const char *> backwardPoints{"rollback.intended", "rollback.away",
    "rollback.volumes", "rollback.old", "rollback.checked", "rollback.removed"};

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

    void server_isKilled_atAPoint_data();
    void server_isKilled_atAPoint();
    void server_endsInPeace_duringAnUpdate();
    void engine_isKilled_atAPoint_data();
    void engine_isKilled_atAPoint();

private:
    void verifyWholeness(const QString &update, bool goodImage, const QString &newImage);
    core::Result<> restartEngine();
    core::Result<QString> beginWithBackup();
    core::Result<> restartServerWith(const QString &failpoint);

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
    // Docker Engine 20.10 takes what ran when it was killed for stopped by a person, and only `always`
    // outweighs that.
    E2E_GET(name, m_stage->run(QStringLiteral("crash"), first.reference,
                      {QStringLiteral("--restart"), QStringLiteral("always"), QStringLiteral("-v"),
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
    QStringList seen;
    const auto look = [&] {
        const auto all = m_stage->containers(m_name);
        seen.clear();
        for (const Seen &one : all.value_or(std::vector<Seen>{})) {
            seen << one.name + u' ' + one.state;
        }
        return seen == QStringList{m_name + QStringLiteral(" running")};
    };
    // An engine that was killed starts its containers in its own time.
    (void)QTest::qWaitFor(look, 30'000);
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
    QCOMPARE(textOf(after["HostConfig"]["RestartPolicy"], "Name"), QStringLiteral("always"));
    E2E_GET(file, m_stage->lab.dockerCli(
                      {QStringLiteral("exec"), m_name, QStringLiteral("cat"), QStringLiteral("/data/file")}));
    QCOMPARE(file.trimmed(), QByteArray("precious"));
    qInfo().noquote() << "ended as" << status << textOf(end, "error");
}

void CrashTest::server_isKilled_atAPoint_data()
{
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("point");
    const int runs = isLong() ? 20 : 3;
    const auto rows = [&](bool good, std::initializer_list<const char *> points) {
        for (const char *point : points) {
            for (int run = 1; run <= runs; ++run) {
                QTest::addRow("%s, %d", point, run) << good << QString::fromLatin1(point);
            }
        }
    };
    rows(true, forwardPoints);
    rows(false, backwardPoints);
}

void CrashTest::server_isKilled_atAPoint()
{
    QFETCH(bool, good);
    QFETCH(QString, point);
    E2E_GET(newer, m_stage->images.publish(image(QStringLiteral("version %1").arg(++m_count), good)));
    E2E_VERIFY(restartServerWith(point + QStringLiteral(":kill")));
    E2E_GET(update, beginWithBackup());
    QVERIFY2(QTest::qWaitFor([&] { return !m_stage->server.isRunning(); }, 60'000),
        "the moment to die never came");
    m_stage->server.kill();
    QElapsedTimer clock;
    clock.start();
    E2E_VERIFY(restartServerWith({}));
    verifyWholeness(update, good, newer.imageId);
    m_slowest = std::max(m_slowest, clock.elapsed());
    qInfo() << "whole again after" << clock.elapsed() << "ms; slowest so far" << m_slowest << "ms";
}

/// Updates begun now save the volume, so that there is more to lose.
core::Result<QString> CrashTest::beginWithBackup()
{
    DOCKERAUTO_TRY_ASSIGN(container, m_stage->checked(m_name));
    const Reply started = m_stage->api.post(
        QStringLiteral("/updates"), Json{{"containers", {container["id"]}}, {"backupVolumes", true}});
    if (started.status != 202) {
        return core::fail(core::ErrorCode::Internal, QString::fromUtf8(started.text()));
    }
    return started.body["items"][0]["id"].get<QString>();
}

core::Result<> CrashTest::restartServerWith(const QString &failpoint)
{
    if (m_stage->server.isRunning()) {
        DOCKERAUTO_TRY(m_stage->server.terminate(std::chrono::seconds(10)));
    }
    m_stage->failpoint = failpoint;
    return m_stage->startServer();
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

void CrashTest::engine_isKilled_atAPoint_data()
{
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("point");
    const int runs = isLong() ? 5 : 1;
    const auto rows = [&](bool good, std::initializer_list<const char *> points) {
        for (const char *point : points) {
            for (int run = 1; run <= runs; ++run) {
                QTest::addRow("%s, %d", point, run) << good << QString::fromLatin1(point);
            }
        }
    };
    if (!isLong()) {
        rows(true, {"create.called", "stop.called", "start.called", "health.begun"});
        rows(false, {"rollback.away"});
        return;
    }
    rows(true, forwardPoints);
    rows(false, backwardPoints);
}

void CrashTest::engine_isKilled_atAPoint()
{
    QFETCH(bool, good);
    QFETCH(QString, point);
    E2E_GET(newer, m_stage->images.publish(image(QStringLiteral("engine %1").arg(++m_count), good)));
    const QString mark = m_stage->data.filePath(QStringLiteral("held"));
    E2E_VERIFY(restartServerWith(point + QStringLiteral(":hold:") + mark));
    E2E_GET(update, beginWithBackup());
    QVERIFY2(QTest::qWaitFor([&] { return QFile::exists(mark); }, 60'000), "the moment never came");
    E2E_VERIFY(restartEngine());
    QVERIFY(QFile::remove(mark));
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
