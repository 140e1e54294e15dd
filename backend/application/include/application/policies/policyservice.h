#pragma once

#include <application/containers/containersync.h>
#include <application/eventfeed.h>
#include <application/operationbus.h>
#include <contracts/containers.h>
#include <contracts/policies.h>
#include <core/clock.h>
#include <ports/storage.h>

#include <functional>

namespace dockerauto::application {

/// Rules for groups of containers, and what is set for single ones. After a change every container that is
/// concerned gets its resolved rules at once and is decided anew. Thread-safe.
class PolicyService
{
public:
    /// Decides anew, from what is known, for these containers. Returns at once.
    using Reconsider = std::function<void(const std::vector<core::ContainerId> &)>;

    PolicyService(ports::Storage &storage, ContainerSync &sync, EventFeed &feed, const core::Clock &clock,
        Reconsider reconsider);

    /// All of policies.*, and containers.change.
    void registerOperations(OperationBus &bus);

private:
    enum class Existence
    {
        New,
        Known
    };
    /// What a change of rules is about.
    struct Concerned
    {
        /// Those that look different now, as they are stored.
        std::vector<ports::ContainerRecord> changed;
        /// All that are to be decided anew.
        std::vector<core::ContainerId> ids;
    };

    core::Result<contracts::PolicyList> list(const core::CallContext &context) const;
    core::Result<contracts::Policy> get(const QString &id, const core::CallContext &context) const;
    core::Result<contracts::Policy> put(
        const contracts::PolicyChange &change, Existence existence, const core::CallContext &context);
    core::Result<contracts::Nothing> remove(const QString &id, const core::CallContext &context);
    static core::Result<contracts::PolicyPreview> preview(const contracts::PolicyPreviewRequest &request);
    core::Result<contracts::Container> changeContainer(
        const contracts::ContainerSettings &settings, const core::CallContext &context);
    static core::Result<QString> checkScope(ports::UnitOfWork &work, const contracts::Scope &scope);
    static core::Result<Concerned> reapply(
        ports::UnitOfWork &work, const std::function<bool(const ports::ContainerRecord &)> &covered);
    void tell(const Concerned &concerned);

    ports::Storage &m_storage;
    ContainerSync &m_sync;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    Reconsider m_reconsider;
};

} // namespace dockerauto::application
