#include "updates/baselineprobe.h"

#include <testsupport/fakeengine.h>

#include <QTest>

#include <atomic>
#include <chrono>

using namespace dockerauto;
using application::BaselineProbe;
using core::ErrorCode;
using testsupport::FakeEngine;
using namespace std::chrono_literals;

namespace {

const QString id = QStringLiteral("web");

domain::ContainerStats stats(double cpu, quint64 memory)
{
    domain::ContainerStats sample;
    sample.cpuPercent = cpu;
    sample.memoryUsage = memory;
    return sample;
}

} // namespace

class TestBaselineProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstSample_isWaitedFor()
    {
        testsupport::Crash crash;
        FakeEngine engine(crash);
        engine.answerStats([]() -> core::Result<domain::ContainerStats> {
            std::this_thread::sleep_for(200ms);
            return stats(5, 100);
        });
        BaselineProbe probe(engine, id);
        const auto baseline = probe.take({});
        QCOMPARE(baseline.cpuPercent, std::optional(5.0));
        QCOMPARE(baseline.memoryBytes, std::optional<qint64>(100));
    }

    void samples_areTakenWhileThereIsTime_andTheirMedianCounts()
    {
        testsupport::Crash crash;
        FakeEngine engine(crash);
        std::atomic<int> asked = 0;
        engine.answerStats([&]() -> core::Result<domain::ContainerStats> {
            const int sample = ++asked;
            return stats(sample == 2 ? 90 : 5, static_cast<quint64>(sample) * 100);
        });
        BaselineProbe probe(engine, id);
        QTRY_COMPARE_WITH_TIMEOUT(asked.load(), 3, 10'000);
        const auto baseline = probe.take({});
        QCOMPARE(baseline.cpuPercent, std::optional(5.0));
        QCOMPARE(baseline.memoryBytes, std::optional<qint64>(200));
    }

    void aContainerWithoutMemory_doesNotRun()
    {
        testsupport::Crash crash;
        FakeEngine engine(crash);
        engine.answerStats([] { return stats(0, 0); });
        BaselineProbe probe(engine, id);
        const auto baseline = probe.take({});
        QVERIFY(!baseline.cpuPercent);
        QVERIFY(!baseline.memoryBytes);
    }

    void anEngineThatDoesNotSay_leavesItEmpty()
    {
        testsupport::Crash crash;
        FakeEngine engine(crash);
        engine.answerStats([]() -> core::Result<domain::ContainerStats> {
            return core::fail(ErrorCode::Timeout, QStringLiteral("late"));
        });
        BaselineProbe probe(engine, id);
        QVERIFY(!probe.take({}).memoryBytes);
    }
};

QTEST_GUILESS_MAIN(TestBaselineProbe)
#include "tst_baselineprobe.moc"
