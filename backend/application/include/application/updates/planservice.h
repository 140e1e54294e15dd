#pragma once

#include <application/containers/containermemory.h>
#include <application/containers/imagecache.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <application/updates/changesservice.h>
#include <application/updates/selfupdate.h>
#include <application/updates/volumesnapshots.h>
#include <contracts/plans.h>
#include <core/clock.h>
#include <ports/hostfolders.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <chrono>
#include <optional>

namespace dockerauto::application {

/// What an update would do, before anything is touched: containers.plan. Thread-safe.
class PlanService
{
public:
    struct Collaborators
    {
        ports::Storage &storage;
        HostService &hosts;
        ImageCache &images;
        ContainerMemory &memory;
        ports::ImageRegistry &registry;
        ChangesService &changes;
        VolumeSnapshots &snapshots;
        const SelfUpdate &self;
        const core::Clock &clock;
        const ports::HostFolders &folders;
        std::chrono::milliseconds stableFor;
        std::chrono::milliseconds healthSlack;
    };
    explicit PlanService(const Collaborators &collaborators);

    void registerOperations(OperationBus &bus);

    /// The whole plan. Conflict when there is nothing to update to.
    core::Result<contracts::Plan> plan(const core::ContainerId &id,
        std::optional<core::UpdateStrategy> strategy, const core::CallContext &context);

private:
    struct Known;

    core::Result<Known> read(const core::ContainerId &id, const core::CallContext &context);
    // planpreflight.cpp: what is asked of the engine, the registry and this machine.
    struct Looked;
    void lookAtRegistry(contracts::Plan &plan, const Looked &looked, const core::CallContext &context);
    void lookAtDisk(contracts::Plan &plan, const Looked &looked) const;
    void lookAtMounts(contracts::Plan &plan, const Looked &looked, const core::CallContext &context) const;
    void lookAtOthers(contracts::Plan &plan, const Looked &looked, const core::CallContext &context) const;

    contracts::PlannedBackup planBackup(const Known &known, const core::Json &inspect,
        ports::ContainerEngine &engine, const core::CallContext &context);

    Collaborators m_with;
};

} // namespace dockerauto::application
