// What simulations rely on: that the fake engine refuses what Docker refuses.

#include <testsupport/fakeclock.h>
#include <testsupport/fakeengine.h>

#include <QTest>

using namespace dockerauto;
using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::textOf;
using ports::ContainerEngine;
using testsupport::Crash;
using testsupport::FakeClock;
using testsupport::FakeEngine;
using Fate = FakeEngine::Fate;

namespace {

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(5)), {}};
}

const QString app = QStringLiteral("registry.test/app:1");
const QString one = QStringLiteral("one");
const QString two = QStringLiteral("two");

Json host(Json config)
{
    return Json{{"HostConfig", std::move(config)}};
}

/// One engine with one image.
struct Lab
{
    explicit Lab(
        FakeEngine::Image image = {.id = QStringLiteral("sha256:app"), .digest = QStringLiteral("sha256:d")})
    {
        engine.publish(app, std::move(image));
    }

    core::Result<QString> create(const QString &name, Json body = Json::object())
    {
        body["Image"] = app;
        DOCKERAUTO_TRY_ASSIGN(id, engine.createContainer(name, body, soon()));
        return id.text();
    }
    QString status(const QString &name)
    {
        const auto inspect = engine.inspectContainer(name, soon());
        return inspect ? textOf(memberOf(*inspect, "State"), "Status") : QStringLiteral("gone");
    }

    Crash crash;
    FakeClock clock;
    FakeEngine engine{crash, &clock};
};

core::Result<QByteArray> archiveOf(FakeEngine &engine, const QString &id, const QString &path)
{
    QByteArray bytes;
    DOCKERAUTO_TRY(engine.readArchive(
        id, path,
        [&](QByteArrayView part) -> core::Result<> {
            bytes.append(part);
            return {};
        },
        soon()));
    return bytes;
}

core::Result<> unpack(FakeEngine &engine, const QString &id, const QString &folder, QByteArray bytes)
{
    return engine.writeArchive(
        id, folder, [&]() -> core::Result<QByteArray> { return std::exchange(bytes, {}); }, soon());
}

} // namespace

class TestFakeEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void start_isRefused_whenItCantShare_data()
    {
        QTest::addColumn<QString>("key");
        for (const char *key : {"NetworkMode", "IpcMode", "PidMode"}) {
            QTest::newRow(key) << QString::fromLatin1(key);
        }
    }
    void start_isRefused_whenItCantShare()
    {
        QFETCH(QString, key);
        Lab lab;
        const QString id = lab.engine.run(one, app);
        QVERIFY(lab.create(two, host({{key.toStdString(), "container:" + id.toStdString()}})));
        QVERIFY(lab.engine.startContainer(two, soon()));
        QVERIFY(lab.engine.stopContainer(two, {}, soon()));
        QVERIFY(lab.engine.stopContainer(one, {}, soon()));
        QCOMPARE(lab.engine.startContainer(two, soon()).error().code, ErrorCode::Conflict);
        lab.engine.removeBehindTheBack(id);
        QCOMPARE(lab.engine.startContainer(two, soon()).error().code, ErrorCode::NotFound);
    }

    void start_isRefused_whenAnotherHasTheSame_data()
    {
        QTest::addColumn<Json>("body");
        QTest::addColumn<QString>("words");
        QTest::newRow("host port") << host({{"PortBindings", {{"80/tcp", {{{"HostPort", "8080"}}}}}}})
                                   << QStringLiteral("port is already allocated");
        Json fixed = host({{"NetworkMode", "front"}});
        fixed["NetworkingConfig"]["EndpointsConfig"]["front"]["IPAMConfig"]["IPv4Address"] = "10.0.0.5";
        QTest::newRow("address") << fixed << QStringLiteral("Address already in use");
    }
    void start_isRefused_whenAnotherHasTheSame()
    {
        QFETCH(Json, body);
        QFETCH(QString, words);
        Lab lab;
        lab.engine.run(one, app, body);
        QVERIFY(lab.create(two, body));
        const auto refused = lab.engine.startContainer(two, soon());
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(words), qPrintable(refused.error().message));
        QVERIFY(lab.engine.stopContainer(one, {}, soon()));
        QVERIFY(lab.engine.startContainer(two, soon()));
    }

    void autoRemoved_vanishes_whenItStops()
    {
        Lab lab;
        const QString id = lab.engine.run(one, app, host({{"AutoRemove", true}}));
        QCOMPARE(lab.create(one).error().code, ErrorCode::Conflict);
        QVERIFY(lab.engine.stopContainer(id, {}, soon()));
        QCOMPARE(lab.engine.renameContainer(id, two, soon()).error().code, ErrorCode::NotFound);
        QCOMPARE(lab.status(one), QStringLiteral("gone"));
        QVERIFY(lab.create(one));
    }

    void remove_isConflict_whileItLives()
    {
        Lab lab;
        lab.engine.run(one, app);
        const auto remove = [&](ContainerEngine::Removal how) {
            return lab.engine.removeContainer(one, how, soon());
        };
        QCOMPARE(remove(ContainerEngine::Removal::OnlyStopped).error().code, ErrorCode::Conflict);
        QVERIFY(lab.engine.pauseContainer(one, soon()));
        QCOMPARE(lab.engine.startContainer(one, soon()).error().code, ErrorCode::Conflict);
        QCOMPARE(remove(ContainerEngine::Removal::OnlyStopped).error().code, ErrorCode::Conflict);
        QCOMPARE(lab.engine.removeImage(app, soon()).error().code, ErrorCode::Conflict);
        QVERIFY(remove(ContainerEngine::Removal::Force));
        QVERIFY(lab.engine.removeImage(app, soon()));
        QVERIFY(!lab.engine.hasImage(QStringLiteral("sha256:app")));
    }

    void fate_isMet_data()
    {
        QTest::addColumn<Fate>("fate");
        QTest::addColumn<bool>("starts");
        QTest::addColumn<QString>("status");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("health");
        const QString running = QStringLiteral("running");
        const QString exited = QStringLiteral("exited");
        QTest::newRow("runs") << Fate::Runs << true << running << 0 << QString();
        QTest::newRow("exits") << Fate::Exits << true << exited << 7 << QString();
        QTest::newRow("killed") << Fate::OomKilled << true << exited << 137 << QString();
        QTest::newRow("no start") << Fate::WontStart << false << QStringLiteral("created") << 127
                                  << QString();
        QTest::newRow("healthy") << Fate::Healthy << true << running << 0 << QStringLiteral("healthy");
        QTest::newRow("never") << Fate::NeverHealthy << true << running << 0 << QStringLiteral("starting");
        QTest::newRow("later") << Fate::BecomesUnhealthy << true << running << 0 << QStringLiteral("healthy");
    }
    void fate_isMet()
    {
        QFETCH(Fate, fate);
        QFETCH(bool, starts);
        Lab lab({.id = QStringLiteral("sha256:app"),
            .digest = QStringLiteral("sha256:d"),
            .fate = fate,
            .exitCode = 7,
            .soundFor = std::chrono::seconds(30)});
        lab.engine.run(two, app);
        QVERIFY(lab.create(one));
        QCOMPARE(lab.engine.startContainer(one, soon()).has_value(), starts);
        const auto inspect = lab.engine.inspectContainer(one, soon());
        QVERIFY(inspect);
        const Json &state = memberOf(*inspect, "State");
        QTEST(textOf(state, "Status"), "status");
        QTEST(state["ExitCode"].get<int>(), "exitCode");
        QTEST(textOf(memberOf(state, "Health"), "Status"), "health");
        QCOMPARE(state["OOMKilled"].get<bool>(), fate == Fate::OomKilled);
        lab.clock.advance(std::chrono::seconds(31));
        const auto later = lab.engine.inspectContainer(one, soon());
        QCOMPARE(
            textOf(memberOf(memberOf(*later, "State"), "Health"), "Status") == QStringLiteral("unhealthy"),
            fate == Fate::BecomesUnhealthy);
    }

    void volume_isShared_savedAndPutBack()
    {
        Lab lab({.id = QStringLiteral("sha256:app"),
            .digest = QStringLiteral("sha256:d"),
            .files = {{QStringLiteral("/data/seed"), "seed"}, {QStringLiteral("/etc/conf"), "image"}}});
        const Json body = host({{"Binds", {"box:/data"}}});
        lab.engine.run(one, app, body);
        lab.engine.putFile(one, QStringLiteral("/data/sub/new"), "written");
        lab.engine.putFile(one, QStringLiteral("/etc/conf"), "own");
        QCOMPARE(lab.engine.volume(QStringLiteral("box"))->size(), 2U);
        QCOMPARE(lab.engine.listChanges(one, soon())->dump(),
            std::string(R"([{"Kind":0,"Path":"/etc"},{"Kind":0,"Path":"/etc/conf"}])"));

        QVERIFY(lab.create(two, host({{"VolumesFrom", {"one"}}})));
        const auto saved = archiveOf(lab.engine, two, QStringLiteral("/data"));
        QVERIFY(saved);
        lab.engine.putVolume(QStringLiteral("box"), {});
        QVERIFY(!lab.engine.file(one, QStringLiteral("/data/sub/new")));
        QVERIFY(unpack(lab.engine, two, QStringLiteral("/"), *saved));
        QCOMPARE(lab.engine.file(one, QStringLiteral("/data/sub/new")), QByteArray("written"));
        QCOMPARE(lab.engine.file(one, QStringLiteral("/data/seed")), QByteArray("seed"));
        QCOMPARE(
            unpack(lab.engine, two, QStringLiteral("/nowhere"), *saved).error().code, ErrorCode::NotFound);
        QCOMPARE(archiveOf(lab.engine, two, QStringLiteral("/nowhere")).error().code, ErrorCode::NotFound);
    }

    void command_answersAsTold_whenItRuns()
    {
        Lab lab;
        lab.engine.run(one, app);
        lab.engine.setCommandResult(QStringLiteral("/hook"), 75, QStringLiteral("not now"));
        const auto ran = lab.engine.runCommand(one, {QStringLiteral("/hook"), two}, soon());
        QVERIFY(ran);
        QCOMPARE(ran->exitCode, 75);
        QCOMPARE(lab.engine.commands().size(), 1U);
        QVERIFY(lab.engine.stopContainer(one, {}, soon()));
        QCOMPARE(lab.engine.runCommand(one, {two}, soon()).error().code, ErrorCode::Conflict);
    }
};

QTEST_GUILESS_MAIN(TestFakeEngine)
#include "tst_fakeengine.moc"
