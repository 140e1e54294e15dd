#pragma once

#include <application/containers/containermemory.h>
#include <application/containers/containersync.h>
#include <application/containers/imagecache.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <application/updates/prober.h>
#include <application/updates/selfupdate.h>
#include <application/updates/volumesnapshots.h>
#include <contracts/updates.h>
#include <core/clock.h>
#include <core/threadpool.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace dockerauto::application {

class RuleBook;
class UpdateLedger;
class UpdateLocks;
struct LedgerEntry;

struct UpdateSettings
{
    /// How many updates are carried out at once.
    int parallel = 4;
    /// A container without a health check must run undisturbed for this long.
    std::chrono::milliseconds stableFor{10'000};
    /// Added to the time that a container's own health check gives it.
    std::chrono::milliseconds healthSlack{10'000};
    /// The longest that one pull may take.
    std::chrono::milliseconds pullTimeout{3'600'000};
};

/// How updates are started, beyond what the rules say.
struct StartOptions
{
    std::optional<core::UpdateStrategy> strategy = {};
    /// Of the plan that was looked at; only with a single container.
    QString planHash = {};
    std::optional<bool> backupVolumes = {};
    std::optional<bool> rollback = {};
    bool dryRun = false;
};

/// Updates from the wish to the end: starts them, carries them out on a pool, recovers what a crash left,
/// undoes them, lists them.
class UpdateService
{
public:
    struct Collaborators
    {
        ports::Storage &storage;
        HostService &hosts;
        ImageCache &images;
        ContainerMemory &memory;
        ports::CredentialStore &credentials;
        ContainerSync &sync;
        VolumeSnapshots &snapshots;
        Prober &prober;
        const SelfUpdate &self;
        EventFeed &feed;
        const core::Clock &clock;
        /// Whether an administrator has turned hooks on.
        std::function<bool()> hooksEnabled;
    };

    UpdateService(const Collaborators &collaborators, const UpdateSettings &settings);
    ~UpdateService();
    UpdateService(const UpdateService &) = delete;
    UpdateService &operator=(const UpdateService &) = delete;

    void registerOperations(OperationBus &bus);
    /// Takes up what is unfinished on a host as soon as that host answers.
    [[nodiscard]] HostService::Observer observer();
    /// Called whenever an update has ended, with its row. Before the start.
    void whenSettled(std::function<void(const ports::UpdateRecord &)> settled);
    /// Ends at a point from which the next start goes on.
    void stop();

    /// Starts updates of these containers to the candidates of their last checks; all or, with the reason,
    /// none.
    core::Result<contracts::StartedUpdates> start(const std::vector<core::ContainerId> &containers,
        const StartOptions &options, const QString &requestedBy, const core::CallContext &context);
    /// Asks for approval of the candidates of these containers, once for each candidate.
    core::Result<> propose(
        const std::vector<core::ContainerId> &containers, const core::CallContext &context);
    /// Takes back what these containers wait for approval of.
    core::Result<> withdraw(
        const std::vector<core::ContainerId> &containers, const core::CallContext &context);
    /// Undoes a finished update, or puts back one that is under way. `reason` is kept in the history of what
    /// is undone. Returns the operation that does it.
    core::Result<core::UpdateId> rollBack(const core::UpdateId &id, std::optional<bool> restoreVolumes,
        const QString &requestedBy, const QString &reason, const core::CallContext &context);
    /// Goes on with a parked update by what is really on the host; Conflict for any other.
    core::Result<contracts::Update> resume(const core::UpdateId &id, core::ResumeDirection direction,
        const QString &who, const core::CallContext &context);
    /// Tells those who watch how the update is now.
    void announce(const core::UpdateId &id);

private:
    struct Active;
    struct Wish
    {
        core::ContainerId container;
        StartOptions options;
        QString requestedBy;
    };

    // updatestart.cpp
    core::Result<ports::UpdateRecord> prepare(ports::UnitOfWork &work, const Wish &wish) const;
    core::Result<LedgerEntry> writeDown(ports::UnitOfWork &work, const Wish &wish,
        core::UpdateStatus status = core::UpdateStatus::Pending) const;
    static core::Result<LedgerEntry> save(ports::UnitOfWork &work, ports::UpdateRecord record);
    core::Result<std::optional<LedgerEntry>> approveWaiting(
        ports::UnitOfWork &work, const ports::UpdateRecord &wanted) const;
    core::Result<> checkPlan(const Wish &wish, const core::CallContext &context);
    core::Result<contracts::StartedUpdates> rehearse(
        const std::vector<Wish> &wishes, const core::CallContext &context) const;

    // updateapprovals.cpp
    core::Result<bool> isProposed(
        ports::UnitOfWork &work, const core::ContainerId &id, std::vector<core::UpdateId> &outdated) const;
    core::Result<> close(
        const std::vector<core::UpdateId> &waiting, const QString &why, const core::CallContext &context);
    core::Result<contracts::Update> approve(
        const contracts::UpdateVerdict &verdict, const QString &who, const core::CallContext &context);
    core::Result<contracts::Update> reject(
        const contracts::UpdateVerdict &verdict, const QString &who, const core::CallContext &context);

    // updateundo.cpp
    core::Result<contracts::Update> cancel(const core::UpdateId &id, const core::CallContext &context);
    core::Result<contracts::Update> undo(
        const contracts::RollbackRequest &request, const QString &who, const core::CallContext &context);
    core::Result<ports::UpdateRecord> prepareRollback(ports::UnitOfWork &work,
        const ports::UpdateRecord &undone, std::optional<bool> restoreVolumes, const QString &requestedBy,
        const QString &reason) const;

    // updatequeries.cpp
    core::Result<contracts::Update> describe(
        const core::UpdateId &id, const core::CallContext &context) const;
    core::Result<contracts::UpdatePage> list(const contracts::UpdateQuery &query,
        ports::UpdateFilter::State state, const core::CallContext &context) const;
    core::Result<contracts::AvailablePage> available(
        const contracts::AvailableQuery &query, const core::CallContext &context) const;

    core::Result<> enqueue(const core::UpdateId &id, const core::HostId &host);
    void takeUp(const core::HostId &host, const std::stop_token &stop);
    void carryOut(const core::UpdateId &id, const core::HostId &host, const std::stop_token &stop);

    Collaborators m_with;
    UpdateSettings m_settings;
    std::function<void(const ports::UpdateRecord &)> m_settled;
    std::unique_ptr<UpdateLedger> m_ledger;
    std::unique_ptr<UpdateLocks> m_locks;
    std::mutex m_takingUp;
    mutable std::mutex m_mutex;
    std::map<core::UpdateId, std::shared_ptr<Active>> m_active;
    core::ThreadPool m_pool;
};

} // namespace dockerauto::application
