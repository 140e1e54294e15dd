#include "program.h"

#include <application/updates/checkservice.h>
#include <testsupport/fakeregistry.h>

#include <algorithm>
#include <map>

using namespace dockerauto;
using namespace dockerauto::tests;
using core::Decision;
using core::ErrorCode;

using testsupport::FakeRegistry;

class TestCheckService : public QObject
{
    Q_OBJECT

private:
    /// Somebody publishes an image, which the engine would pull; the value is its digest.
    static QString offer(World &world, FakeRegistry &registry, const QString &content,
        FakeEngine::Fate fate = FakeEngine::Fate::Runs)
    {
        const auto image = registry.single(content);
        registry.tag(demo, image.digest);
        world.engine->publish(
            demo, {.id = QStringLiteral("sha256:") + content,
                      .digest = image.digest,
                      .config = {{"Env", {"VERSION=2", "PATH=/bin"}}, {"Cmd", {"serve", "--all"}}},
                      .fate = fate});
        return image.digest;
    }

    struct Bench
    {
        Bench()
            : program(world)
            , checks(world.storage, program.hosts, registry, program.images, program.memory, program.sync,
                  program.updates, calendars, program.feed, world.clock, {})
        {
            newDigest = offer(world, registry, QStringLiteral("next"));
            [this] { QTRY_VERIFY(program.hosts.engine(core::HostId(QStringLiteral("local")))); }();
            [this] { QVERIFY(program.sync.resync(core::HostId(QStringLiteral("local")), soon())); }();
        }
        ~Bench() { checks.stop(); }

        void check()
        {
            std::atomic<bool> finished = false;
            const auto subscription = program.feed.subscribe(
                {contracts::topics::updates}, std::nullopt, [&finished](const contracts::Event &event) {
                    finished = finished || (event.type == contracts::events::checkChanged &&
                                               event.payload["finished"] == true);
                });
            QVERIFY(checks.start(std::nullopt, soon()));
            QTRY_VERIFY(finished);
        }
        void setPolicy(core::UpdatePolicy policy)
        {
            const auto id = world.container()->id;
            QVERIFY(world.storage.write(
                [&](ports::UnitOfWork &work) -> core::Result<> {
                    DOCKERAUTO_TRY(work.containers().saveOwnRules(
                        id, core::Json{{"updatePolicy", core::toText(policy)}}));
                    return work.containers().saveResolved(
                        id, policy, core::UpdateStrategy::Rolling, QStringLiteral("this container"));
                },
                soon()));
        }

        void own(const core::Json &rules)
        {
            const auto id = world.container()->id;
            QVERIFY(world.storage.write(
                [&](ports::UnitOfWork &work) { return work.containers().saveOwnRules(id, rules); }, soon()));
        }

        World world;
        FakeRegistry registry;
        /// Of what is newer than what runs.
        QString newDigest;
        testsupport::NoCalendars calendars;
        Program program;
        application::CheckService checks;
    };

private Q_SLOTS:
    void check_findsTheUpdate_whenTheDigestDiffers()
    {
        Bench bench;
        bench.check();
        const auto container = bench.world.container();
        QCOMPARE(container->decision.decision, Decision::UpdateAvailable);
        QCOMPARE(container->decision.candidateDigest, bench.newDigest);
        QCOMPARE(container->decision.candidateTag, QStringLiteral("latest"));
        QVERIFY(container->decision.checkedAt);
        QVERIFY(!container->decision.reason.isEmpty());
    }

    void check_measuresWhatIsToBeUpdated()
    {
        Bench bench;
        bench.world.engine->answerStats([]() -> core::Result<domain::ContainerStats> {
            domain::ContainerStats stats;
            stats.memoryUsage = 100;
            return stats;
        });
        bench.check();
        const QString id = bench.world.container()->engineId.text();
        QTRY_COMPARE(bench.program.memory.usage(id).size(), 1U);
        QCOMPARE(bench.program.memory.usage(id).front().memoryBytes, std::optional<qint64>(100));
    }

    void check_saysUpToDate_whenTheDigestIsTheSame()
    {
        Bench bench;
        bench.registry.publishAs(demo, oldDigest);
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::UpToDate);
    }

    void check_saysNotChecked_whenTheRegistryFails_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("down") << ErrorCode::Unavailable;
        QTest::newRow("401") << ErrorCode::Unauthenticated;
        QTest::newRow("429") << ErrorCode::RateLimited;
        QTest::newRow("slow") << ErrorCode::Timeout;
        QTest::newRow("404") << ErrorCode::NotFound;
    }
    void check_saysNotChecked_whenTheRegistryFails()
    {
        QFETCH(ErrorCode, code);
        Bench bench;
        bench.registry.failWith(demo, {code, QStringLiteral("the registry's reason"), {}, {}});
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::NotChecked);
        QVERIFY(bench.world.container()->decision.reason.contains(QStringLiteral("the registry's reason")));
    }

    void check_keepsWhatWasFound_whenTheRegistryFailsLater()
    {
        Bench bench;
        bench.check();
        bench.registry.failWith(demo, {ErrorCode::Unavailable, QStringLiteral("down"), {}, {}});
        bench.world.clock.advance(std::chrono::hours(1));
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::NotChecked);
        QCOMPARE(bench.world.container()->decision.candidateDigest, bench.newDigest);
    }

    void check_asksOnce_forContainersThatShareAnImage()
    {
        Bench bench;
        // The same old image under more names.
        for (int i = 0; i < 20; ++i) {
            auto created = bench.world.engine->createContainer(
                QStringLiteral("more-%1").arg(i), {{"Image", "sha256:old"}}, soon());
            QVERIFY(created);
        }
        bench.check();
        QCOMPARE(bench.registry.count("HEAD"), 1);
    }

    void check_leavesAPinnedContainerAlone()
    {
        Bench bench;
        bench.setPolicy(core::UpdatePolicy::Pinned);
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::Pinned);
        QVERIFY(!bench.world.update());
    }

    void check_startsTheUpdate_whenThePolicyIsAutomatic()
    {
        Bench bench;
        bench.setPolicy(core::UpdatePolicy::Automatic);
        bench.check();
        QTRY_VERIFY(bench.world.update() && bench.world.update()->status == UpdateStatus::Succeeded);
        QTRY_COMPARE(bench.world.container()->decision.decision, Decision::UpToDate);
    }

    void check_doesNotTryAgain_whatDidNotWork()
    {
        Bench bench;
        offer(bench.world, bench.registry, QStringLiteral("broken"), FakeEngine::Fate::Exits);
        bench.setPolicy(core::UpdatePolicy::Automatic);
        bench.check();
        QTRY_VERIFY(bench.world.update() && bench.world.update()->status == UpdateStatus::RolledBack);
        bench.world.clock.advance(std::chrono::hours(48));
        bench.check();
        const auto decision = bench.world.container()->decision;
        QCOMPARE(decision.decision, Decision::HeldBack);
        QCOMPARE(decision.heldBy, std::optional(core::Hold::Quarantine));
        QVERIFY2(decision.reason.contains(QStringLiteral("did not work")), qPrintable(decision.reason));
        QCOMPARE(bench.world.storage.state().updates.size(), 1U);
        // Another one is tried.
        bench.world.clock.advance(std::chrono::hours(1));
        offer(bench.world, bench.registry, QStringLiteral("mended"));
        bench.check();
        QTRY_VERIFY(bench.world.update()->status == UpdateStatus::Succeeded);
    }

    void check_asksForApproval_andBeginsWithIt()
    {
        Bench bench;
        bench.own({{"updatePolicy", "approval"}});
        bench.check();
        QTRY_VERIFY(bench.world.update());
        QCOMPARE(bench.world.update()->status, UpdateStatus::AwaitingApproval);
        QCOMPARE(bench.world.container()->decision.heldBy, std::optional(core::Hold::Approval));
        // A second look asks for the same thing no second time.
        bench.world.clock.advance(std::chrono::hours(1));
        bench.check();
        QCOMPARE(bench.world.storage.state().updates.size(), 1U);
        QVERIFY(bench.program.start());
        QTRY_COMPARE(bench.world.update()->status, UpdateStatus::Succeeded);
        QCOMPARE(bench.world.update()->requestedBy, QStringLiteral("policy approval"));
        QCOMPARE(bench.world.update()->approvedBy, QStringLiteral("test"));
        QCOMPARE(bench.world.storage.state().updates.size(), 1U);
    }

    void check_takesBackWhatNobodyWaitsForAnyMore()
    {
        Bench bench;
        bench.own({{"updatePolicy", "approval"}});
        bench.check();
        QTRY_VERIFY(bench.world.update());
        // A registry that fails takes nothing back.
        bench.registry.failWith(demo, {ErrorCode::Unavailable, QStringLiteral("down"), {}, {}});
        bench.world.clock.advance(std::chrono::hours(1));
        bench.check();
        QCOMPARE(bench.world.update()->status, UpdateStatus::AwaitingApproval);
        bench.registry.recover();
        bench.own({{"updatePolicy", "manual"}});
        bench.world.clock.advance(std::chrono::hours(1));
        bench.check();
        QTRY_COMPARE(bench.world.update()->status, UpdateStatus::Cancelled);
        QCOMPARE(bench.world.container()->decision.decision, Decision::UpdateAvailable);
    }

    void minimumAge_countsFromFirstSight_andBeginsAgainWithAnotherCandidate()
    {
        Bench bench;
        bench.own({{"updatePolicy", "automatic"}, {"minimumAgeSeconds", 3 * 86'400}});
        bench.check();
        QCOMPARE(bench.world.container()->decision.heldBy, std::optional(core::Hold::MinimumAge));
        const auto first = bench.world.clock.now();
        QVERIFY(*bench.world.container()->decision.possibleAt <= first + std::chrono::hours(72));
        bench.world.clock.advance(std::chrono::hours(48));
        offer(bench.world, bench.registry, QStringLiteral("other"));
        bench.check();
        QVERIFY(*bench.world.container()->decision.possibleAt > first + std::chrono::hours(100));
        // What the registry itself knows longer is older.
        bench.world.clock.advance(std::chrono::minutes(1));
        bench.registry.publishedAt = bench.world.clock.now() - std::chrono::hours(24 * 30);
        offer(bench.world, bench.registry, QStringLiteral("next"));
        bench.check();
        QTRY_VERIFY(bench.world.update() && bench.world.update()->status == UpdateStatus::Succeeded);
    }

    void reconsider_needsNoRequest_whenOnlyTheDecisionIsAnother()
    {
        Bench bench;
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::UpdateAvailable);
        bench.registry.forgetRequests();
        bench.own({{"updatePolicy", "pinned"}});
        bench.checks.reconsider({bench.world.container()->id});
        QTRY_COMPARE(bench.world.container()->decision.decision, Decision::Pinned);
        QCOMPARE(bench.registry.count(""), 0);
    }

    void scheduled_begins_onlyWhileItsScheduleRuns()
    {
        Bench bench;
        bench.own({{"updatePolicy", "scheduled"}});
        bench.check();
        QCOMPARE(bench.world.container()->decision.heldBy, std::optional(core::Hold::Schedule));
        QVERIFY(!bench.world.update());
        bench.world.clock.advance(std::chrono::hours(1));
        QVERIFY(bench.checks.start(std::nullopt, soon(), core::ScheduleAction::Update));
        QTRY_VERIFY(bench.world.update() && bench.world.update()->status == UpdateStatus::Succeeded);
        QCOMPARE(bench.world.update()->requestedBy, QStringLiteral("schedule"));
    }

    void nothingBegins_whenTheRegistryHasNoPullsLeft()
    {
        Bench bench;
        ports::RegistryTraffic traffic;
        traffic.registry = QStringLiteral("127.0.0.1:5000");
        traffic.limit = 100;
        traffic.remaining = 0;
        traffic.resetsAt = bench.world.clock.now() + std::chrono::hours(6);
        bench.registry.budgets = {traffic};
        bench.own({{"updatePolicy", "automatic"}});
        bench.check();
        QCOMPARE(bench.world.container()->decision.heldBy, std::optional(core::Hold::RateBudget));
        QCOMPARE(bench.world.container()->decision.possibleAt, traffic.resetsAt);
        QVERIFY(!bench.world.update());
    }

    void unwatched_isNotAskedFor()
    {
        Bench bench;
        bench.world.engine
            ->createContainer(QStringLiteral("quiet"),
                {{"Image", "sha256:old"}, {"Labels", {{"docker-auto.enable", "false"}}}}, soon())
            .value();
        QVERIFY(bench.program.sync.resync(core::HostId(QStringLiteral("local")), soon()));
        bench.check();
        bool seen = false;
        for (const auto &[id, container] : bench.world.storage.state().containers) {
            if (container.name == QStringLiteral("quiet")) {
                seen = true;
                QCOMPARE(container.decision.decision, Decision::NotChecked);
                QVERIFY2(container.decision.reason.contains(QStringLiteral("docker-auto.enable")),
                    qPrintable(container.decision.reason));
            }
        }
        QVERIFY(seen);
    }
};

QTEST_GUILESS_MAIN(TestCheckService)
#include "tst_checkservice.moc"
