#include "program.h"

#include <application/updates/changesservice.h>
#include <application/updates/planservice.h>
#include <testsupport/fakeregistry.h>

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::tests;
using application::StartOptions;
using contracts::Plan;
using core::ErrorCode;
using core::Finding;
using core::Json;
using core::UpdateStrategy;

namespace {

/// Folders as a test wants them.
class Folders final : public ports::HostFolders
{
public:
    [[nodiscard]] std::optional<qint64> freeBytes(const QString &) const override { return free; }
    [[nodiscard]] std::optional<bool> exists(const QString &) const override { return there; }
    std::optional<qint64> free = qint64(1) << 40;
    std::optional<bool> there = true;
};

/// A program with a container that has a newer image, and what plans need beside it.
struct Bench
{
    explicit Bench(const Json &hostConfig = Json::object()) : world(FakeEngine::Fate::Runs, false, hostConfig)
    {
        registry.publishAs(demo, newDigest);
    }

    core::Result<Plan> plan(std::optional<UpdateStrategy> strategy = {})
    {
        return plans.plan(world.container()->id, strategy, soon());
    }
    void changeDecision(const std::function<void(ports::DecisionRecord &)> &change)
    {
        auto container = world.container();
        QVERIFY(container);
        change(container->decision);
        QVERIFY(world.storage.write(
            [&](ports::UnitOfWork &work) {
                return work.containers().saveDecision(container->id, container->decision);
            },
            soon()));
    }
    void setRules(const Json &rules)
    {
        const auto container = world.container();
        QVERIFY(container);
        QVERIFY(world.storage.write(
            [&](ports::UnitOfWork &work) { return work.containers().saveOwnRules(container->id, rules); },
            soon()));
    }

    World world;
    Program program{world};
    testsupport::FakeRegistry registry;
    Folders folders;
    application::ChangesService changes{world.storage, program.hosts, program.images, registry};
    application::PlanService plans{
        {world.storage, program.hosts, program.images, program.memory, registry, changes, program.snapshots,
            program.self, world.clock, folders, std::chrono::seconds(10), std::chrono::seconds(10)}};
};

QString findingOf(const Plan &plan, const char *name)
{
    const auto found =
        std::ranges::find(plan.preflight, QString::fromLatin1(name), &contracts::PreflightFinding::name);
    return found == plan.preflight.end() ? QStringLiteral("absent") : core::toQString(found->finding);
}

} // namespace

class TestPlanService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plan_saysWhatWouldBeDone();
    void plan_changesNothing();
    void hash_isWhatStartAccepts();
    void start_isRefused_whenThePlanIsOld_data();
    void start_isRefused_whenThePlanIsOld();
    void hash_isTheSame_whateverTakesNoPart();
    void plan_isRefused_withoutCandidate();
    void plan_isRefused_forStrategiesOfOtherVersions();
    void dependants_areInOrder();
    void downtime_isThatOfTheLastUpdate();
    void rules_areFollowed();
    void changes_areAbsent_whenTheRegistryIsAway();
    void finding_failed_whenTheImageIsGone();
    void binds_areUnknown_whereFoldersCantBeSeen();
};

void TestPlanService::plan_saysWhatWouldBeDone()
{
    Bench bench;
    bench.program.discover();
    bench.changeDecision([](auto &decision) { decision.bump = core::Bump::Minor; });
    const auto plan = bench.plan();
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().text()));
    QCOMPARE(plan->containerName, QStringLiteral("demo"));
    QCOMPARE(plan->to.digest, newDigest);
    QCOMPARE(plan->to.tag, QStringLiteral("latest"));
    QVERIFY(plan->bump == core::Bump::Minor);
    QVERIFY(plan->strategy == UpdateStrategy::Recreate);
    QCOMPARE(plan->strategies.size(), std::size_t(4));
    QCOMPARE(plan->order.size(), std::size_t(1));
    QCOMPARE(core::textOf(plan->payload, "Image"), demo);
    QVERIFY(plan->payload["Env"] == Json({"OWN=(set)"}));
    QCOMPARE(plan->healthBudgetSeconds, qint64(10));
    QCOMPARE(plan->watchSeconds, qint64(600));
    QVERIFY(plan->rollsBackByItself);
    QVERIFY(!plan->backup.planned);
    QCOMPARE(plan->backup.reason, QStringLiteral("It has no volumes"));
    QVERIFY(plan->changes);
    QCOMPARE(plan->changes->to.digest, newDigest);
    for (const char *name : {"disk", "platform", "ports", "binds", "networks", "registry", "engine", "names",
             "volumes", "dependants"}) {
        QVERIFY2(findingOf(*plan, name) == QStringLiteral("ok"), name);
    }
    QCOMPARE(plan->preflight.size(), std::size_t(10));
}

void TestPlanService::plan_changesNothing()
{
    Bench bench;
    bench.program.discover();
    const auto calls = bench.world.engine->calls();
    const int commits = bench.world.storage.commits();
    QVERIFY(bench.plan());
    QCOMPARE(bench.world.engine->calls(), calls);
    QCOMPARE(bench.world.storage.commits(), commits);
}

void TestPlanService::hash_isWhatStartAccepts()
{
    Bench bench;
    bench.program.discover();
    const auto plan = bench.plan();
    QVERIFY(plan);
    const auto started = bench.program.start({.planHash = plan->hash});
    QVERIFY2(started, started ? "" : qPrintable(started.error().text()));
    QVERIFY(bench.program.settle());
    QVERIFY2(
        bench.world.update()->status == UpdateStatus::Succeeded, qPrintable(bench.world.update()->error));
    QCOMPARE(bench.world.update()->planHash, plan->hash);
}

void TestPlanService::start_isRefused_whenThePlanIsOld_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("another version") << QStringLiteral("version");
    QTest::newRow("made again with other options") << QStringLiteral("options");
    QTest::newRow("another container moved in") << QStringLiteral("tied");
}

void TestPlanService::start_isRefused_whenThePlanIsOld()
{
    QFETCH(QString, change);
    Bench bench;
    bench.program.discover();
    const auto plan = bench.plan();
    QVERIFY(plan);
    if (change == QStringLiteral("version")) {
        bench.changeDecision([](auto &decision) {
            decision.candidateDigest = QStringLiteral("sha256:%1").arg(QString(64, u'c'));
        });
    } else if (change == QStringLiteral("options")) {
        bench.world.engine->alterInspect([](Json &inspect) -> core::Result<> {
            inspect["HostConfig"]["Memory"] = 64 << 20;
            return {};
        });
    } else {
        bench.world.engine->run(QStringLiteral("tied"), demo,
            {{"HostConfig", {{"NetworkMode", QString(QStringLiteral("container:") % bench.world.oldId)}}}});
    }
    const auto started = bench.program.start({.planHash = plan->hash});
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Conflict);
    QCOMPARE(started.error().path, QStringLiteral("planHash"));
    QVERIFY(!bench.world.update());
    const auto again = bench.plan();
    QVERIFY(again);
    QVERIFY(again->hash != plan->hash);
}

void TestPlanService::hash_isTheSame_whateverTakesNoPart()
{
    Bench bench;
    bench.program.discover();
    const auto plan = bench.plan();
    QVERIFY(plan);
    bench.setRules({{"watchSeconds", 5}});
    bench.world.engine->setHealth(QStringLiteral("demo"), QStringLiteral("unhealthy"));
    bench.world.engine->run(QStringLiteral("stranger"), demo);
    const auto again = bench.plan(UpdateStrategy::Rolling);
    QVERIFY(again);
    QCOMPARE(again->hash, plan->hash);
}

void TestPlanService::plan_isRefused_withoutCandidate()
{
    Bench bench;
    bench.program.discover();
    bench.changeDecision([](auto &decision) {
        decision = {};
        decision.decision = core::Decision::UpToDate;
    });
    const auto plan = bench.plan();
    QVERIFY(!plan);
    QCOMPARE(plan.error().code, ErrorCode::Conflict);
    QCOMPARE(plan.error().message, QStringLiteral("“demo” can't be updated: it is up to date."));
    const auto unknown = bench.plans.plan(core::ContainerId(QStringLiteral("nobody")), {}, soon());
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
}

void TestPlanService::plan_isRefused_forStrategiesOfOtherVersions()
{
    Bench bench;
    bench.program.discover();
    const auto plan = bench.plan(UpdateStrategy::Canary);
    QVERIFY(!plan);
    QCOMPARE(plan.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(plan.error().path, QStringLiteral("strategy"));
}

void TestPlanService::dependants_areInOrder()
{
    Bench bench;
    bench.world.engine->run(QStringLiteral("tied"), demo,
        {{"HostConfig", {{"NetworkMode", QString(QStringLiteral("container:") % bench.world.oldId)}}}});
    bench.program.discover();
    core::ContainerId root;
    for (const auto &[id, row] : bench.world.storage.state().containers) {
        root = row.name == QStringLiteral("demo") ? id : root;
    }
    const auto plan = bench.plans.plan(root, {}, soon());
    // Which of both discover() gave a candidate depends on the order of names: demo.
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().text()));
    QCOMPARE(plan->order.size(), std::size_t(2));
    QCOMPARE(plan->order[0].name, QStringLiteral("tied"));
    QCOMPARE(plan->order[0].action, QStringLiteral("recreated"));
    QCOMPARE(plan->order[1].name, QStringLiteral("demo"));
    for (const QString &note : plan->notes) {
        QVERIFY2(!note.contains(QStringLiteral("made again whenever")), qPrintable(note));
    }
}

void TestPlanService::downtime_isThatOfTheLastUpdate()
{
    Bench bench;
    bench.program.discover();
    const auto before = bench.plan();
    QVERIFY(before);
    QCOMPARE(before->downtimeBasis, QStringLiteral("estimate"));
    QVERIFY(bench.program.start());
    QVERIFY(bench.program.settle());
    QVERIFY(bench.world.update()->status == UpdateStatus::Succeeded);
    const QString next = QStringLiteral("sha256:%1").arg(QString(64, u'd'));
    bench.registry.publishAs(demo, next);
    QVERIFY(bench.program.sync.resync(core::HostId(QStringLiteral("local")), soon()));
    bench.changeDecision([&](auto &decision) {
        decision.decision = core::Decision::UpdateAvailable;
        decision.candidateTag = QStringLiteral("latest");
        decision.candidateDigest = next;
    });
    const auto after = bench.plan();
    QVERIFY2(after, after ? "" : qPrintable(after.error().text()));
    QCOMPARE(after->downtimeBasis, QStringLiteral("history"));
    QVERIFY(after->hash != before->hash);
}

void TestPlanService::rules_areFollowed()
{
    Bench bench(Json{{"Binds", {"data:/data"}}});
    bench.program.discover();
    bench.setRules({{"rollback", false}, {"watchSeconds", 30}, {"probe", "tcp://:80"},
        {"backupVolumes", "always"}, {"keepVersions", 0}});
    const auto plan = bench.plan();
    QVERIFY(plan);
    QVERIFY(!plan->rollsBackByItself);
    QCOMPARE(plan->watchSeconds, qint64(30));
    QCOMPARE(plan->healthBudgetSeconds, qint64(60));
    QCOMPARE(plan->backup.volumes.size(), std::size_t(1));
    // Without the program that empties volumes nothing can be put back, so nothing is saved.
    QVERIFY(!plan->backup.planned);
    QVERIFY(!plan->backup.reason.isEmpty());
    QVERIFY(plan->rollbackRestores.contains(QStringLiteral("nothing is kept")));
}

void TestPlanService::changes_areAbsent_whenTheRegistryIsAway()
{
    Bench bench;
    bench.program.discover();
    bench.registry.failWith(demo % u'@' % newDigest,
        {ErrorCode::Unavailable, QStringLiteral("No route to the registry."), {}, {}});
    const auto plan = bench.plan();
    QVERIFY(plan);
    QVERIFY(!plan->changes);
    QCOMPARE(findingOf(*plan, "registry"), QStringLiteral("unknown"));
    QCOMPARE(findingOf(*plan, "platform"), QStringLiteral("unknown"));
    QCOMPARE(findingOf(*plan, "disk"), QStringLiteral("unknown"));
}

void TestPlanService::finding_failed_whenTheImageIsGone()
{
    Bench bench;
    bench.program.discover();
    bench.registry.failWith(
        demo % u'@' % newDigest, {ErrorCode::NotFound, QStringLiteral("manifest unknown"), {}, {}});
    const auto plan = bench.plan();
    QVERIFY(plan);
    QCOMPARE(findingOf(*plan, "registry"), QStringLiteral("failed"));
}

void TestPlanService::binds_areUnknown_whereFoldersCantBeSeen()
{
    Bench bench(Json{{"Binds", {"/srv/demo:/data"}}});
    bench.program.discover();
    const auto seen = bench.plan();
    QVERIFY(seen);
    QCOMPARE(findingOf(*seen, "binds"), QStringLiteral("ok"));
    bench.folders.there = false;
    bench.folders.free = 0;
    const auto gone = bench.plan();
    QVERIFY(gone);
    QCOMPARE(findingOf(*gone, "binds"), QStringLiteral("failed"));
    QCOMPARE(findingOf(*gone, "disk"), QStringLiteral("failed"));
    bench.folders.there.reset();
    bench.folders.free.reset();
    const auto unseen = bench.plan();
    QVERIFY(unseen);
    QCOMPARE(findingOf(*unseen, "binds"), QStringLiteral("unknown"));
    QCOMPARE(findingOf(*unseen, "disk"), QStringLiteral("unknown"));
}

QTEST_GUILESS_MAIN(TestPlanService)
#include "tst_planservice.moc"
