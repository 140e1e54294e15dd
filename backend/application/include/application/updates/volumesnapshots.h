#pragma once

#include <contracts/plans.h>
#include <contracts/updates.h>
#include <core/callcontext.h>
#include <core/clock.h>
#include <ports/containerengine.h>
#include <ports/storage.h>
#include <ports/volumesnapshots.h>

#include <functional>
#include <map>
#include <vector>

namespace dockerauto::application {

/// Saves what a container has in its volumes and bound folders, and puts it back. Nothing in the container's
/// image is needed for it: archives go through the engine from a helper container that is made from the
/// container's own image and not started; before content is put back, it runs a program of ours that empties
/// the volumes. Where the path is on btrfs or zfs of this machine, the file system takes a snapshot.
/// Thread-safe; blocks.
class VolumeSnapshots
{
public:
    VolumeSnapshots(ports::Storage &storage, ports::ArchiveStore &archives,
        ports::FileSystemSnapshots &fileSystems, const core::Clock &clock,
        ports::EmptyingProgram program = {});

    /// What would be saved: writable volumes of the driver `local` and bound folders, but not sockets, single
    /// files, devices, folders of the system, and what another running container may write to. Sizes where
    /// the engine tells them within 3 s; `expectedSeconds` from earlier ones of this container. A `reason`
    /// says why it can't be done; it is empty when it can.
    core::Result<contracts::PlannedBackup> plan(const core::Json &inspect, const core::ContainerId &container,
        ports::ContainerEngine &engine, const core::CallContext &context);

    /// Saves everything that `plan` lists, in place of what an earlier try for this update has saved. The
    /// container should not run. The helper carries the labels `docker-auto.operation` and
    /// `docker-auto.helper`, and is gone afterwards. A failure leaves nothing behind. Unavailable with the
    /// plan's reason when it can't be done. `progress` gets bytes.
    core::Result<std::vector<ports::SnapshotRecord>> take(const core::Json &inspect,
        const ports::UpdateRecord &update, ports::ContainerEngine &engine,
        const std::function<void(const contracts::Progress &)> &progress, const core::CallContext &context);

    /// Makes the volumes what they were when the update's snapshots were taken; files that came later are
    /// gone. Before anything is deleted, every archive has been read to its end and its checksum compared,
    /// and Conflict names a running container that may write to them. May be repeated after an interruption,
    /// and finishes then. Unsupported when the engine can't run our program. Without snapshots a success.
    core::Result<> restore(const core::Json &inspect, const core::UpdateId &update,
        ports::ContainerEngine &engine, const std::function<void(const contracts::Progress &)> &progress,
        const core::CallContext &context);

    /// Forgets and deletes the snapshots of an update. What can't be deleted now stays listed.
    core::Result<> remove(const core::UpdateId &update, const core::CallContext &context);

    /// Removes helper containers that an interruption has left behind.
    core::Result<> removeHelpers(
        const core::UpdateId &update, ports::ContainerEngine &engine, const core::CallContext &context);

private:
    using Records = std::vector<ports::SnapshotRecord>;
    using Report = std::function<void(const contracts::Progress &)>;

    [[nodiscard]] QString obstacle(
        const contracts::PlannedBackup &backup, const ports::EngineInfo &info) const;
    [[nodiscard]] core::Result<> programRuns(const ports::EngineInfo &info) const;
    core::Result<Records> takeAll(const core::Json &inspect, const ports::UpdateRecord &update,
        const contracts::PlannedBackup &backup, ports::ContainerEngine &engine, const Report &progress,
        const core::CallContext &context);
    core::Result<std::map<QString, QString>> sourcesOf(
        const core::Json &inspect, ports::ContainerEngine &engine, const core::CallContext &context) const;
    bool takeByFileSystem(ports::SnapshotRecord &record, const std::map<QString, QString> &sources,
        const core::CallContext &context);
    core::Result<> keep(const ports::SnapshotRecord &record, const core::CallContext &context);
    core::Result<Records> recordsOf(const core::UpdateId &update, const core::CallContext &context);
    core::Result<> checkBeforeDeleting(const Records &records, const Records &archived,
        ports::ContainerEngine &engine, const core::CallContext &context);
    core::Result<> unpack(const core::Json &inspect, const Records &archived, ports::ContainerEngine &engine,
        const Report &progress, const core::CallContext &context);
    core::Result<QString> placeOf(const ports::SnapshotRecord &record, ports::ContainerEngine &engine,
        const core::CallContext &context) const;

    ports::Storage &m_storage;
    ports::ArchiveStore &m_archives;
    ports::FileSystemSnapshots &m_fileSystems;
    const core::Clock &m_clock;
    ports::EmptyingProgram m_program;
};

} // namespace dockerauto::application
