#include "program.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace dockerauto;
using namespace dockerauto::tests;

namespace {

const FakeEngine::Container *theOne(const std::vector<FakeEngine::Container> &all)
{
    return all.size() == 1 && all.front().name == QStringLiteral("demo") ? &all.front() : nullptr;
}

} // namespace

class TestUpdateSaga : public QObject
{
    Q_OBJECT

private:
    /// What must hold at the end of everything, whatever happened: one container of that name, in the state
    /// in which its owner had it, and a history that says what is.
    void checkInvariants(
        World &world, FakeEngine::Fate fate, const QString &status = QStringLiteral("running"))
    {
        const auto update = world.update();
        QVERIFY(update);
        QVERIFY2(core::isFinal(update->status), qPrintable(core::toQString(update->status) + update->error));
        const auto all = world.engine->containers();
        const auto *container = theOne(all);
        QVERIFY2(container, qPrintable(QStringLiteral("%1 containers").arg(all.size())));
        QCOMPARE(container->status, status);
        QVERIFY(container->hostConfig["RestartPolicy"]["Name"] == "unless-stopped");
        const bool isNew = container->imageId == QStringLiteral("sha256:new");
        QCOMPARE(isNew, update->status == UpdateStatus::Succeeded);
        QCOMPARE(container->id == world.oldId, !isNew);
        if (fate == FakeEngine::Fate::Unhealthy || fate == FakeEngine::Fate::Exits) {
            QVERIFY(!isNew);
        }
        QVERIFY(isNew || !update->error.isEmpty());
        QVERIFY(update->completedAt);
    }

    void rowsOfFates()
    {
        QTest::addColumn<FakeEngine::Fate>("fate");
        QTest::newRow("the new one runs") << FakeEngine::Fate::Runs;
        QTest::newRow("the new one is healthy") << FakeEngine::Fate::Healthy;
        QTest::newRow("the new one is unhealthy") << FakeEngine::Fate::Unhealthy;
        QTest::newRow("the new one exits") << FakeEngine::Fate::Exits;
    }

    /// How many things an undisturbed update does to the world.
    int pointsOf(FakeEngine::Fate fate)
    {
        World world(fate);
        Program program(world);
        program.discover();
        const int before = world.crash.count();
        [&] { QVERIFY(program.start()); }();
        [&] { QVERIFY(program.settle()); }();
        QTest::qWait(20);
        return world.crash.count() - before;
    }

    static core::Json baselineOf(World &world)
    {
        return core::memberOf(world.update()->observation, "baseline");
    }

private Q_SLOTS:
    void baseline_isMeasured_beforeTheOldOneStops()
    {
        World world(FakeEngine::Fate::Healthy);
        world.engine->answerStats([]() -> core::Result<domain::ContainerStats> {
            domain::ContainerStats stats;
            stats.memoryUsage = 100;
            stats.cpuPercent = 5;
            return stats;
        });
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        QVERIFY(baselineOf(world) == (core::Json{{"cpuPercent", 5.0}, {"memoryBytes", 100}}));
    }

    void baseline_isWhatIsKnown_withoutAsking()
    {
        World world(FakeEngine::Fate::Healthy);
        std::atomic<int> asked = 0;
        world.engine->answerStats([&asked]() -> core::Result<domain::ContainerStats> {
            ++asked;
            return domain::ContainerStats{};
        });
        Program program(world);
        program.discover();
        domain::Vitals known;
        known.memoryBytes = 700;
        program.memory.rememberUsage(world.oldId, known);
        QVERIFY(program.start());
        QVERIFY(program.settle());
        QVERIFY(baselineOf(world) == (core::Json{{"memoryBytes", 700}}));
        QCOMPARE(asked.load(), 0);
    }

    void update_replacesTheContainer_whenTheNewOneIsGood()
    {
        World world(FakeEngine::Fate::Healthy);
        Program program(world);
        program.discover();
        const auto started = program.start();
        QVERIFY(started);
        QCOMPARE(started->items.size(), 1U);
        QVERIFY(program.settle());
        checkInvariants(world, FakeEngine::Fate::Healthy);
        QCOMPARE(world.update()->status, UpdateStatus::Succeeded);
        const auto config = world.engine->containers().front().config;
        // Own settings are kept, what the old image brought is not frozen in.
        const auto env = config["Env"].get<std::vector<std::string>>();
        QVERIFY(std::ranges::find(env, "OWN=yes") != env.end());
        QVERIFY(std::ranges::find(env, "VERSION=2") != env.end());
        QVERIFY(std::ranges::find(env, "VERSION=1") == env.end());
        QVERIFY(config["Labels"]["team"] == "a");
        QVERIFY(world.update()->proof["faithful"] == true);
    }

    void update_callsTheEngineInTheOrderThatLosesNothing()
    {
        World world;
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        const std::vector<QString> expected{QStringLiteral("pull"), QStringLiteral("rename"),
            QStringLiteral("create"), QStringLiteral("update"), QStringLiteral("stop"),
            QStringLiteral("start"), QStringLiteral("remove")};
        QCOMPARE(world.engine->calls(), expected);
    }

    void update_putsTheOldOneBack_whenTheNewOneIsBad_data() { rowsOfFates(); }
    void update_putsTheOldOneBack_whenTheNewOneIsBad()
    {
        QFETCH(FakeEngine::Fate, fate);
        World world(fate);
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        checkInvariants(world, fate);
        const bool good = fate == FakeEngine::Fate::Runs || fate == FakeEngine::Fate::Healthy;
        QCOMPARE(world.update()->status, good ? UpdateStatus::Succeeded : UpdateStatus::RolledBack);
    }

    void update_touchesNothing_whenThePullFails()
    {
        World world;
        Program program(world);
        program.discover();
        world.engine->failOnce(
            QStringLiteral("pull"), {core::ErrorCode::Internal, QStringLiteral("toomanyrequests"), {}, {}});
        QVERIFY(program.start());
        QVERIFY(program.settle());
        QCOMPARE(world.update()->status, UpdateStatus::Failed);
        QVERIFY(world.update()->error.contains(QStringLiteral("toomanyrequests")));
        QCOMPARE(world.engine->calls(), std::vector<QString>{QStringLiteral("pull")});
        QCOMPARE(world.engine->containers().front().id, world.oldId);
    }

    void update_putsTheOldOneBack_whenAStepFails_data()
    {
        QTest::addColumn<QString>("call");
        for (const char *call : {"rename", "create", "update", "stop", "start"}) {
            QTest::newRow(call) << QString::fromLatin1(call);
        }
    }
    void update_putsTheOldOneBack_whenAStepFails()
    {
        QFETCH(QString, call);
        World world;
        Program program(world);
        program.discover();
        world.engine->failOnce(
            call, {core::ErrorCode::Internal, QStringLiteral("no space left on device"), {}, {}});
        QVERIFY(program.start());
        QVERIFY(program.settle());
        checkInvariants(world, FakeEngine::Fate::Runs);
        QCOMPARE(world.update()->status, UpdateStatus::RolledBack);
        QVERIFY(world.update()->error.contains(QStringLiteral("no space left on device")));
    }

    void update_isSkipped_whenTheContainerRunsTheImageAlready()
    {
        World world;
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        program.discover();
        QVERIFY(program.start());
        QTRY_COMPARE(world.update()->status, UpdateStatus::Skipped);
    }

    void update_isRefused_whenOneIsUnderWay()
    {
        World world(FakeEngine::Fate::Healthy);
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        const auto second = program.start();
        QVERIFY(!second);
        QCOMPARE(second.error().code, core::ErrorCode::Conflict);
        QVERIFY(program.settle());
    }

    void update_keepsAPausedContainerPaused()
    {
        World world(FakeEngine::Fate::Healthy, true);
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        checkInvariants(world, FakeEngine::Fate::Healthy, QStringLiteral("paused"));
        QCOMPARE(world.update()->status, UpdateStatus::Succeeded);
    }

    void update_keepsAStoppedContainerStopped()
    {
        World world(FakeEngine::Fate::Healthy);
        (void)world.engine->stopContainer(world.oldId, {}, soon());
        Program program(world);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        QCOMPARE(world.update()->status, UpdateStatus::Succeeded);
        QCOMPARE(world.engine->containers().size(), 1U);
        QCOMPARE(world.engine->containers().front().status, QStringLiteral("created"));
    }

    void recovery_endsWell_whereverTheProgramDied_data()
    {
        QTest::addColumn<FakeEngine::Fate>("fate");
        QTest::addColumn<int>("point");
        QTest::addColumn<Crash::When>("when");
        for (const auto &[name, fate] : {std::pair{"good", FakeEngine::Fate::Healthy},
                 std::pair{"unhealthy", FakeEngine::Fate::Unhealthy},
                 std::pair{"exits", FakeEngine::Fate::Exits}}) {
            const int points = pointsOf(fate);
            QVERIFY(points > 15);
            for (int point = 1; point <= points; ++point) {
                QTest::addRow("%s, before %d", name, point) << fate << point << Crash::When::BeforeEffect;
                QTest::addRow("%s, after %d", name, point) << fate << point << Crash::When::AfterEffect;
            }
        }
    }
    void recovery_endsWell_whereverTheProgramDied()
    {
        QFETCH(FakeEngine::Fate, fate);
        QFETCH(int, point);
        QFETCH(Crash::When, when);
        World world(fate);
        bool died = false;
        {
            Program program(world);
            program.discover();
            world.crash.arm(point, when);
            const auto started = program.start();
            if (!started && !world.update()) {
                // Dead before the wish was written down: nothing is owed.
                QCOMPARE(world.engine->containers().front().id, world.oldId);
                return;
            }
            QVERIFY(program.settle());
            died = world.crash.dead();
        }
        world.crash.disarm();
        QVERIFY(died || core::isFinal(world.update()->status));
        Program again(world);
        QVERIFY(again.settle());
        checkInvariants(world, fate);
    }

    void recovery_endsWell_whenItDiesToo()
    {
        for (quint32 seed = 1; seed <= 150; ++seed) {
            QRandomGenerator random(seed);
            const auto fate = std::array{FakeEngine::Fate::Healthy, FakeEngine::Fate::Runs,
                FakeEngine::Fate::Unhealthy, FakeEngine::Fate::Exits}[random.bounded(4U)];
            World world(fate);
            const auto when = [&random] {
                return random.bounded(2) == 0 ? Crash::When::BeforeEffect : Crash::When::AfterEffect;
            };
            {
                Program program(world);
                program.discover();
                world.crash.arm(3 + random.bounded(45), when());
                if (!program.start()) {
                    continue;
                }
                QVERIFY(program.settle());
            }
            for (int death = 0; death < 3; ++death) {
                world.crash.arm(1 + random.bounded(20), when());
                Program program(world);
                QVERIFY(program.settle());
            }
            world.crash.disarm();
            Program last(world);
            QVERIFY2(last.settle(), qPrintable(QStringLiteral("seed %1").arg(seed)));
            checkInvariants(world, fate);
            if (QTest::currentTestFailed()) {
                qWarning("seed %u", seed);
                return;
            }
        }
    }

    void update_isParked_whenTheOldOneVanishesAndTheNewOneIsBad()
    {
        World world(FakeEngine::Fate::Healthy);
        {
            Program program(world);
            program.discover();
            world.crash.arm(14, Crash::When::AfterEffect);
            QVERIFY(program.start());
            QVERIFY(program.settle());
        }
        for (const auto &container : world.engine->containers()) {
            world.engine->removeBehindTheBack(container.id);
        }
        world.crash.disarm();
        Program again(world);
        QVERIFY(again.settle());
        QCOMPARE(world.update()->status, UpdateStatus::Parked);
        QVERIFY(world.engine->containers().empty());
    }

    void update_removesNothing_whenAStrangerHasTheName()
    {
        // Dies at each point in turn; where the name is free then, somebody else takes it.
        int parked = 0;
        for (int point = 8; point <= 24; ++point) {
            World world(FakeEngine::Fate::Healthy);
            {
                Program program(world);
                program.discover();
                world.crash.arm(point, Crash::When::BeforeEffect);
                QVERIFY(program.start());
                QVERIFY(program.settle());
            }
            world.crash.disarm();
            const auto all = world.engine->containers();
            const bool isFree = std::ranges::none_of(all, [](const FakeEngine::Container &container) {
                return container.name == QStringLiteral("demo");
            });
            if (!isFree) {
                continue;
            }
            world.engine->publish(
                QStringLiteral("other:1"), {.id = QStringLiteral("sha256:other"), .digest = oldDigest});
            const QString stranger = world.engine->run(QStringLiteral("demo"), QStringLiteral("other:1"));
            Program again(world);
            QVERIFY(again.settle());
            QCOMPARE(world.update()->status, UpdateStatus::Parked);
            const auto left = world.engine->containers();
            QCOMPARE(left.size(), all.size() + 1);
            QVERIFY(std::ranges::find(left, stranger, &FakeEngine::Container::id) != left.end());
            ++parked;
        }
        QVERIFY(parked > 0);
    }
};

QTEST_GUILESS_MAIN(TestUpdateSaga)
#include "tst_updatesaga.moc"
