#include "jsontext.h"

#include <domain/containerstats.h>

#include <QTest>

using namespace dockerauto;
using core::Json;

namespace {

Json cpu(quint64 used, quint64 before, quint64 system, quint64 systemBefore, int online)
{
    return {{"cpu_stats", {{"cpu_usage", {{"total_usage", used}, {"percpu_usage", {1, 2, 3}}}},
                              {"system_cpu_usage", system}, {"online_cpus", online}}},
        {"precpu_stats", {{"cpu_usage", {{"total_usage", before}}}, {"system_cpu_usage", systemBefore}}}};
}

Json windows(quint64 used, const char *read)
{
    return {{"num_procs", 2}, {"read", read}, {"preread", "2025-03-01T10:00:00.0000001Z"},
        {"cpu_stats", {{"cpu_usage", {{"total_usage", used}}}}},
        {"precpu_stats", {{"cpu_usage", {{"total_usage", 1000}}}}},
        {"memory_stats", {{"privateworkingset", 77}}},
        {"storage_stats", {{"read_size_bytes", 5}, {"write_size_bytes", 6}}}};
}

} // namespace

class ContainerStatsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cpu_isShareOfTheSystem_data();
    void cpu_isShareOfTheSystem();
    void memory_leavesOutTheCache_data();
    void memory_leavesOutTheCache();
    void memoryPercent_isOfTheLimit();
    void network_isTheSumOfInterfaces();
    void blockIo_isSummedByFirstLetter();
    void counters_areExact();
    void windows_hasItsOwnRules();
    void nothing_isZero();
};

void ContainerStatsTest::cpu_isShareOfTheSystem_data()
{
    QTest::addColumn<QByteArray>("stats");
    QTest::addColumn<double>("percent");
    const auto row = [](const char *name, const Json &stats, double percent) {
        QTest::newRow(name) << QByteArray::fromStdString(stats.dump()) << percent;
    };
    row("half of one of two", cpu(150, 100, 1100, 1000, 2), 100.0);
    row("a tenth of four", cpu(110, 100, 1100, 1000, 4), 40.0);
    row("online unknown: as many as are listed", cpu(110, 100, 1100, 1000, 0), 30.0);
    row("container stands still", cpu(100, 100, 1100, 1000, 2), 0.0);
    row("container counted back", cpu(50, 100, 1100, 1000, 2), 0.0);
    row("system stands still", cpu(150, 100, 1000, 1000, 2), 0.0);
    row("system counted back", cpu(150, 100, 900, 1000, 2), 0.0);
    row("beyond 2^53", cpu(9007199254740995u, 9007199254740993u, 9007199254741003u, 9007199254740999u, 1),
        50.0);
    Json first = cpu(150, 0, 1100, 0, 2);
    first["precpu_stats"] = {{"cpu_usage", {{"total_usage", 0}}}};
    row("first sample", first, 0.0);
    first.erase("precpu_stats");
    row("no previous sample", first, 0.0);
}

void ContainerStatsTest::cpu_isShareOfTheSystem()
{
    QFETCH(QByteArray, stats);
    QTEST(domain::computeStats(json(stats.constData())).cpuPercent, "percent");
}

void ContainerStatsTest::memory_leavesOutTheCache_data()
{
    QTest::addColumn<QByteArray>("memory");
    QTest::addColumn<quint64>("used");
    QTest::newRow("cgroup v1") << QByteArray(R"({"usage":500,"stats":{"total_inactive_file":400}})")
                               << quint64(100);
    QTest::newRow("cgroup v2") << QByteArray(R"({"usage":500,"stats":{"inactive_file":400}})")
                               << quint64(100);
    QTest::newRow("v1 goes first")
        << QByteArray(R"({"usage":500,"stats":{"total_inactive_file":400,"inactive_file":1}})")
        << quint64(100);
    QTest::newRow("cache as large as all")
        << QByteArray(R"({"usage":500,"stats":{"inactive_file":500}})") << quint64(500);
    QTest::newRow("cache larger than all")
        << QByteArray(R"({"usage":500,"stats":{"total_inactive_file":501}})") << quint64(500);
    QTest::newRow("no details") << QByteArray(R"({"usage":500})") << quint64(500);
    QTest::newRow("null") << QByteArray("null") << quint64(0);
}

void ContainerStatsTest::memory_leavesOutTheCache()
{
    QFETCH(QByteArray, memory);
    QTEST(domain::computeStats({{"memory_stats", json(memory.constData())}}).memoryUsage, "used");
}

void ContainerStatsTest::memoryPercent_isOfTheLimit()
{
    const auto percent = [](const char *memory) {
        return domain::computeStats({{"memory_stats", json(memory)}}).memoryPercent;
    };
    QCOMPARE(percent(R"({"usage":100,"stats":{"inactive_file":30},"limit":100})"), 70.0);
    QCOMPARE(percent(R"({"usage":100,"limit":0})"), 0.0);
    QCOMPARE(percent(R"({"usage":100})"), 0.0);
}

void ContainerStatsTest::network_isTheSumOfInterfaces()
{
    const auto stats = domain::computeStats(
        json(R"({"networks":{"eth0":{"rx_bytes":10,"tx_bytes":1},"eth1":{"rx_bytes":20,"tx_bytes":2}}})"));
    QCOMPARE(stats.rxBytes, 30u);
    QCOMPARE(stats.txBytes, 3u);
    QCOMPARE(domain::computeStats(json("{}")).rxBytes, 0u);
}

void ContainerStatsTest::blockIo_isSummedByFirstLetter()
{
    const auto stats = domain::computeStats(json(R"({"blkio_stats":{"io_service_bytes_recursive":[
        {"op":"Read","value":1234},{"op":"read","value":4567},{"op":"Reads","value":14},
        {"op":"Write","value":123},{"op":"write","value":456},{"op":"Writes","value":14},
        {"op":"","value":1000},{"value":1000},{"op":"Total","value":9999}]}})"));
    QCOMPARE(stats.readBytes, 5815u);
    QCOMPARE(stats.writeBytes, 593u);
}

void ContainerStatsTest::counters_areExact()
{
    const auto stats = domain::computeStats(
        json(R"({"memory_stats":{"usage":18446744073709551615,"limit":9223372036854775807},
        "networks":{"a":{"rx_bytes":9007199254740993}},"pids_stats":{"current":12}})"));
    QCOMPARE(stats.memoryUsage, 18446744073709551615u);
    QCOMPARE(stats.memoryLimit, 9223372036854775807u);
    QCOMPARE(stats.rxBytes, 9007199254740993u);
    QCOMPARE(stats.pids, 12u);
    QCOMPARE(domain::computeStats(json(R"({"pids_stats":{"current":-1}})")).pids, 0u);
}

void ContainerStatsTest::windows_hasItsOwnRules()
{
    // A second has ten million intervals of 100 ns, on each of two processors.
    const auto stats = domain::computeStats(windows(1000 + 5'000'000, "2025-03-01T10:00:01.0000001Z"));
    QCOMPARE(stats.cpuPercent, 25.0);
    QCOMPARE(stats.memoryUsage, 77u);
    QCOMPARE(stats.readBytes, 5u);
    QCOMPARE(stats.writeBytes, 6u);
    QCOMPARE(domain::computeStats(windows(1010, "2025-03-01T10:00:00.0000011Z")).cpuPercent, 50.0);
    QCOMPARE(domain::computeStats(windows(2000, "2025-03-01T10:00:00.0000001Z")).cpuPercent, 0.0);
    QCOMPARE(domain::computeStats(windows(999, "2025-03-01T10:00:01.0000001Z")).cpuPercent, 0.0);
}

void ContainerStatsTest::nothing_isZero()
{
    for (const char *text :
        {"null", "{}", "[]", R"({"networks":[],"blkio_stats":null,"memory_stats":{"usage":"x"}})"}) {
        const auto stats = domain::computeStats(json(text));
        QCOMPARE(stats.cpuPercent, 0.0);
        QCOMPARE(stats.memoryUsage, 0u);
        QCOMPARE(stats.rxBytes + stats.txBytes + stats.readBytes + stats.writeBytes + stats.pids, 0u);
    }
}

QTEST_APPLESS_MAIN(ContainerStatsTest)
#include "tst_containerstats.moc"
