#include "jsontext.h"

#include <domain/healthgate.h>

#include <QTest>

using namespace dockerauto;
using core::Json;
using domain::HealthGate;
using Verdict = HealthGate::Verdict;
using namespace std::chrono_literals;

namespace {

constexpr qint64 second = 1'000'000'000;

Json container(const char *state, const char *restartPolicy = "always", int restartCount = 0)
{
    return {{"RestartCount", restartCount}, {"State", json(state)},
        {"HostConfig", {{"RestartPolicy", {{"Name", restartPolicy}}}}}, {"Config", Json::object()}};
}

Json checked(const char *state, const Json &check = {{"Test", {"CMD", "true"}}})
{
    Json inspect = container(state);
    inspect["Config"]["Healthcheck"] = check;
    return inspect;
}

const char *const running = R"({"Status":"running","Running":true})";
const char *const starting = R"({"Status":"running","Running":true,"Health":{"Status":"starting"}})";

} // namespace

Q_DECLARE_METATYPE(Json)

class HealthGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void budget_followsTheCheck_data();
    void budget_followsTheCheck();
    void judge_decides_data();
    void judge_decides();
    void restart_failsWithoutACheck_only();
    void output_isCut();
};

void HealthGateTest::budget_followsTheCheck_data()
{
    QTest::addColumn<Json>("check");
    QTest::addColumn<bool>("hasCheck");
    QTest::addColumn<qint64>("milliseconds");
    const Json test = Json::array({"CMD", "x"});
    QTest::newRow("none") << Json() << false << qint64(10'000);
    QTest::newRow("switched off") << Json{{"Test", {"NONE"}}, {"Interval", 5 * second}} << false
                                  << qint64(10'000);
    QTest::newRow("no test") << Json{{"Interval", 5 * second}} << false << qint64(10'000);
    QTest::newRow("defaults of the engine") << Json{{"Test", test}} << true << qint64(3 * 60'000 + 10'000);
    QTest::newRow("zeros are defaults")
        << Json{{"Test", test}, {"Interval", 0}, {"Timeout", 0}, {"Retries", 0}} << true
        << qint64(3 * 60'000 + 10'000);
    QTest::newRow("all given") << Json{{"Test", test}, {"Interval", 5 * second}, {"Timeout", 2 * second},
                                      {"Retries", 4}, {"StartPeriod", 30 * second}}
                               << true << qint64(30'000 + 4 * 7'000 + 10'000);
    QTest::newRow("below a second") << Json{{"Test", test}, {"Interval", second / 2}, {"Timeout", second / 2},
                                           {"Retries", 1}}
                                    << true << qint64(1'000 + 10'000);
    QTest::newRow("absurd") << Json{{"Test", test}, {"Interval", 9223372036854775807},
                                   {"Retries", 2147483647}}
                            << true << qint64(24 * 3'600'000 + 10'000);
}

void HealthGateTest::budget_followsTheCheck()
{
    QFETCH(Json, check);
    const HealthGate gate(checked(starting, check), {});
    QTEST(gate.hasHealthcheck(), "hasCheck");
    QTEST(qint64(gate.budget().count()), "milliseconds");
}

void HealthGateTest::judge_decides_data()
{
    QTest::addColumn<Json>("inspect");
    QTest::addColumn<int>("elapsed");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const Json &inspect, int elapsed, Verdict verdict,
                         const char *words) {
        QTest::newRow(name) << inspect << elapsed << static_cast<int>(verdict) << QString::fromUtf8(words);
    };
    row("healthy", checked(R"({"Status":"running","Health":{"Status":"healthy"}})"), 0, Verdict::Passed,
        "health check passes");
    row("starting", checked(starting), 189'999, Verdict::Waiting, "not passed yet");
    row("starting for too long", checked(starting), 190'000, Verdict::Failed, "within 190 s");
    row("starting for too long, with output",
        checked(
            R"({"Status":"running","Health":{"Status":"starting","Log":[{"Output":"old"},{"Output":" refused\n"}]}})"),
        190'000, Verdict::Failed, "Its last check said: refused");
    row("unhealthy at once",
        checked(R"({"Status":"running","Health":{"Status":"unhealthy","Log":[{"Output":"503"}]}})"), 0,
        Verdict::Failed, "Its last check said: 503");
    row("unhealthy, nothing said",
        checked(R"({"Status":"running","Health":{"Status":"unhealthy","Log":null}})"), 0, Verdict::Failed,
        "health check fails.");
    row("health not known yet", checked(running), 1'000, Verdict::Waiting, "not passed yet");
    row("health as Podman calls it", checked(R"({"Status":"running","Healthcheck":{"Status":"healthy"}})"), 0,
        Verdict::Passed, "passes");
    row("check, but ended", checked(R"({"Status":"exited","ExitCode":1,"Error":""})"), 0, Verdict::Failed,
        "exit code 1");
    row("check, restarting", checked(R"({"Status":"restarting","Restarting":true,"ExitCode":1})"), 0,
        Verdict::Waiting, "restarting");
    row("check, still restarting", checked(R"({"Status":"restarting","Restarting":true,"ExitCode":1})"),
        190'000, Verdict::Failed, "restarting after 190 s");
    row("no check, too early", container(running), 9'999, Verdict::Waiting, "must run for 10 s");
    row("no check, stable", container(running), 10'000, Verdict::Passed, "running for 10 s");
    row("no check, paused", container(R"({"Status":"paused","Running":true})"), 10'000, Verdict::Passed, "");
    row("no check, restarting", container(R"({"Status":"restarting","ExitCode":3})"), 0, Verdict::Failed,
        "exit code 3");
    row("no check, restarted", container(running, "always", 1), 10'000, Verdict::Failed, "start it again");
    row("ended with an error", container(R"({"Status":"exited","ExitCode":137})", "no"), 0, Verdict::Failed,
        "exit code 137.");
    row("ended for lack of memory", container(R"({"Status":"exited","ExitCode":137,"OOMKilled":true})", "no"),
        0, Verdict::Failed, "ran out of memory");
    row("could not start", container(R"({"Status":"exited","ExitCode":127,"Error":"no such file"})", "no"), 0,
        Verdict::Failed, "127: no such file");
    row("done, never to be restarted", container(R"({"Status":"exited","ExitCode":0})", "no"), 0,
        Verdict::Passed, "work");
    row("done, policy empty", container(R"({"Status":"exited","ExitCode":0})", ""), 0, Verdict::Passed,
        "work");
    row("done, restarted on failure only", container(R"({"Status":"exited","ExitCode":0})", "on-failure"), 0,
        Verdict::Passed, "work");
    row("ended, always to be restarted", container(R"({"Status":"exited","ExitCode":0})", "always"), 0,
        Verdict::Failed, "exit code 0");
    row("ended, unless stopped", container(R"({"Status":"exited","ExitCode":0})", "unless-stopped"), 0,
        Verdict::Failed, "exit code 0");
    row("done, but killed for memory",
        container(R"({"Status":"exited","ExitCode":0,"OOMKilled":true})", "no"), 0, Verdict::Failed,
        "memory");
    row("dead", container(R"({"Status":"dead","ExitCode":0})", "no"), 0, Verdict::Failed, "exit code 0");
    row("not started yet", container(R"({"Status":"created","ExitCode":0})"), 0, Verdict::Waiting, "created");
    row("never started", container(R"({"Status":"created","ExitCode":0})"), 10'000, Verdict::Failed,
        "created");
    row("refused to start", container(R"({"Status":"created","Error":"port is taken"})"), 0, Verdict::Failed,
        "port is taken");
    row("old engine without Status", container(R"({"Running":false,"ExitCode":2})"), 0, Verdict::Failed,
        "exit code 2");
}

void HealthGateTest::judge_decides()
{
    QFETCH(Json, inspect);
    QFETCH(int, elapsed);
    QFETCH(QString, words);
    Json first = inspect;
    first["RestartCount"] = 0;
    const HealthGate gate(first, {});
    const auto judgement = gate.judge(inspect, std::chrono::milliseconds(elapsed));
    QTEST(static_cast<int>(judgement.verdict), "verdict");
    QVERIFY2(judgement.reason.contains(words), qPrintable(judgement.reason));
    QVERIFY(!judgement.reason.isEmpty());
}

void HealthGateTest::restart_failsWithoutACheck_only()
{
    const HealthGate plain(container(running, "always", 4), {});
    QCOMPARE(plain.judge(container(running, "always", 4), 10s).verdict, Verdict::Passed);
    QCOMPARE(plain.judge(container(running, "always", 5), 10s).verdict, Verdict::Failed);
    const HealthGate withCheck(checked(starting), {});
    Json healthy = checked(R"({"Status":"running","Health":{"Status":"healthy"}})");
    healthy["RestartCount"] = 1;
    QCOMPARE(withCheck.judge(healthy, 1s).verdict, Verdict::Passed);
}

void HealthGateTest::output_isCut()
{
    Json inspect = checked(R"({"Status":"running","Health":{"Status":"unhealthy"}})");
    inspect["State"]["Health"]["Log"] = Json::array({{{"Output", std::string(5000, 'x')}}});
    const auto judgement = HealthGate(inspect, {}).judge(inspect, 0s);
    QVERIFY(judgement.reason.size() < 400);
}

QTEST_APPLESS_MAIN(HealthGateTest)
#include "tst_healthgate.moc"
