#include "updates/program.h"

using namespace dockerauto;
using namespace dockerauto::tests;

class TestContainerSync : public QObject
{
    Q_OBJECT

private:
    struct Bench
    {
        Bench()
            : feed(world.clock)
            , hosts(world.storage, feed, world.clock,
                  [this](const ports::HostRecord &) -> core::Result<application::EnginePointer> {
                      return world.engine;
                  })
            , sync(world.storage, hosts, images, feed, world.clock,
                  {.removalGrace = std::chrono::milliseconds(0), .fullSyncEvery = std::chrono::hours(1)})
        {
            [this] { QVERIFY(hosts.start(QStringLiteral("unix:///fake"), soon())); }();
            [this] { QTRY_VERIFY(hosts.engine(local)); }();
        }
        ~Bench()
        {
            sync.stop();
            hosts.stop();
        }
        std::vector<ports::ContainerRecord> known()
        {
            std::vector<ports::ContainerRecord> records;
            const auto read = world.storage.read(
                [&](ports::UnitOfWork &work) -> core::Result<> {
                    DOCKERAUTO_TRY_ASSIGN(all, work.containers().ofHost(local));
                    records = std::move(all);
                    return {};
                },
                soon());
            [&] { QVERIFY(read); }();
            return records;
        }
        int imageInspects() const { return world.engine->imageInspects(); }
        void setPolicy(const core::ContainerId &id, core::UpdatePolicy policy)
        {
            QVERIFY(world.storage.write(
                [&](ports::UnitOfWork &work) -> core::Result<> {
                    DOCKERAUTO_TRY(work.containers().saveOwnRules(
                        id, core::Json{{"updatePolicy", core::toText(policy)}}));
                    return work.containers().saveResolved(
                        id, policy, core::UpdateStrategy::Rolling, QStringLiteral("this container"));
                },
                soon()));
        }

        core::HostId local{QStringLiteral("local")};
        World world;
        application::EventFeed feed;
        application::HostService hosts;
        application::ImageCache images;
        application::ContainerSync sync;
    };

private Q_SLOTS:
    void resync_knowsWhatIsThere()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        const auto known = bench.known();
        QCOMPARE(known.size(), 1U);
        QCOMPARE(known.front().name, QStringLiteral("demo"));
        QCOMPARE(known.front().image, QStringLiteral("127.0.0.1:5000/demo"));
        QCOMPARE(known.front().tag, QStringLiteral("latest"));
        QCOMPARE(known.front().digest, oldDigest);
        QCOMPARE(known.front().status, QStringLiteral("running"));
        QCOMPARE(known.front().policy, core::UpdatePolicy::Manual);
    }

    void refresh_keepsTheIdentity_whenTheContainerIsMadeAnew()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        const auto before = bench.known().front();
        bench.setPolicy(before.id, core::UpdatePolicy::Pinned);
        // As `docker compose up` does: the new one under another name, the old one away, then the rename.
        const QString fresh = bench.world.engine->run(QStringLiteral("1234_demo"), demo);
        QVERIFY(bench.sync.refresh(bench.local, fresh, soon()));
        QCOMPARE(bench.known().size(), 2U);
        bench.world.engine->removeBehindTheBack(bench.world.oldId);
        QVERIFY(bench.world.engine->renameContainer(fresh, QStringLiteral("demo"), soon()));
        QVERIFY(bench.sync.refresh(bench.local, fresh, soon()));
        const auto after = bench.known();
        QCOMPARE(after.size(), 1U);
        QCOMPARE(after.front().id, before.id);
        QCOMPARE(after.front().engineId.text(), fresh);
        QCOMPARE(after.front().policy, core::UpdatePolicy::Pinned);
    }

    void refresh_followsARename()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        const auto before = bench.known().front();
        QVERIFY(bench.world.engine->renameContainer(bench.world.oldId, QStringLiteral("shop"), soon()));
        QVERIFY(bench.sync.refresh(bench.local, bench.world.oldId, soon()));
        QCOMPARE(bench.known().size(), 1U);
        QCOMPARE(bench.known().front().name, QStringLiteral("shop"));
        QCOMPARE(bench.known().front().id, before.id);
    }

    void refresh_ignoresWhatAnUpdateSetsAside()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QVERIFY(bench.world.engine->renameContainer(
            bench.world.oldId, QStringLiteral("demo.old-0123456789"), soon()));
        QVERIFY(bench.sync.refresh(bench.local, bench.world.oldId, soon()));
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(bench.known().size(), 1U);
        QCOMPARE(bench.known().front().name, QStringLiteral("demo"));
    }

    void sync_forgetsWhatIsGone()
    {
        Bench bench;
        bench.sync.start();
        QVERIFY(bench.sync.resync(bench.local, soon()));
        std::atomic<int> removed = 0;
        const auto subscription =
            bench.feed.subscribe({}, std::nullopt, [&removed](const contracts::Event &event) {
                removed += event.type == contracts::events::containerRemoved ? 1 : 0;
            });
        bench.world.engine->removeBehindTheBack(bench.world.oldId);
        QVERIFY(bench.sync.refresh(bench.local, bench.world.oldId, soon()));
        QTRY_VERIFY(bench.known().empty());
        QCOMPARE(removed, 1);
    }

    void resync_resolvesTheRules_atFirstSight()
    {
        Bench bench;
        bench.world.engine->run(
            QStringLiteral("shop"), demo, {{"Labels", {{"docker-auto.policy", "automatic"}}}});
        QVERIFY(bench.sync.resync(bench.local, soon()));
        const auto known = bench.known();
        QCOMPARE(known.size(), 2U);
        QCOMPARE(known[1].name, QStringLiteral("shop"));
        QCOMPARE(known[1].policy, core::UpdatePolicy::Automatic);
        QCOMPARE(known[1].policySource, QStringLiteral("label docker-auto.policy"));
    }

    void refresh_tellsOtherRules_whenAContainerIsMadeAnewWithOtherLabels()
    {
        Bench bench;
        std::vector<core::ContainerId> told;
        bench.sync.whenRulesChange([&told](const std::vector<core::ContainerId> &ids) {
            told.insert(told.end(), ids.begin(), ids.end());
        });
        QVERIFY(bench.sync.resync(bench.local, soon()));
        const auto before = bench.known().front();
        const auto makeAnew = [&bench](const core::Json &labels) {
            bench.world.engine->removeBehindTheBack(bench.known().front().engineId.text());
            const QString id = bench.world.engine->run(QStringLiteral("demo"), demo, {{"Labels", labels}});
            QVERIFY(bench.sync.refresh(bench.local, id, soon()));
        };
        // Labels that are about something else are no news.
        makeAnew(core::Json{{"team", "b"}});
        QVERIFY(told.empty());
        makeAnew(core::Json{{"team", "b"}, {"docker-auto.level", "none"}});
        QCOMPARE(told.size(), 1U);
        QCOMPARE(told.front(), before.id);
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(told.size(), 1U);
    }

    void sync_keepsWhatContainersInherit_withOneLookAtEachImage()
    {
        Bench bench;
        bench.world.engine->run(QStringLiteral("second"), demo);
        bench.world.engine->run(QStringLiteral("third"), demo);
        QVERIFY(bench.sync.resync(bench.local, soon()));
        const auto kept = bench.world.storage.state().imageConfigs;
        // Two run the newer image that has been published since.
        QCOMPARE(kept.size(), 2U);
        const core::Json &old = kept.at(QStringLiteral("sha256:old")).image;
        QCOMPARE(core::textOf(old, "Id"), QStringLiteral("sha256:old"));
        QVERIFY(core::memberOf(old, "Config") ==
                (core::Json{{"Env", {"VERSION=1", "PATH=/bin"}}, {"Cmd", {"serve", "--all"}}}));
        QCOMPARE(bench.imageInspects(), 2);

        const int commits = bench.world.storage.commits();
        QVERIFY(bench.sync.refresh(bench.local, bench.world.oldId, soon()));
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(bench.imageInspects(), 2);
        // One for what was observed, none for the images.
        QCOMPARE(bench.world.storage.commits(), commits + 2);
    }

    void sync_keepsTheImageOfAContainer_whenItChanges()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(bench.world.storage.state().imageConfigs.size(), 1U);
        bench.world.engine->removeBehindTheBack(bench.world.oldId);
        const QString fresh = bench.world.engine->run(QStringLiteral("demo"), demo);
        QVERIFY(bench.sync.refresh(bench.local, fresh, soon()));
        QVERIFY(bench.world.storage.state().imageConfigs.contains(QStringLiteral("sha256:new")));
        QCOMPARE(bench.imageInspects(), 2);
    }

    void sync_keepsImagesOfContainers_thatWereKnownBefore()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        // As after an upgrade: the container is known, its image is not.
        QVERIFY(bench.world.storage.write(
            [&](ports::UnitOfWork &work) -> core::Result<> {
                DOCKERAUTO_TRY_ASSIGN(known, work.containers().ofHost(bench.local));
                DOCKERAUTO_TRY(work.containers().remove(known.front().id));
                DOCKERAUTO_TRY(work.imageConfigs().removeUnused());
                return work.containers().saveObserved(known.front());
            },
            soon()));
        QVERIFY(bench.world.storage.state().imageConfigs.empty());
        application::ContainerSync later(
            bench.world.storage, bench.hosts, bench.images, bench.feed, bench.world.clock, {});
        QVERIFY(later.resync(bench.local, soon()));
        QCOMPARE(bench.world.storage.state().imageConfigs.size(), 1U);
    }

    void sync_goesOn_whenAnImageCanNotBeKept()
    {
        Bench bench;
        int commit = 0;
        bench.world.storage.setFault([&commit]() -> core::Result<> {
            // The second is the one with the images.
            return ++commit == 2 ? core::Result<>(core::fail(
                                       core::ErrorCode::Unavailable, QStringLiteral("The disk is full")))
                                 : core::Result<>();
        });
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(bench.known().size(), 1U);
        QVERIFY(bench.world.storage.state().imageConfigs.empty());
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(bench.world.storage.state().imageConfigs.size(), 1U);
    }

    void sync_forgetsImages_whenAnEngineIsFound()
    {
        Bench bench;
        QVERIFY(bench.world.storage.write(
            [](ports::UnitOfWork &work) {
                return work.imageConfigs().save(
                    {QStringLiteral("sha256:unused"), core::Json::object(), core::Timestamp()});
            },
            soon()));
        bench.sync.start();
        bench.sync.observer().connected(bench.local, *bench.world.engine, {});
        QTRY_VERIFY(!bench.world.storage.state().imageConfigs.contains(QStringLiteral("sha256:unused")));
        QVERIFY(bench.world.storage.state().imageConfigs.contains(QStringLiteral("sha256:old")));
    }

    void change_isToldOnce()
    {
        Bench bench;
        QVERIFY(bench.sync.resync(bench.local, soon()));
        std::atomic<int> changed = 0;
        const auto subscription =
            bench.feed.subscribe({}, std::nullopt, [&changed](const contracts::Event &event) {
                changed += event.type == contracts::events::containerChanged ? 1 : 0;
            });
        QVERIFY(bench.sync.resync(bench.local, soon()));
        QCOMPARE(changed, 0);
        QVERIFY(bench.world.engine->stopContainer(bench.world.oldId, {}, soon()));
        QVERIFY(bench.sync.refresh(bench.local, bench.world.oldId, soon()));
        QVERIFY(bench.sync.refresh(bench.local, bench.world.oldId, soon()));
        QCOMPARE(changed, 1);
    }
};

QTEST_GUILESS_MAIN(TestContainerSync)
#include "tst_containersync.moc"
