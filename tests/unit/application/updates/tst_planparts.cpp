#include "updates/planparts.h"

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::application;
using core::Json;
using core::StepStatus;
using core::UpdateStrategy;
using namespace std::chrono_literals;

namespace {

GroundworkMember member(const QString &name, Json config = Json::object(), bool running = true)
{
    GroundworkMember made;
    made.inspect = {{"Id", QString(name % QStringLiteral("-id"))}, {"Name", QString(u'/' % name)},
        {"State", {{"Running", running}, {"Status", running ? "running" : "exited"}}},
        {"Config", std::move(config)}, {"HostConfig", Json::object()}};
    return made;
}

ports::StepRecord step(
    int position, const QString &name, int from, int to, StepStatus status = StepStatus::Succeeded)
{
    const auto at = [](int seconds) { return core::Timestamp(std::chrono::seconds(1'000'000 + seconds)); };
    return {position, name, status, at(from), at(to), {}};
}

QString whyNot(const Json &inspect, UpdateStrategy strategy)
{
    for (const contracts::StrategyChoice &choice : strategiesFor(inspect)) {
        if (choice.strategy == strategy) {
            return choice.possible ? QStringLiteral("possible") : choice.why;
        }
    }
    return {};
}

} // namespace

class TestPlanParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_areHidden_namesAreNot()
    {
        const Json shown =
            withoutValues({{"Image", "demo"}, {"Env", {"PASSWORD=topsecret", "EMPTY=", "TWO=a=b", "UNSET"}}});
        const Json expected{
            {"Image", "demo"}, {"Env", {"PASSWORD=(set)", "EMPTY=(set)", "TWO=(set)", "UNSET"}}};
        QVERIFY2(shown == expected, shown.dump().c_str());
        const Json without{{"Image", "demo"}};
        QVERIFY(withoutValues(without) == without);
    }

    void strategies_nameWhatStandsInTheWay()
    {
        const Json ports{
            {"HostConfig", {{"PortBindings", {{"80/tcp", {{{"HostIp", ""}, {"HostPort", "8080"}}}}}}}}};
        const Json address{{"NetworkSettings",
            {{"Networks", {{"own", {{"IPAMConfig", {{"IPv4Address", "172.20.0.7"}}}}}}}}}};
        const Json mounts{{"Mounts", {{{"Type", "volume"}, {"RW", true}}}}};
        const Json chosen{{"HostConfig", {{"PortBindings", {{"80/tcp", {{{"HostPort", ""}}}}}}}}};
        QVERIFY(whyNot(ports, UpdateStrategy::Rolling).contains(QStringLiteral("8080")));
        QVERIFY(whyNot(address, UpdateStrategy::Rolling).contains(QStringLiteral("172.20.0.7")));
        QVERIFY(whyNot(mounts, UpdateStrategy::Rolling).contains(QStringLiteral("data")));
        QVERIFY(whyNot(chosen, UpdateStrategy::Rolling).contains(QStringLiteral("This version")));
        QCOMPARE(whyNot(ports, UpdateStrategy::Recreate), QStringLiteral("possible"));
        QVERIFY(whyNot(ports, UpdateStrategy::BlueGreen).contains(QStringLiteral("proxy")));
        QVERIFY(whyNot(ports, UpdateStrategy::Canary).contains(QStringLiteral("proxy")));
    }

    void order_isThatOfStops_andSaysWhy()
    {
        std::vector members{
            member(QStringLiteral("vpn")), member(QStringLiteral("web")), member(QStringLiteral("logger"))};
        members[1].inspect["HostConfig"]["NetworkMode"] = "container:vpn-id";
        members[2].inspect["HostConfig"]["PidMode"] = "container:web-id";
        const auto order = stopOrder(members);
        QCOMPARE(order.size(), std::size_t(3));
        QCOMPARE(order[0].name, QStringLiteral("logger"));
        QCOMPARE(order[0].why, QStringLiteral("it lives among the processes of “web”"));
        QCOMPARE(order[1].why, QStringLiteral("it lives in the network of “vpn”"));
        QCOMPARE(order[1].action, QStringLiteral("recreated"));
        QCOMPARE(order[2].name, QStringLiteral("vpn"));
        QCOMPARE(order[2].action, QStringLiteral("updated"));
        QVERIFY(order[2].why.isEmpty());
    }

    void span_goesFromStopToVerdict_withoutSaving()
    {
        const auto stop = QStringLiteral("stop");
        const auto health = QStringLiteral("health");
        const auto backup = QStringLiteral("backup");
        QCOMPARE(servedNobody({step(0, stop, 10, 12), step(1, health, 13, 20)}), std::optional(10'000ms));
        QCOMPARE(servedNobody({step(0, stop, 10, 12), step(1, backup, 12, 42), step(2, health, 43, 50)}),
            std::optional(10'000ms));
        QVERIFY(!servedNobody({step(0, stop, 10, 12)}));
        QVERIFY(!servedNobody({step(0, stop, 10, 12), step(1, health, 13, 20, StepStatus::Failed)}));
        QVERIFY(!servedNobody({}));
    }

    void downtime_isTheMedianOfEarlierOnes()
    {
        const std::vector members{member(QStringLiteral("web"))};
        const auto of = [&](const std::vector<std::chrono::milliseconds> &earlier,
                            std::chrono::seconds more) {
            const Downtime downtime = expectedDowntime(earlier, members, 10s, more);
            return QStringLiteral("%1 %2").arg(downtime.seconds).arg(downtime.basis);
        };
        QCOMPARE(of({9s, 3s, 100s}, 0s), QStringLiteral("9 history"));
        QCOMPARE(of({4s, 8s}, 0s), QStringLiteral("6 history"));
        QCOMPARE(of({4500ms}, 20s), QStringLiteral("25 history"));
    }

    void downtime_isMarkedAsEstimate_withoutHistory()
    {
        const auto of = [](const std::vector<GroundworkMember> &members) {
            const Downtime downtime = expectedDowntime({}, members, 7s, 0s);
            return QStringLiteral("%1 %2").arg(downtime.seconds).arg(downtime.basis);
        };
        // Grace time, start, and the time that it has to run undisturbed.
        QCOMPARE(of({member(QStringLiteral("web"))}), QStringLiteral("18 estimate"));
        QCOMPARE(of({member(QStringLiteral("web"), {{"StopTimeout", 2}})}), QStringLiteral("10 estimate"));
        // Of a health check the first interval is waited for.
        QCOMPARE(of({member(QStringLiteral("web"),
                     {{"StopTimeout", 2},
                         {"Healthcheck", {{"Test", {"CMD", "x"}}, {"Interval", 5'000'000'000}}}})}),
            QStringLiteral("9 estimate"));
        QCOMPARE(of({member(QStringLiteral("web")), member(QStringLiteral("side"))}),
            QStringLiteral("36 estimate"));
        QCOMPARE(of({member(QStringLiteral("web"), Json::object(), false)}), QStringLiteral("0 estimate"));
        QCOMPARE(of({member(QStringLiteral("web")), member(QStringLiteral("side"), Json::object(), false)}),
            QStringLiteral("18 estimate"));
    }

    void sentence_saysWhatGoingBackRestores()
    {
        const std::vector members{member(QStringLiteral("web"))};
        contracts::PlannedBackup backup;
        domain::UpdateCare care;
        QVERIFY(whatGoingBackRestores(members, backup, care).contains(QStringLiteral("stay as the new")));
        backup.planned = true;
        backup.volumes.resize(1);
        QVERIFY(
            whatGoingBackRestores(members, backup, care).contains(QStringLiteral("become what they were")));
        QVERIFY(!whatGoingBackRestores(members, backup, care).contains(QStringLiteral("nothing is kept")));
        care.keepVersions = 0;
        QVERIFY(whatGoingBackRestores(members, backup, care).contains(QStringLiteral("nothing is kept")));
    }

    void notes_tellWhatIsUnusual()
    {
        ports::ContainerRecord record;
        const auto of = [&](const Json &inspect, const domain::UpdateCare &care = {}) {
            const auto notes = circumstances(record, inspect, care);
            return QStringList(notes.begin(), notes.end()).join(u'\n');
        };
        const Json running{{"State", {{"Running", true}}}};
        QCOMPARE(of(running), QString());
        QVERIFY(of(Json::object()).contains(QStringLiteral("does not run")));
        QVERIFY(of({{"State", {{"Running", true}, {"Paused", true}}}}).contains(QStringLiteral("paused")));
        QVERIFY(of({{"State", {{"Running", true}}}, {"HostConfig", {{"AutoRemove", true}}}})
                    .contains(QStringLiteral("--rm")));
        domain::UpdateCare care;
        care.hookBefore = {QStringLiteral("/backup.sh"), QStringLiteral("--password=x")};
        QVERIFY(of(running, care).contains(QStringLiteral("/backup.sh")));
        QVERIFY(!of(running, care).contains(QStringLiteral("password")));
        record.decision.decision = core::Decision::HeldBack;
        record.decision.reason = QStringLiteral("It did not work here.");
        QVERIFY(of(running).contains(record.decision.reason));
    }
};

QTEST_GUILESS_MAIN(TestPlanParts)
#include "tst_planparts.moc"
