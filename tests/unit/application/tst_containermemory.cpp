#include <application/containers/containermemory.h>
#include <testsupport/fakeclock.h>

#include <QTest>

using namespace dockerauto;
using application::ContainerMemory;
using namespace std::chrono_literals;

namespace {

const QString web = QStringLiteral("web");

domain::Vitals sample(qint64 memory)
{
    domain::Vitals vitals;
    vitals.memoryBytes = memory;
    return vitals;
}

} // namespace

class TestContainerMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing_isKnownAtFirst()
    {
        testsupport::FakeClock clock;
        const ContainerMemory memory(clock);
        QVERIFY(!memory.isUntied(web));
        QVERIFY(memory.usage(web).empty());
    }

    void facts_areKeptByContainer()
    {
        testsupport::FakeClock clock;
        ContainerMemory memory(clock);
        memory.rememberUntied(web);
        memory.rememberUsage(QStringLiteral("db"), sample(7));
        QVERIFY(memory.isUntied(web));
        QVERIFY(!memory.isUntied(QStringLiteral("db")));
        QVERIFY(memory.usage(web).empty());
        QCOMPARE(memory.usage(QStringLiteral("db")).size(), 1U);
    }

    void usage_isForgottenAfterADay()
    {
        testsupport::FakeClock clock;
        ContainerMemory memory(clock);
        memory.rememberUsage(web, sample(1));
        clock.advance(23h);
        memory.rememberUsage(web, sample(2));
        clock.advance(2h);
        const auto known = memory.usage(web);
        QCOMPARE(known.size(), 1U);
        QCOMPARE(known.front().memoryBytes, std::optional<qint64>(2));
    }

    void usage_keepsTheNewest()
    {
        testsupport::FakeClock clock;
        ContainerMemory memory(clock);
        for (qint64 i = 1; i <= 100; ++i) {
            memory.rememberUsage(web, sample(i));
        }
        const auto known = memory.usage(web);
        QCOMPARE(known.size(), 30U);
        QCOMPARE(known.back().memoryBytes, std::optional<qint64>(100));
    }
};

QTEST_GUILESS_MAIN(TestContainerMemory)
#include "tst_containermemory.moc"
