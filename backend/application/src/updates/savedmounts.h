#pragma once

#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <ports/containerengine.h>

#include <QString>

#include <vector>

namespace dockerauto::application {

/// A volume or bound folder with content of the container's own.
struct SavedMount
{
    /// The volume's name, or the path of a bound folder.
    QString volume;
    QString mountedAt;
    /// Where its content lies on the engine's machine; empty when that is not known.
    QString source;
};

inline bool isBoundFolder(const QString &volume)
{
    return volume.startsWith(u'/');
}

/// The writable volumes of the driver `local` and the writable bound folders of a container, each once,
/// without those of the system, the engine's own, sockets and single files.
core::Result<std::vector<SavedMount>> mountsToSave(const core::Json &inspect, const ports::EngineInfo &info,
    ports::ContainerEngine &engine, const core::CallContext &context);

/// What a running container, other than the named one, may write to.
struct VolumeUser
{
    QString container;
    std::vector<QString> sources;
};
core::Result<std::vector<VolumeUser>> runningUsers(
    const QString &exceptId, ports::ContainerEngine &engine, const core::CallContext &context);
/// The name of the first one that may write to the same volume, or to a folder that has to do with it.
QString userOf(const QString &volume, const std::vector<VolumeUser> &users);

} // namespace dockerauto::application
