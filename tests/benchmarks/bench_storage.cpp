#include <ports/storage.h>
#include <storage/sqlitestorage.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace dockerauto;
using core::Json;
using ports::UnitOfWork;

namespace {

constexpr int rounds = 15;
constexpr int containers = 500;

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(60)), {}};
}

core::Timestamp at(qint64 milliseconds)
{
    return core::Timestamp(std::chrono::milliseconds(1'700'000'000'000 + milliseconds));
}

/// As much as a service of a compose project has.
Json configurationOf(int number)
{
    Json labels = Json::object();
    for (const char *name : {"config-hash", "container-number", "depends_on", "image", "oneoff", "project",
             "project.config_files", "project.working_dir", "service", "version"}) {
        labels["com.docker.compose." + std::string(name)] =
            "a value of common length " + std::to_string(number);
    }
    for (const char *name : {"title", "description", "url", "source", "version", "revision", "created"}) {
        labels["org.opencontainers.image." + std::string(name)] =
            "https://example.org/" + std::to_string(number);
    }
    return {{"project", "shop"}, {"service", "web"}, {"reference", "registry.example.org/shop/web:1.25"},
        {"labels", labels},
        {"ports", {{{"containerPort", 80}, {"protocol", "tcp"}, {"hostIp", "0.0.0.0"}, {"hostPort", 8080}}}},
        {"createdAt", "2026-01-01T00:00:00.000Z"}, {"startedAt", "2026-01-01T00:00:00.000Z"}};
}

ports::ContainerRecord containerOf(int number)
{
    ports::ContainerRecord record;
    const QString name = QStringLiteral("shop-web-%1").arg(number, 4, 10, QLatin1Char('0'));
    record.id = core::ContainerId(name);
    record.host = core::HostId(QStringLiteral("local"));
    record.engineId = core::EngineContainerId(QString(64, u'a'));
    record.name = name;
    record.image = QStringLiteral("registry.example.org/shop/web");
    record.tag = QStringLiteral("1.25");
    record.digest = QStringLiteral("sha256:") + QString(64, u'b');
    record.imageId = QStringLiteral("sha256:") + QString(64, u'c');
    record.status = QStringLiteral("running");
    record.configuration = configurationOf(number);
    record.createdAt = at(number);
    record.updatedAt = at(number);
    return record;
}

ports::DecisionRecord decisionOf(int number)
{
    Json refused = Json::array();
    for (int i = 0; i < 5; ++i) {
        refused.push_back(
            {{"tag", "2.0." + std::to_string(i)}, {"why", "a larger step than the rules allow"}});
    }
    return {.decision = core::Decision::HeldBack,
        .reason = QStringLiteral("1.26 is there, and must be known for 3 days first"),
        .possibleAt = at(2),
        .checkedAt = at(number),
        .candidateTag = QStringLiteral("1.26"),
        .candidateDigest = QStringLiteral("sha256:") + QString(64, u'd'),
        .bump = core::Bump::Minor,
        .heldBy = core::Hold::MinimumAge,
        .detail = {{"refused", refused}, {"firstSeenAt", "2026-01-01T00:00:00.000Z"}}};
}

} // namespace

class BenchStorage : public QObject
{
    Q_OBJECT

private:
    /// Prints the medians of what `work` takes, in milliseconds: by the clock, and of this process' processor
    /// time, which other work on the machine does not change.
    template <class Work>
    void timed(const char *what, Work work)
    {
        std::vector<double> wall;
        std::vector<double> cpu;
        for (int round = 0; round < rounds; ++round) {
            const double before = processorTime();
            QElapsedTimer timer;
            timer.start();
            const core::Result<> done = work();
            wall.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            cpu.push_back(processorTime() - before);
            QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
        }
        std::ranges::sort(wall);
        std::ranges::sort(cpu);
        std::printf("  %-52s %7.2f %7.2f\n", what, wall[rounds / 2], cpu[rounds / 2]);
    }
    static double processorTime()
    {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

private Q_SLOTS:
    void storage_ofFiveHundredContainers()
    {
        QTemporaryDir folder;
        auto opened = storage::SqliteStorage::open(folder.filePath(QStringLiteral("bench.db")));
        QVERIFY(opened);
        ports::Storage &storage = **opened;
        const core::HostId local(QStringLiteral("local"));
        std::vector<ports::ContainerRecord> records;
        for (int i = 0; i < containers; ++i) {
            records.push_back(containerOf(i));
        }
        QVERIFY(storage.write(
            [&](UnitOfWork &unit) {
                return unit.hosts().save(
                    {local, QStringLiteral("here"), QStringLiteral("unix://"), {}, at(0)});
            },
            soon()));
        std::printf("\n%d containers with %zu bytes of configuration each, median of %d, ms: time, CPU\n",
            containers, core::writeJson(records[0].configuration).size(), rounds);
        timed("saveObserved of all, one transaction", [&] {
            return storage.write(
                [&](UnitOfWork &unit) -> core::Result<> {
                    for (const auto &record : records) {
                        DOCKERAUTO_TRY(unit.containers().saveObserved(record));
                    }
                    return {};
                },
                soon());
        });
        timed("saveDecision of all, one transaction", [&] {
            return storage.write(
                [&](UnitOfWork &unit) -> core::Result<> {
                    for (int i = 0; i < containers; ++i) {
                        DOCKERAUTO_TRY(unit.containers().saveDecision(
                            records[static_cast<std::size_t>(i)].id, decisionOf(i)));
                    }
                    return {};
                },
                soon());
        });
        timed("saveSighting of as many versions, one transaction", [&] {
            return storage.write(
                [&](UnitOfWork &unit) -> core::Result<> {
                    for (int i = 0; i < containers; ++i) {
                        DOCKERAUTO_TRY(
                            unit.candidates().saveSighting({QStringLiteral("example.org/%1").arg(i),
                                QStringLiteral("1.26"), QStringLiteral("sha256:d"), at(i), std::nullopt}));
                    }
                    return {};
                },
                soon());
        });
        timed("ofHost", [&] {
            return storage.read(
                [&](UnitOfWork &unit) -> core::Result<> {
                    DOCKERAUTO_TRY(unit.containers().ofHost(local));
                    return {};
                },
                soon());
        });
        timed("list, one page of all", [&] {
            return storage.read(
                [&](UnitOfWork &unit) -> core::Result<> {
                    DOCKERAUTO_TRY(unit.containers().list({}, {}, containers));
                    return {};
                },
                soon());
        });
        timed("holds of each, one transaction", [&] {
            return storage.read(
                [&](UnitOfWork &unit) -> core::Result<> {
                    for (const auto &record : records) {
                        DOCKERAUTO_TRY(unit.candidates().holds(record.id));
                    }
                    return {};
                },
                soon());
        });
        std::vector<std::string> texts;
        for (int i = 0; i < containers; ++i) {
            texts.push_back(core::writeJson(records[static_cast<std::size_t>(i)].configuration));
            texts.push_back(core::writeJson(decisionOf(i).detail));
        }
        timed("of ofHost and list: reading the JSON alone", [&]() -> core::Result<> {
            for (const std::string &text : texts) {
                DOCKERAUTO_TRY(core::parsePeerJson(text));
            }
            return {};
        });
        std::fflush(stdout);
    }
};

QTEST_GUILESS_MAIN(BenchStorage)
#include "bench_storage.moc"
