#pragma once

#include <application/hosts/hostservice.h>
#include <application/updates/volumesnapshots.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// Keeps what it takes to go back for the newest updates of a container and cleans up behind older ones:
/// their image, when nothing uses it, their snapshots, their restore point. Thread-safe.
class VersionKeeper
{
public:
    VersionKeeper(ports::Storage &storage, HostService &hosts, VolumeSnapshots &snapshots);

    /// After an update of the container has ended for good. Removes an image only when no container, running
    /// or stopped, was made from it, no kept update needs it, and it was an update of ours that left it
    /// behind; an engine that says it is in use is right.
    core::Result<> tidy(const core::ContainerId &container, const core::CallContext &context);

private:
    ports::Storage &m_storage;
    HostService &m_hosts;
    VolumeSnapshots &m_snapshots;
};

} // namespace dockerauto::application
