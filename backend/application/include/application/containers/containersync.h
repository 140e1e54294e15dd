#pragma once

#include <application/containers/imagecache.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <core/clock.h>
#include <ports/storage.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace dockerauto::application {

class RuleBook;

/// Keeps the stored containers in step with the engines: by events, by a full comparison whenever the stream
/// of events was interrupted, and by another one now and then. Works on a thread of its own. Thread-safe.
///
/// A container keeps its identity (id, policy, history) over an update and over a `docker compose up` that
/// makes it anew: what counts is its name on its host.
///
/// What a container inherits from its image is written down when it is first seen with it, so that it can be
/// told when the image is gone.
class ContainerSync
{
public:
    struct Settings
    {
        /// How long a container that vanished is kept, in case one of the same name comes back at once.
        std::chrono::milliseconds removalGrace{5'000};
        std::chrono::milliseconds fullSyncEvery{300'000};
    };

    ContainerSync(ports::Storage &storage, HostService &hosts, ImageCache &images, EventFeed &feed,
        const core::Clock &clock, const Settings &settings);
    ~ContainerSync();
    ContainerSync(const ContainerSync &) = delete;
    ContainerSync &operator=(const ContainerSync &) = delete;

    /// Called with the containers whose labels say something else than before, since what was decided for
    /// them rests on other rules. Once, before the start; must return at once.
    void whenRulesChange(std::function<void(const std::vector<core::ContainerId> &)> changed);
    /// Called with containers that are new or run another image, so that nothing is decided for them yet.
    /// Once, before the start; must return at once.
    void whenUndecided(std::function<void(const std::vector<core::ContainerId> &)> undecided);
    /// What HostService tells.
    [[nodiscard]] HostService::Observer observer();
    void start();
    void stop();

    /// Brings one container up to date on the calling thread.
    core::Result<> refresh(
        const core::HostId &host, const QString &idOrName, const core::CallContext &context);
    /// Brings all containers of a host up to date on the calling thread.
    core::Result<> resync(const core::HostId &host, const core::CallContext &context);
    /// Tells everybody how the stored container is now.
    core::Result<> announce(const core::ContainerId &id, const core::CallContext &context);
    /// The same for one whose record is at hand.
    void announce(const ports::ContainerRecord &stored);

private:
    struct Stored
    {
        std::vector<contracts::Container> changed;
        /// Those for which other rules apply now.
        std::vector<core::ContainerId> otherRules;
        /// Those for which nothing is decided.
        std::vector<core::ContainerId> undecided;
    };
    struct Task
    {
        core::HostId host;
        /// Empty: all containers of the host.
        QString engineId;
    };
    struct Observed
    {
        ports::ContainerRecord record;
        /// GET /images/{id}/json of its image; null when the engine does not have it any more.
        core::Json image;
    };
    struct Known
    {
        core::ContainerId id;
        QString engineId;
    };
    using KnownByName = std::map<QString, Known>;

    void run(const std::stop_token &stop);
    void carryOut(const Task &task, const std::stop_token &stop);
    core::Result<> load(ports::UnitOfWork &work, const core::HostId &host);
    core::Result<Stored> store(
        const core::HostId &host, std::vector<Observed> &observed, const core::CallContext &context);
    void keepImages(const std::vector<Observed> &observed, const core::CallContext &context);
    void forgetUnusedImages(const core::CallContext &context);
    core::Result<> storeOne(ports::UnitOfWork &work, KnownByName &known, const RuleBook &rules,
        ports::ContainerRecord &record, Stored &stored);
    void tell(const Stored &stored);
    core::ContainerId identify(KnownByName &known, const ports::ContainerRecord &record,
        std::vector<core::ContainerId> &superseded) const;
    void vanished(const core::HostId &host, const QString &engineId);
    void removeVanished(const std::stop_token &stop);
    core::Result<> removeOne(const core::HostId &host, const QString &name, const core::CallContext &context);
    core::Result<Observed> look(const core::HostId &host, ports::ContainerEngine &engine,
        const QString &idOrName, const core::CallContext &context);

    ports::Storage &m_storage;
    HostService &m_hosts;
    ImageCache &m_images;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    Settings m_settings;
    std::function<void(const std::vector<core::ContainerId> &)> m_rulesChanged;
    std::function<void(const std::vector<core::ContainerId> &)> m_undecided;

    std::mutex m_queueMutex;
    std::condition_variable_any m_wake;
    std::deque<Task> m_queue;

    /// Guards what follows, and puts changes of the stored containers in an order.
    std::mutex m_mutex;
    std::map<core::HostId, KnownByName> m_known;
    struct Vanished
    {
        core::HostId host;
        QString name;
        QString engineId;
        std::chrono::steady_clock::time_point due;
    };
    std::vector<Vanished> m_vanished;
    /// Images whose config is stored for sure.
    std::set<QString> m_keptImages;

    std::jthread m_thread;
};

} // namespace dockerauto::application
