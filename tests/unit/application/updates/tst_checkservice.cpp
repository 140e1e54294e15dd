#include "program.h"

#include <application/updates/checkservice.h>

#include <algorithm>
#include <map>

using namespace dockerauto;
using namespace dockerauto::tests;
using core::Decision;
using core::ErrorCode;

namespace {

/// Says what it is told to say, and counts.
class FakeRegistry final : public ports::ImageRegistry
{
public:
    core::Result<ports::RemoteManifest> head(
        const domain::ImageReference &, const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        ++heads;
        return answer;
    }
    core::Result<ports::RemoteManifest> get(
        const domain::ImageReference &, const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        ++gets;
        return answer;
    }

    core::Result<ports::RemoteManifest> answer = ports::RemoteManifest{
        newDigest, QStringLiteral("application/vnd.docker.distribution.manifest.v2+json"), QByteArray()};
    int heads = 0;
    int gets = 0;

private:
    std::mutex m_mutex;
};

} // namespace

class TestCheckService : public QObject
{
    Q_OBJECT

private:
    struct Bench
    {
        Bench()
            : program(world)
            , checks(world.storage, program.hosts, registry, program.images, program.sync, program.updates,
                  program.feed, world.clock, {})
        {
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
                [&](ports::UnitOfWork &work) {
                    return work.containers().saveSettings(id, policy, core::UpdateStrategy::Rolling);
                },
                soon()));
        }

        World world;
        FakeRegistry registry;
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
        QCOMPARE(container->decision.candidateDigest, newDigest);
        QCOMPARE(container->decision.candidateTag, QStringLiteral("latest"));
        QVERIFY(container->decision.checkedAt);
        QVERIFY(!container->decision.reason.isEmpty());
    }

    void check_saysUpToDate_whenTheDigestIsTheSame()
    {
        Bench bench;
        bench.registry.answer->digest = oldDigest;
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
        bench.registry.answer = core::fail(code, QStringLiteral("the registry's reason"));
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::NotChecked);
        QVERIFY(bench.world.container()->decision.reason.contains(QStringLiteral("the registry's reason")));
    }

    void check_keepsWhatWasFound_whenTheRegistryFailsLater()
    {
        Bench bench;
        bench.check();
        bench.registry.answer = core::fail(ErrorCode::Unavailable, QStringLiteral("down"));
        bench.check();
        QCOMPARE(bench.world.container()->decision.decision, Decision::NotChecked);
        QCOMPARE(bench.world.container()->decision.candidateDigest, newDigest);
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
        QCOMPARE(bench.registry.heads, 1);
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
        World bad(FakeEngine::Fate::Exits);
        FakeRegistry registry;
        Program program(bad);
        program.discover();
        QVERIFY(program.start());
        QVERIFY(program.settle());
        QCOMPARE(bad.update()->status, UpdateStatus::RolledBack);
        const auto id = bad.container()->id;
        QVERIFY(bad.storage.write(
            [&](ports::UnitOfWork &work) {
                return work.containers().saveSettings(
                    id, core::UpdatePolicy::Automatic, core::UpdateStrategy::Rolling);
            },
            soon()));
        application::CheckService checks(bad.storage, program.hosts, registry, program.images, program.sync,
            program.updates, program.feed, bad.clock, {});
        QVERIFY(checks.start(std::nullopt, soon()));
        QTRY_COMPARE(bad.container()->decision.decision, Decision::HeldBack);
        QVERIFY(bad.container()->decision.reason.contains(QStringLiteral("did not work")));
        checks.stop();
        QCOMPARE(bad.storage.state().updates.size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestCheckService)
#include "tst_checkservice.moc"
