#pragma once

#include <application/containers/containersync.h>
#include <application/eventfeed.h>
#include <application/operationbus.h>
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
    ports::Storage &m_storage;
    ContainerSync &m_sync;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    Reconsider m_reconsider;
};

} // namespace dockerauto::application
