#pragma once

#include <application/containers/containersync.h>
#include <application/operationbus.h>
#include <application/updates/checkservice.h>
#include <contracts/containers.h>
#include <core/clock.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// What people say to single decisions, and why they are as they are: containers.skip, snooze, offerAgain and
/// why. Thread-safe.
class DecisionService
{
public:
    DecisionService(
        ports::Storage &storage, ContainerSync &sync, CheckService &checks, const core::Clock &clock);

    void registerOperations(OperationBus &bus);

private:
    core::Result<contracts::Container> skip(
        const contracts::SkipRequest &request, const CallEnvironment &environment);
    core::Result<contracts::Container> snooze(
        const contracts::SnoozeRequest &request, const CallEnvironment &environment);
    core::Result<contracts::Container> offerAgain(
        const contracts::ContainerRef &request, const CallEnvironment &environment);
    core::Result<contracts::Explanation> explain(
        const contracts::ContainerRef &request, const CallEnvironment &environment) const;
    /// Shows the hold at once; the decision is made anew in the background, since another version may be
    /// next.
    core::Result<contracts::Container> concluded(
        const core::ContainerId &id, const CallEnvironment &environment);

    ports::Storage &m_storage;
    ContainerSync &m_sync;
    CheckService &m_checks;
    const core::Clock &m_clock;
};

} // namespace dockerauto::application
