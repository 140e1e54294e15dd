#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/updates/versionkeeper.h>
#include <testsupport/carefakes.h>
#include <testsupport/fakeclock.h>
#include <testsupport/fakeengine.h>
#include <testsupport/memorystorage.h>

#include <QTest>

using namespace dockerauto;
using core::Json;
using core::UpdateStatus;
using testsupport::FakeEngine;

/// A container `c1` that has been updated from v1 to v2 to v3 and so on; the last one runs.
class TestVersionKeeper : public QObject
{
    Q_OBJECT

private:
    static core::CallContext soon() { return {core::Deadline::in(std::chrono::seconds(20)), {}}; }
    static QString version(int number) { return QStringLiteral("sha256:v%1").arg(number); }
    static QString updateId(int number) { return QStringLiteral("u%1").arg(number); }

    struct Bench
    {
        explicit Bench(int updates = 5, int keep = 2)
            : engine(std::make_shared<FakeEngine>(crash))
            , feed(clock)
            , hosts(storage, feed, clock,
                  [this](const ports::HostRecord &) -> core::Result<application::EnginePointer> {
                      return engine;
                  })
            , snapshots(storage, archives, fileSystems, clock)
            , keeper(storage, hosts, snapshots)
        {
            for (int i = 1; i <= updates + 1; ++i) {
                const QString name = QStringLiteral("demo:%1").arg(i);
                engine->publish(name, {.id = version(i), .digest = version(i)});
                // Every image was on the host once.
                engine->removeBehindTheBack(engine->run(QStringLiteral("web"), name));
            }
            engine->run(QStringLiteral("web"), QStringLiteral("demo:%1").arg(updates + 1));
            for (int i = 1; i <= updates; ++i) {
                save(update(i, keep));
            }
            [this] { QVERIFY(hosts.start(QStringLiteral("unix:///fake"), soon())); }();
            [this] { QTRY_VERIFY(hosts.engine(core::HostId(QStringLiteral("local")))); }();
        }
        ~Bench() { hosts.stop(); }

        static ports::UpdateRecord update(int number, int keep, const char *container = "c1")
        {
            ports::UpdateRecord record;
            record.id = core::UpdateId(updateId(number));
            record.container = core::ContainerId(QString::fromUtf8(container));
            record.host = core::HostId(QStringLiteral("local"));
            record.status = UpdateStatus::Succeeded;
            record.from.imageId = version(number);
            record.to.imageId = version(number + 1);
            record.createdAt = core::Timestamp(std::chrono::minutes(number));
            record.care = Json{{"keepVersions", keep}};
            record.restorePoint = Json{{"imageId", version(number)}};
            return record;
        }
        void save(const ports::UpdateRecord &record)
        {
            QVERIFY(
                storage.write([&](ports::UnitOfWork &work) { return work.updates().save(record); }, soon()));
        }
        void change(int number, const std::function<void(ports::UpdateRecord &)> &how)
        {
            auto record = storage.state().updates.at(core::UpdateId(updateId(number)));
            how(record);
            save(record);
        }
        core::Result<> tidy() { return keeper.tidy(core::ContainerId(QStringLiteral("c1")), soon()); }
        /// `1 2 3`: the updates that can be rolled back.
        QString points() const
        {
            QStringList numbers;
            for (const auto &[id, record] : storage.state().updates) {
                if (record.hasRestorePoint) {
                    numbers << id.text().mid(1);
                }
            }
            return numbers.join(u' ');
        }
        QString images() const
        {
            QStringList numbers;
            for (int i = 1; i < 10; ++i) {
                if (engine->hasImage(version(i))) {
                    numbers << QString::number(i);
                }
            }
            return numbers.join(u' ');
        }
        int removals() const
        {
            return static_cast<int>(std::ranges::count(engine->calls(), QStringLiteral("removeImage")));
        }

        testsupport::Crash crash;
        std::shared_ptr<FakeEngine> engine;
        testsupport::MemoryStorage storage;
        testsupport::FakeClock clock;
        testsupport::MemoryArchives archives;
        testsupport::NoFileSystemSnapshots fileSystems;
        application::EventFeed feed;
        application::HostService hosts;
        application::VolumeSnapshots snapshots;
        application::VersionKeeper keeper;
    };

private Q_SLOTS:
    void tidy_keepsTheNewestVersions_data()
    {
        QTest::addColumn<int>("keep");
        QTest::addColumn<QString>("points");
        QTest::addColumn<QString>("images");
        QTest::newRow("two") << 2 << QStringLiteral("4 5") << QStringLiteral("4 5 6");
        QTest::newRow("none") << 0 << QString() << QStringLiteral("6");
        QTest::newRow("all") << 5 << QStringLiteral("1 2 3 4 5") << QStringLiteral("1 2 3 4 5 6");
        QTest::newRow("more than there are")
            << 9 << QStringLiteral("1 2 3 4 5") << QStringLiteral("1 2 3 4 5 6");
    }
    void tidy_keepsTheNewestVersions()
    {
        QFETCH(int, keep);
        Bench bench(5, keep);
        QVERIFY(bench.tidy());
        QTEST(bench.points(), "points");
        QTEST(bench.images(), "images");
        const int removals = bench.removals();
        QVERIFY(bench.tidy());
        QCOMPARE(bench.removals(), removals);
    }

    void tidy_goesByTheNewestUpdate_andThreeWhenItSaysNothing()
    {
        Bench bench(5, 1);
        bench.change(5, [](auto &record) { record.care = Json::object(); });
        QVERIFY(bench.tidy());
        QCOMPARE(bench.points(), QStringLiteral("3 4 5"));
    }

    void tidy_removesTheSnapshotsOfOlderVersions()
    {
        Bench bench(3, 1);
        QVERIFY(bench.storage.write(
            [](ports::UnitOfWork &work) -> core::Result<> {
                for (int i = 1; i <= 3; ++i) {
                    ports::SnapshotRecord record;
                    record.id = QStringLiteral("s%1").arg(i);
                    record.update = core::UpdateId(updateId(i));
                    record.reference = record.id;
                    DOCKERAUTO_TRY(work.snapshots().save(record));
                }
                return {};
            },
            soon()));
        QVERIFY(bench.tidy());
        const auto left = bench.storage.state().snapshots;
        QCOMPARE(left.size(), 1U);
        QCOMPARE(left.front().id, QStringLiteral("s3"));
    }

    void tidy_leavesImages_thatAContainerWasMadeFrom()
    {
        Bench bench(5, 1);
        // Stopped ones count, too.
        bench.engine->run(QStringLiteral("other"), QStringLiteral("demo:2"));
        QVERIFY(bench.tidy());
        QCOMPARE(bench.images(), QStringLiteral("2 5 6"));
        QCOMPARE(bench.points(), QStringLiteral("5"));
    }

    void tidy_leavesImages_thatAnotherContainerMayGoBackTo()
    {
        Bench bench(5, 1);
        auto other = Bench::update(1, 3, "c2");
        other.id = core::UpdateId(QStringLiteral("u9"));
        bench.save(other);
        auto unfinished = Bench::update(3, 3, "c3");
        unfinished.id = core::UpdateId(QStringLiteral("u8"));
        unfinished.status = UpdateStatus::Scheduled;
        unfinished.restorePoint = nullptr;
        bench.save(unfinished);
        QVERIFY(bench.tidy());
        // 1 by the other update, 3 and 4 by the one to come.
        QCOMPARE(bench.images(), QStringLiteral("1 3 4 5 6"));
        QCOMPARE(bench.points(), QStringLiteral("5 9"));
    }

    void tidy_touchesNothing_ofAnUpdateThatIsWatched()
    {
        Bench bench(3, 0);
        bench.change(2, [](auto &record) { record.observation = Json{{"state", "watching"}}; });
        QVERIFY(bench.tidy());
        QCOMPARE(bench.points(), QStringLiteral("2"));
        QCOMPARE(bench.images(), QStringLiteral("2 4"));
        bench.change(2, [](auto &record) { record.observation = Json{{"state", "passed"}}; });
        QVERIFY(bench.tidy());
        QCOMPARE(bench.points(), QString());
        QCOMPARE(bench.images(), QStringLiteral("4"));
    }

    void tidy_touchesNothing_ofAnUpdateThatIsBeingRolledBack()
    {
        Bench bench(3, 0);
        auto rollback = Bench::update(7, 0);
        rollback.kind = core::UpdateKind::Rollback;
        rollback.status = UpdateStatus::Running;
        rollback.rollbackOf = core::UpdateId(updateId(1));
        rollback.restorePoint = nullptr;
        bench.save(rollback);
        QVERIFY(bench.tidy());
        QCOMPARE(bench.points(), QStringLiteral("1"));
        QVERIFY(bench.engine->hasImage(version(1)));
    }

    void tidy_forgetsWhatWasRolledBack()
    {
        Bench bench(3, 3);
        bench.change(3, [](auto &record) {
            record.status = UpdateStatus::RolledBack;
            record.rolledBackBy = core::UpdateId(QStringLiteral("u7"));
        });
        QVERIFY(bench.tidy());
        QCOMPARE(bench.points(), QStringLiteral("1 2"));
    }

    void tidy_triesAgain_whenTheEngineRefuses()
    {
        Bench bench(2, 1);
        bench.engine->failOnce(QStringLiteral("removeImage"),
            {core::ErrorCode::Conflict, QStringLiteral("image is referenced in multiple repositories"), {},
                {}});
        QVERIFY(bench.tidy());
        QCOMPARE(bench.images(), QStringLiteral("1 2 3"));
        QCOMPARE(bench.points(), QStringLiteral("1 2"));
        QVERIFY(bench.tidy());
        QCOMPARE(bench.images(), QStringLiteral("2 3"));
        QCOMPARE(bench.points(), QStringLiteral("2"));
    }

    void tidy_isDone_whenTheImageIsGoneAlready()
    {
        Bench bench(2, 1);
        bench.engine->loseImage(version(1));
        QVERIFY(bench.tidy());
        QCOMPARE(bench.points(), QStringLiteral("2"));
    }

    void tidy_tellsWhatWentWrong_andLosesNothing()
    {
        Bench bench(2, 1);
        bench.engine->failOnce(
            QStringLiteral("removeImage"), {core::ErrorCode::Internal, QStringLiteral("broken"), {}, {}});
        const auto failed = bench.tidy();
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, core::ErrorCode::Internal);
        QCOMPARE(bench.points(), QStringLiteral("1 2"));
    }

    void tidy_isNothing_withoutUpdates()
    {
        Bench bench(0);
        QVERIFY(bench.tidy());
        QCOMPARE(bench.removals(), 0);
    }
};

QTEST_GUILESS_MAIN(TestVersionKeeper)
#include "tst_versionkeeper.moc"
