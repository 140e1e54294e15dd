#pragma once

#include <application/containers/containersync.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/updates/updateservice.h>
#include <testsupport/carefakes.h>
#include <testsupport/fakeclock.h>
#include <testsupport/fakeengine.h>
#include <testsupport/memorystorage.h>
#include <testsupport/nocredentials.h>

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <optional>

namespace dockerauto::tests {

using core::UpdateStatus;
using testsupport::Crash;
using testsupport::FakeEngine;

inline const QString demo = QStringLiteral("127.0.0.1:5000/demo:latest");
inline const QString oldDigest = QStringLiteral("sha256:%1").arg(QString(64, u'a'));
inline const QString newDigest = QStringLiteral("sha256:%1").arg(QString(64, u'b'));

inline core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(20)), {}};
}

/// What outlives a program: the engine with its containers, and what is on disk.
struct World
{
    explicit World(FakeEngine::Fate newFate = FakeEngine::Fate::Runs, bool paused = false,
        const core::Json &hostConfig = {{"RestartPolicy",
            {{"Name", "unless-stopped"}, {"MaximumRetryCount", 0}}}})
        : engine(std::make_shared<FakeEngine>(crash))
    {
        engine->publish(
            demo, {.id = QStringLiteral("sha256:old"),
                      .digest = oldDigest,
                      .config = {{"Env", {"VERSION=1", "PATH=/bin"}}, {"Cmd", {"serve", "--all"}}}});
        oldId = engine->run(QStringLiteral("demo"), demo,
            {{"Env", {"OWN=yes"}}, {"Labels", {{"team", "a"}}}, {"HostConfig", hostConfig}});
        if (paused) {
            (void)engine->pauseContainer(oldId, soon());
        }
        engine->publish(
            demo, {.id = QStringLiteral("sha256:new"),
                      .digest = newDigest,
                      .config = {{"Env", {"VERSION=2", "PATH=/bin"}}, {"Cmd", {"serve", "--all"}}},
                      .fate = newFate});
    }

    [[nodiscard]] std::optional<ports::UpdateRecord> update()
    {
        std::optional<ports::UpdateRecord> found;
        const auto read = storage.read(
            [&](ports::UnitOfWork &work) -> core::Result<> {
                DOCKERAUTO_TRY_ASSIGN(records, work.updates().list({}, std::nullopt, 1));
                if (!records.empty()) {
                    found = records.front();
                }
                return {};
            },
            soon());
        return read ? found : std::nullopt;
    }
    [[nodiscard]] std::optional<ports::ContainerRecord> container()
    {
        std::optional<ports::ContainerRecord> found;
        const auto read = storage.read(
            [&](ports::UnitOfWork &work) -> core::Result<> {
                DOCKERAUTO_TRY_ASSIGN(records, work.containers().list({}, std::nullopt, 1));
                if (!records.empty()) {
                    found = records.front();
                }
                return {};
            },
            soon());
        return read ? found : std::nullopt;
    }

    Crash crash;
    std::shared_ptr<FakeEngine> engine;
    testsupport::MemoryStorage storage;
    testsupport::FakeClock clock;
    testsupport::MemoryArchives archives;
    bool hooksEnabled = false;
    QString oldId;
};

/// A run of the program: its destructor is its death.
struct Program
{
    explicit Program(World &in)
        : world(in)
        , crashing(in.storage, in.crash)
        , feed(in.clock)
        , hosts(in.storage, feed, in.clock,
              [&in](const ports::HostRecord &) -> core::Result<application::EnginePointer> {
                  return in.engine;
              })
        , sync(in.storage, hosts, images, feed, in.clock, {})
        , snapshots(crashing, in.archives, fileSystems, in.clock)
        , prober(network)
        , self(identity)
        , updates({crashing, hosts, images, memory, credentials, sync, snapshots, prober, self, feed,
                      in.clock, [&in] { return in.hooksEnabled; }},
              {})
    {
        hosts.addObserver(updates.observer());
        if (!hosts.start(QStringLiteral("unix:///fake"), soon())) {
            qFatal("the hosts can't be read");
        }
    }
    ~Program()
    {
        updates.stop();
        hosts.stop();
    }

    /// Looks every millisecond: the simulation makes thousands of programs.
    [[nodiscard]] bool connected() const
    {
        QElapsedTimer timer;
        timer.start();
        while (!hosts.engine(core::HostId(QStringLiteral("local"))) && timer.elapsed() < 10'000) {
            QTest::qWait(1);
        }
        return hosts.engine(core::HostId(QStringLiteral("local"))).has_value();
    }
    /// Makes the container known, with a newer image found.
    void discover()
    {
        QVERIFY(connected());
        QVERIFY(sync.resync(core::HostId(QStringLiteral("local")), soon()));
        const auto known = world.container();
        QVERIFY(known);
        ports::DecisionRecord decision;
        decision.decision = core::Decision::UpdateAvailable;
        decision.candidateTag = QStringLiteral("latest");
        decision.candidateDigest = newDigest;
        QVERIFY(world.storage.write(
            [&](ports::UnitOfWork &work) { return work.containers().saveDecision(known->id, decision); },
            soon()));
    }
    core::Result<contracts::StartedUpdates> start(const application::StartOptions &options = {})
    {
        return updates.start({world.container()->id}, options, QStringLiteral("test"), soon());
    }
    /// Waits until the update has come to its end or to the attention of a person, or the program is dead.
    bool settle() const
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 10'000) {
            const auto update = world.update();
            const bool over =
                update && (core::isFinal(update->status) || update->status == UpdateStatus::Parked);
            if (over || world.crash.dead()) {
                return true;
            }
            QTest::qWait(1);
        }
        return false;
    }

    World &world;
    testsupport::CrashingStorage crashing;
    application::EventFeed feed;
    application::HostService hosts;
    application::ImageCache images;
    application::ContainerMemory memory{world.clock};
    testsupport::NoCredentials credentials;
    application::ContainerSync sync;
    testsupport::NoFileSystemSnapshots fileSystems;
    testsupport::ScriptedProbes network;
    testsupport::FixedIdentity identity;
    application::VolumeSnapshots snapshots;
    application::Prober prober;
    application::SelfUpdate self;
    application::UpdateService updates;
};

} // namespace dockerauto::tests
