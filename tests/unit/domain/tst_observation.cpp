#include <domain/observation.h>

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::domain;
using core::Json;
using Samples = std::vector<Vitals>;

Q_DECLARE_METATYPE(dockerauto::domain::Vitals)
Q_DECLARE_METATYPE(std::vector<dockerauto::domain::Vitals>)

namespace {

constexpr qint64 mebi = qint64(1) << 20;

Vitals usage(double cpu, qint64 memory)
{
    Vitals vitals;
    vitals.cpuPercent = cpu;
    vitals.memoryBytes = memory * mebi;
    return vitals;
}

Vitals healthy(const char *health)
{
    Vitals vitals;
    vitals.health = QString::fromLatin1(health);
    return vitals;
}

Vitals probed(bool passed)
{
    Vitals vitals;
    vitals.probePassed = passed;
    vitals.probeDetail = QStringLiteral("status 500");
    return vitals;
}

Vitals restarted(int count)
{
    Vitals vitals;
    vitals.restartCount = count;
    return vitals;
}

Vitals ended(int code, bool inPeace)
{
    Vitals vitals;
    vitals.running = false;
    vitals.exitCode = code;
    vitals.stoppedInPeace = inPeace;
    return vitals;
}

Vitals oom()
{
    Vitals vitals;
    vitals.oomKilled = true;
    return vitals;
}

Samples operator+(Samples a, const Samples &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Samples times(std::size_t count, const Vitals &sample)
{
    return Samples(count, sample);
}

} // namespace

class TestObservation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vitals_areRead_data()
    {
        QTest::addColumn<QByteArray>("inspect");
        QTest::addColumn<bool>("running");
        QTest::addColumn<bool>("inPeace");
        QTest::addColumn<QString>("health");
        const auto row = [](const char *name, const char *json, bool running, bool inPeace,
                             const char *health = "") {
            QTest::newRow(name) << QByteArray(json) << running << inPeace << QString::fromLatin1(health);
        };
        row("running", R"({"State":{"Running":true,"Status":"running"},"RestartCount":4})", true, false);
        row("healthy", R"({"State":{"Running":true,"Health":{"Status":"healthy"}}})", true, false, "healthy");
        row("health none", R"({"State":{"Running":true,"Health":{"Status":"none"}}})", true, false);
        row("restarting", R"({"State":{"Running":false,"Status":"restarting"}})", true, false);
        row("ended with 0", R"({"State":{"Running":false,"Status":"exited","ExitCode":0}})", false, true);
        row("stopped", R"({"State":{"Running":false,"Status":"exited","ExitCode":143}})", false, true);
        row("crashed", R"({"State":{"Running":false,"Status":"exited","ExitCode":1}})", false, false);
        row("crashed with on-failure",
            R"({"State":{"ExitCode":1},"HostConfig":{"RestartPolicy":{"Name":"on-failure"}}})", false, false);
        row("stopped, would have been restarted",
            R"({"State":{"ExitCode":1},"HostConfig":{"RestartPolicy":{"Name":"always"}}})", false, true);
        row("could not be started again",
            R"({"State":{"ExitCode":128,"Error":"port is taken"},
                "HostConfig":{"RestartPolicy":{"Name":"always"}}})",
            false, false);
        row("no memory", R"({"State":{"ExitCode":137,"OOMKilled":true}})", false, false);
        row("nothing", "{}", false, true);
    }
    void vitals_areRead()
    {
        QFETCH(QByteArray, inspect);
        const auto json = Json::parse(inspect.toStdString());
        const Vitals vitals = vitalsOf(json);
        QTEST(vitals.running, "running");
        QTEST(vitals.stoppedInPeace, "inPeace");
        QTEST(vitals.health, "health");
        QCOMPARE(vitals.restartCount, json.value("RestartCount", 0));
    }

    void baseline_isTheMedian_andSurvivesJson()
    {
        const auto baseline = baselineOf({usage(5, 100), Vitals(), usage(90, 900), usage(6, 110)});
        QCOMPARE(baseline.cpuPercent, std::optional(6.0));
        QCOMPARE(baseline.memoryBytes, std::optional(110 * mebi));
        const auto read = Baseline::fromJson(baseline.toJson());
        QCOMPARE(read.cpuPercent, baseline.cpuPercent);
        QCOMPARE(read.memoryBytes, baseline.memoryBytes);
        const auto none = Baseline::fromJson(baselineOf({}).toJson());
        QVERIFY(!none.cpuPercent && !none.memoryBytes);
        QVERIFY(!Baseline::fromJson(Json()).cpuPercent);
    }

    void observer_alarms_data()
    {
        QTest::addColumn<Samples>("samples");
        // Of the sample that makes the alarm; -1 for none.
        QTest::addColumn<int>("at");
        const auto row = [](const char *name, const Samples &samples, int at) {
            QTest::newRow(name) << samples << at;
        };
        const Vitals calm = usage(10, 200);
        row("restart", {calm, calm, restarted(3)}, 2);
        row("end by itself", {calm, ended(1, false)}, 1);
        row("out of memory", {calm, oom()}, 1);
        row("out of memory and restarted",
            {calm,
                [] {
                    auto vitals = restarted(3);
                    vitals.oomKilled = true;
                    return vitals;
                }()},
            1);
        row("unhealthy three times", times(3, healthy("unhealthy")), 2);
        row("probe fails three times", {probed(true), probed(false), probed(false), probed(false)}, 3);
        row("probe fails, with gaps where it could not be asked",
            {probed(false), calm, probed(false), calm, probed(false)}, 4);
        row("busy for good", times(20, usage(80, 200)), 16);
        row("memory for good", times(20, usage(10, 700)), 16);
        row("memory that grows", times(14, calm) + times(10, usage(10, 900)), 16);

        row("calm", times(60, calm), -1);
        row("a cold cache after the start", times(12, usage(180, 900)) + times(48, calm), -1);
        row("one high sample", times(20, calm) + times(1, usage(400, 5'000)) + times(20, calm), -1);
        row("four high samples of many", times(24, calm) + times(4, usage(400, 5'000)) + times(20, calm), -1);
        row("restarted before", times(20, restarted(2)), -1);
        row("started by hand, which counts anew", times(3, restarted(2)) + times(3, restarted(0)), -1);
        row("out of memory long ago", {calm}, -1);
        row("unhealthy twice",
            times(2, healthy("unhealthy")) + times(1, healthy("healthy")) + times(2, healthy("unhealthy")),
            -1);
        row("starting", times(40, healthy("starting")), -1);
        row("probe fails twice", {probed(false), probed(false), probed(true), probed(false), probed(false)},
            -1);
        row("stopped in peace", {calm, ended(143, true)}, -1);
        row("twice as busy, but little", times(40, usage(29, 200)), -1);
        row("twice the memory, but little", times(40, usage(10, 327)), -1);
        row("much more memory, but not twice", times(40, usage(10, 399)), -1);
        row("nothing measured", times(40, Vitals()), -1);
    }
    void observer_alarms()
    {
        QFETCH(Samples, samples);
        QFETCH(int, at);
        Observer observer({.cpuPercent = 10, .memoryBytes = 200 * mebi}, restarted(2));
        // The rows that say nothing of restarts mean "as before".
        int index = 0;
        for (Vitals sample : samples) {
            sample.restartCount = sample.restartCount == 0 && index < 3 ? 2 : sample.restartCount;
            const auto alarm = observer.add(sample);
            QVERIFY2(alarm.has_value() == (index == at),
                qPrintable(QStringLiteral("%1: %2").arg(index).arg(alarm.value_or(QString()))));
            if (alarm) {
                QVERIFY(alarm->size() > 10);
                return;
            }
            ++index;
        }
        QCOMPARE(at, -1);
    }

    /// Without a past there is nothing to compare use with.
    void observer_doesNotJudgeUse_withoutAPast()
    {
        Observer observer({}, Vitals());
        for (int i = 0; i < 60; ++i) {
            QVERIFY(!observer.add(usage(800, 100'000)));
        }
    }

    /// The engine's flag stays until the next start.
    void observer_doesNotAlarm_forAKillBeforeTheWatch()
    {
        Observer observer({}, oom());
        QVERIFY(!observer.add(oom()));
        QVERIFY(!observer.add(Vitals()));
        QVERIFY(observer.add(oom()));
    }
};

QTEST_APPLESS_MAIN(TestObservation)
#include "tst_observation.moc"
