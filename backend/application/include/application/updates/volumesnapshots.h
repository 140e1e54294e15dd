#pragma once

#include <contracts/plans.h>
#include <contracts/updates.h>
#include <core/callcontext.h>
#include <core/clock.h>
#include <ports/containerengine.h>
#include <ports/storage.h>
#include <ports/volumesnapshots.h>

#include <functional>
#include <vector>

namespace dockerauto::application {

/// Saves what a container has in its volumes and bound folders, and puts it back. Nothing in the container's
/// image is needed for it: archives go through the engine from a helper container that is made from the
/// container's own image and never started; where the path is on btrfs or zfs of this machine, the file
/// system takes a snapshot. Thread-safe; blocks.
class VolumeSnapshots
{
public:
    VolumeSnapshots(ports::Storage &storage, ports::ArchiveStore &archives,
        ports::FileSystemSnapshots &fileSystems, const core::Clock &clock);

    /// What would be saved: writable volumes of the driver `local` and bound folders, but not sockets, single
    /// files, devices and folders of the system. Sizes where the engine tells them; `expectedSeconds` from
    /// earlier ones of this container.
    core::Result<contracts::PlannedBackup> plan(const core::Json &inspect, const core::ContainerId &container,
        ports::ContainerEngine &engine, const core::CallContext &context);

    /// Saves everything that `plan` lists. The container should not run. The helper carries the labels
    /// `docker-auto.operation` and `docker-auto.helper`, and is gone afterwards. A failure leaves nothing
    /// behind. `progress` gets bytes.
    core::Result<std::vector<ports::SnapshotRecord>> take(const core::Json &inspect,
        const ports::UpdateRecord &update, ports::ContainerEngine &engine,
        const std::function<void(const contracts::Progress &)> &progress, const core::CallContext &context);

    /// Makes the volumes what they were when the update's snapshots were taken; files that came later are
    /// gone. Nothing may run that uses them. May be repeated after an interruption.
    core::Result<> restore(const core::Json &inspect, const core::UpdateId &update,
        ports::ContainerEngine &engine, const std::function<void(const contracts::Progress &)> &progress,
        const core::CallContext &context);

    /// Forgets and deletes the snapshots of an update. What can't be deleted now stays listed.
    core::Result<> remove(const core::UpdateId &update, const core::CallContext &context);

    /// Removes helper containers that an interruption has left behind.
    core::Result<> removeHelpers(
        const core::UpdateId &update, ports::ContainerEngine &engine, const core::CallContext &context);

private:
    ports::Storage &m_storage;
    ports::ArchiveStore &m_archives;
    ports::FileSystemSnapshots &m_fileSystems;
    const core::Clock &m_clock;
};

} // namespace dockerauto::application
