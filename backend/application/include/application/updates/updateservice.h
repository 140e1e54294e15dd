#pragma once

#include <application/containers/containersync.h>
#include <application/containers/imagecache.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
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

class UpdateLedger;
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

/// Updates from the wish to the end: starts them, carries them out on a pool, recovers what a crash left,
/// lists them.
class UpdateService
{
public:
    UpdateService(ports::Storage &storage, HostService &hosts, ImageCache &images,
        ports::CredentialStore &credentials, ContainerSync &sync, EventFeed &feed, const core::Clock &clock,
        const UpdateSettings &settings);
    ~UpdateService();
    UpdateService(const UpdateService &) = delete;
    UpdateService &operator=(const UpdateService &) = delete;

    void registerOperations(OperationBus &bus);
    /// Takes up what is unfinished on a host as soon as that host answers.
    [[nodiscard]] HostService::Observer observer();
    /// Called whenever an update has ended, so that its container can be decided anew. Before the start.
    void whenSettled(std::function<void(const core::ContainerId &)> settled);
    /// Ends at a point from which the next start goes on.
    void stop();

    /// Starts updates of these containers to the candidates of their last checks; all or, with the reason,
    /// none.
    core::Result<contracts::StartedUpdates> start(const std::vector<core::ContainerId> &containers,
        std::optional<core::UpdateStrategy> strategy, const QString &requestedBy,
        const core::CallContext &context);
    /// Asks for approval of the candidates of these containers, once for each candidate.
    core::Result<> propose(
        const std::vector<core::ContainerId> &containers, const core::CallContext &context);
    /// Takes back what these containers wait for approval of.
    core::Result<> withdraw(
        const std::vector<core::ContainerId> &containers, const core::CallContext &context);

private:
    struct Active;

    core::Result<ports::UpdateRecord> prepare(ports::UnitOfWork &work, const core::ContainerId &id,
        std::optional<core::UpdateStrategy> strategy, const QString &requestedBy) const;
    core::Result<LedgerEntry> writeDown(ports::UnitOfWork &work, const core::ContainerId &id,
        std::optional<core::UpdateStrategy> strategy, const QString &requestedBy,
        core::UpdateStatus status = core::UpdateStatus::Pending) const;
    core::Result<std::optional<LedgerEntry>> approveWaiting(
        ports::UnitOfWork &work, const ports::UpdateRecord &wanted) const;
    core::Result<bool> isProposed(
        ports::UnitOfWork &work, const core::ContainerId &id, std::vector<core::UpdateId> &outdated) const;
    core::Result<> close(
        const std::vector<core::UpdateId> &waiting, const QString &why, const core::CallContext &context);
    core::Result<contracts::Update> approve(
        const contracts::UpdateVerdict &verdict, const QString &who, const core::CallContext &context);
    core::Result<contracts::Update> reject(
        const contracts::UpdateVerdict &verdict, const QString &who, const core::CallContext &context);
    core::Result<contracts::Update> describe(
        const core::UpdateId &id, const core::CallContext &context) const;
    core::Result<contracts::UpdatePage> list(const contracts::UpdateQuery &query,
        ports::UpdateFilter::State state, const core::CallContext &context) const;
    core::Result<contracts::AvailablePage> available(
        const contracts::AvailableQuery &query, const core::CallContext &context) const;
    core::Result<contracts::Update> cancel(const core::UpdateId &id, const core::CallContext &context);
    core::Result<> enqueue(const core::UpdateId &id, const core::HostId &host);
    void takeUp(const core::HostId &host, const std::stop_token &stop);
    void carryOut(const core::UpdateId &id, const core::HostId &host, const std::stop_token &stop);

    ports::Storage &m_storage;
    HostService &m_hosts;
    ImageCache &m_images;
    ports::CredentialStore &m_credentials;
    ContainerSync &m_sync;
    const core::Clock &m_clock;
    UpdateSettings m_settings;
    std::function<void(const core::ContainerId &)> m_settled;
    std::unique_ptr<UpdateLedger> m_ledger;
    std::mutex m_takingUp;
    mutable std::mutex m_mutex;
    std::map<core::UpdateId, std::shared_ptr<Active>> m_active;
    core::ThreadPool m_pool;
};

} // namespace dockerauto::application
