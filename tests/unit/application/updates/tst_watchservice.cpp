#include <application/updates/watchservice.h>
#include <contracts/events.h>
#include <testsupport/carefakes.h>
#include <testsupport/fakeclock.h>
#include <testsupport/fakeengine.h>
#include <testsupport/memorystorage.h>

#include <QTest>

#include <atomic>

using namespace dockerauto;
using namespace std::chrono_literals;
using core::ErrorCode;
using core::Json;
using core::UpdateId;
using core::UpdateStatus;

namespace {

core::CallContext soon()
{
    return {core::Deadline::in(20s), {}};
}

const QString image = QStringLiteral("web:1");
const UpdateId updateId(QStringLiteral("u1"));
const core::ContainerId containerId(QStringLiteral("c1"));
const core::HostId local(QStringLiteral("local"));

/// What outlives a program: an engine with a container that was updated, and the row of the update.
struct World
{
    explicit World(const Json &care = Json::object(), std::chrono::seconds watch = 600s)
        : engine(std::make_shared<testsupport::FakeEngine>(crash)), began(clock.now())
    {
        engine->publish(image, {.id = QStringLiteral("sha256:new"), .digest = {}});
        id = engine->run(QStringLiteral("web"), image,
            {{"HostConfig", {{"RestartPolicy", {{"Name", "unless-stopped"}}}}}});
        engine->alterInspect([this](Json &inspect) -> core::Result<> {
            if (away) {
                return core::fail(ErrorCode::Unavailable, QStringLiteral("away"));
            }
            if (change && after(changeAt)) {
                change(inspect);
            }
            return {};
        });
        engine->answerStats([this]() -> core::Result<domain::ContainerStats> {
            domain::ContainerStats stats;
            stats.memoryUsage = (after(changeAt) ? memory.load() : 100ULL) << 20;
            stats.cpuPercent = 5;
            return stats;
        });
        ports::UpdateRecord row;
        row.id = updateId;
        row.container = containerId;
        row.containerName = QStringLiteral("web");
        row.host = local;
        row.status = UpdateStatus::Succeeded;
        row.to.imageId = QStringLiteral("sha256:new");
        row.care = care;
        row.createdAt = began;
        row.observation = Json{{"state", "watching"}, {"until", core::toRfc3339(began + watch)},
            {"reason", ""}, {"baseline", {{"cpuPercent", 5.0}, {"memoryBytes", 100 << 20}}}};
        save(row);
    }
    void save(const ports::UpdateRecord &row)
    {
        const auto saved =
            storage.write([&](ports::UnitOfWork &work) { return work.updates().save(row); }, soon());
        if (!saved) {
            qFatal("the row can't be saved");
        }
    }
    [[nodiscard]] bool after(std::chrono::seconds time) const { return clock.now() >= began + time; }
    [[nodiscard]] ports::UpdateRecord row() const { return storage.state().updates.at(updateId); }
    [[nodiscard]] QString state() const { return core::textOf(row().observation, "state"); }
    [[nodiscard]] QString reason() const { return core::textOf(row().observation, "reason"); }

    testsupport::Crash crash;
    testsupport::FakeClock clock;
    testsupport::MemoryStorage storage;
    std::shared_ptr<testsupport::FakeEngine> engine;
    core::Timestamp began;
    QString id;
    /// What the inspect says from this time on.
    std::function<void(Json &)> change;
    std::chrono::seconds changeAt{120};
    std::atomic<unsigned long long> memory = 100;
    std::atomic<bool> away = false;
};

struct Program
{
    explicit Program(World &in, int failures = 0)
        : world(in)
        , feed(in.clock)
        , hosts(in.storage, feed, in.clock,
              [&in](const ports::HostRecord &) -> core::Result<application::EnginePointer> {
                  return in.engine;
              })
        , prober(network)
        , failuresLeft(failures)
        , watch(in.storage, hosts, prober, feed, in.clock, {},
              [this](const UpdateId &id, const QString &reason) -> core::Result<> {
                  ++tries;
                  if (failuresLeft-- > 0) {
                      return core::fail(ErrorCode::Unavailable, QStringLiteral("the disk is full"));
                  }
                  undone = id.text() + u' ' + reason;
                  ++undos;
                  return {};
              })
    {
        if (!hosts.start(QStringLiteral("unix:///fake"), soon())) {
            qFatal("the hosts can't be read");
        }
        while (!hosts.info(local)) {
            std::this_thread::yield();
        }
        watch.whenEnded([this](const UpdateId &) { ++ended; });
    }
    ~Program()
    {
        watch.stop();
        hosts.stop();
    }
    World &world;
    application::EventFeed feed;
    application::HostService hosts;
    testsupport::ScriptedProbes network;
    application::Prober prober;
    std::atomic<int> tries = 0;
    std::atomic<int> undos = 0;
    std::atomic<int> ended = 0;
    std::atomic<int> failuresLeft = 0;
    QString undone;
    application::WatchService watch;
};

} // namespace

class TestWatchService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void watch_passes_whenNothingHappens()
    {
        World world;
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.ended.load(), 1);
        QCOMPARE(world.state(), QStringLiteral("passed"));
        QVERIFY(world.after(600s));
        QCOMPARE(program.tries.load(), 0);
    }

    void watch_regresses_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QString>("word");
        QTest::newRow("restart") << QByteArray(R"({"RestartCount":1,"State":{"ExitCode":3}})")
                                 << QStringLiteral("ended with 3");
        QTest::newRow("out of memory")
            << QByteArray(R"({"State":{"OOMKilled":true}})") << QStringLiteral("lack of memory");
        QTest::newRow("unhealthy") << QByteArray(R"({"State":{"Health":{"Status":"unhealthy"}}})")
                                   << QStringLiteral("unhealthy");
        QTest::newRow("crashed") << QByteArray(
                                        R"({"State":{"Running":false,"Status":"exited","ExitCode":1},
                "HostConfig":{"RestartPolicy":{"Name":"no"}}})")
                                 << QStringLiteral("ended by itself with 1");
    }
    void watch_regresses()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QString, word);
        World world;
        world.change = [&](Json &inspect) { inspect.merge_patch(Json::parse(patch.toStdString())); };
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.undos.load(), 1);
        program.watch.stop();
        QCOMPARE(world.state(), QStringLiteral("regressed"));
        QVERIFY2(world.reason().contains(word), qPrintable(world.reason()));
        QCOMPARE(program.undone, u"u1 " + world.reason());
        QCOMPARE(program.ended.load(), 0);
        QVERIFY(world.after(world.changeAt));
        QVERIFY(!world.after(300s));
        QVERIFY(world.row().observation.at("undo") == Json(false));
    }

    void watch_regresses_whenMemoryGrowsFarAboveThePast()
    {
        World world;
        world.memory = 900;
        world.changeAt = 0s;
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.undos.load(), 1);
        QVERIFY2(world.reason().contains(QStringLiteral("900 MiB")), qPrintable(world.reason()));
    }

    void watch_regresses_whenTheProbeFailsThreeTimes()
    {
        World world(Json{{"probe", "tcp://:80"}});
        world.changeAt = 0s;
        world.change = [](Json &inspect) {
            inspect["NetworkSettings"]["Ports"] =
                Json{{"80/tcp", Json::array({{{"HostIp", "10.0.0.1"}, {"HostPort", "80"}}})}};
        };
        Program program(world);
        program.network.fail({ErrorCode::Unavailable, QStringLiteral("Nothing answers"), {}, nullptr});
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.undos.load(), 1);
        QVERIFY2(world.reason().contains(QStringLiteral("Nothing answers")), qPrintable(world.reason()));
    }

    void watch_ignoresAProbeThatCantBeAsked()
    {
        World world(Json{{"probe", "tcp://:80"}});
        world.changeAt = 0s;
        world.change = [](Json &inspect) { inspect["NetworkSettings"] = Json::object(); };
        Program program(world);
        program.network.fail({ErrorCode::Unavailable, QStringLiteral("Nothing answers"), {}, nullptr});
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.ended.load(), 1);
        QCOMPARE(world.state(), QStringLiteral("passed"));
    }

    void watch_tellsOnly_whenTheRulesSayNotToRollBack()
    {
        World world(Json{{"rollback", false}});
        world.change = [](Json &inspect) { inspect["RestartCount"] = 1; };
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(world.state(), QStringLiteral("regressed"));
        program.watch.stop();
        QCOMPARE(program.tries.load(), 0);
        QVERIFY(!world.reason().isEmpty());
    }

    void undo_isTriedAgain_whenItFails()
    {
        World world;
        world.change = [](Json &inspect) { inspect["RestartCount"] = 1; };
        Program program(world, 3);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.undos.load(), 1);
        QCOMPARE(program.tries.load(), 4);
    }

    void undo_isGivenUpAndTold_whenItFailsForTooLong()
    {
        World world;
        world.change = [](Json &inspect) { inspect["RestartCount"] = 1; };
        Program program(world, 1'000'000);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_VERIFY(world.reason().contains(QStringLiteral("the disk is full")));
        QVERIFY(world.after(1200s));
        QVERIFY(program.tries.load() < 40);
        QVERIFY(world.row().observation.at("undo") == Json(false));
    }

    void undo_isTakenUp_byTheNextProgram()
    {
        World world;
        auto row = world.row();
        row.observation["state"] = "regressed";
        row.observation["reason"] = "It ended";
        row.observation["undo"] = true;
        world.save(row);
        Program program(world);
        program.watch.start();
        QTRY_COMPARE(program.undos.load(), 1);
        program.watch.stop();
        QCOMPARE(program.undone, QStringLiteral("u1 It ended"));
        Program next(world);
        next.watch.start();
        next.watch.begin(updateId);
        QTest::qWait(20);
        QCOMPARE(next.tries.load(), 0);
    }

    /// A restart of the container while the program is down is noticed when it is back.
    void watch_goesOn_afterTheProgramWasDown()
    {
        World world;
        {
            Program program(world);
            program.watch.start();
            program.watch.begin(updateId);
            QTRY_VERIFY(world.row().observation.contains("engineId"));
        }
        QCOMPARE(world.state(), QStringLiteral("watching"));
        world.changeAt = 0s;
        world.change = [](Json &inspect) { inspect["RestartCount"] = 2; };
        Program program(world);
        program.watch.start();
        QTRY_COMPARE(program.undos.load(), 1);
        QCOMPARE(world.state(), QStringLiteral("regressed"));
    }

    void watch_pauses_whileTheEngineIsAway()
    {
        World world;
        world.away = true;
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_VERIFY(world.after(700s));
        QCOMPARE(world.state(), QStringLiteral("watching"));
        world.away = false;
        QTRY_COMPARE(program.ended.load(), 1);
        QCOMPARE(world.state(), QStringLiteral("passed"));
    }

    void watch_endsWithoutAVerdict_whenTheEngineStaysAway()
    {
        World world;
        world.away = true;
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(program.ended.load(), 1);
        QCOMPARE(world.state(), QStringLiteral("ended"));
        QVERIFY(world.after(1200s));
    }

    void watch_ends_whenTheContainerIsNotTheSame_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("removed") << QStringLiteral("removed");
        QTest::newRow("made again") << QStringLiteral("made again");
        QTest::newRow("renamed") << QStringLiteral("renamed");
        QTest::newRow("stopped") << QStringLiteral("stopped");
    }
    void watch_ends_whenTheContainerIsNotTheSame()
    {
        QFETCH(QString, what);
        World world;
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_VERIFY(world.row().observation.contains("engineId"));
        if (what == QLatin1String("renamed")) {
            QVERIFY(world.engine->renameContainer(world.id, QStringLiteral("other"), soon()));
        } else if (what == QLatin1String("stopped")) {
            QVERIFY(world.engine->stopContainer(world.id, {}, soon()));
        } else {
            world.engine->removeBehindTheBack(world.id);
        }
        if (what == QLatin1String("made again")) {
            world.engine->run(QStringLiteral("web"), image);
        }
        QTRY_COMPARE(program.ended.load(), 1);
        QCOMPARE(world.state(), QStringLiteral("ended"));
        QVERIFY(!world.reason().isEmpty());
        QCOMPARE(program.tries.load(), 0);
    }

    /// What an update or a rollback does to the container is no regression.
    void watch_doesNotJudge_whileAnotherUpdateIsUnderWay()
    {
        World world;
        auto other = world.row();
        other.id = UpdateId(QStringLiteral("u2"));
        other.status = UpdateStatus::Running;
        other.observation = {};
        world.save(other);
        world.changeAt = 0s;
        world.change = [](Json &inspect) { inspect["RestartCount"] = 9; };
        Program program(world);
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_VERIFY(world.after(60s));
        QCOMPARE(world.state(), QStringLiteral("watching"));
        // One that is parked for a person does not keep the watch open forever.
        QTRY_COMPARE(program.ended.load(), 1);
        QVERIFY(world.after(1200s));
        QCOMPARE(world.state(), QStringLiteral("ended"));
        QCOMPARE(program.tries.load(), 0);
    }

    void watch_isDropped_whenTheUpdateWasRolledBack()
    {
        World world;
        auto row = world.row();
        row.status = UpdateStatus::RolledBack;
        world.save(row);
        world.changeAt = 0s;
        world.change = [](Json &inspect) { inspect["RestartCount"] = 9; };
        Program program(world);
        program.watch.start();
        QTest::qWait(50);
        QCOMPARE(program.tries.load(), 0);
        QCOMPARE(world.state(), QStringLiteral("watching"));
    }

    void change_isAnnounced()
    {
        World world;
        Program program(world);
        std::atomic<int> told = 0;
        const auto subscription =
            program.feed.subscribe({}, std::nullopt, [&](const contracts::Event &event) {
                const bool passed = core::textOf(core::memberOf(event.payload, "observation"), "state") ==
                                    QLatin1String("passed");
                told += event.type == contracts::events::updateChanged && passed ? 1 : 0;
            });
        program.watch.start();
        program.watch.begin(updateId);
        QTRY_COMPARE(told.load(), 1);
    }
};

QTEST_GUILESS_MAIN(TestWatchService)
#include "tst_watchservice.moc"
