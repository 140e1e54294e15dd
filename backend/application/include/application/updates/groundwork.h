#pragma once

#include <application/containers/containermemory.h>
#include <application/containers/imagecache.h>
#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <domain/recreate.h>
#include <ports/containerengine.h>
#include <ports/storage.h>

#include <QString>

#include <vector>

namespace dockerauto::application {

/// A container that an update makes again, with all that is needed for it.
struct GroundworkMember
{
    /// As the engine describes it now.
    core::Json inspect;
    /// The image that it was made from, from the engine or from what was kept of it.
    core::Json oldImage;
    /// Without the new image; the image is named as the new container will name it.
    domain::RecreateSpec spec;
    /// Files that compose put into it, to be carried over.
    std::vector<QString> carriedFiles;
};

/// What an update is made of, read from the engine without changing anything; the plan shows it, the saga
/// carries it out.
struct Groundwork
{
    ports::EngineInfo engine;
    /// The container itself first, then those that are tied to it, in the order in which they are made.
    std::vector<GroundworkMember> members;
    /// Of domain::planHash.
    QString hash;
};

struct GroundworkRequest
{
    QString engineContainerId;
    /// What the new container will name as its image; when empty, the present reference with the candidate's
    /// tag.
    QString imageText = {};
    QString candidateTag;
    QString candidateDigest;
    core::UpdateStrategy strategy = core::UpdateStrategy::Recreate;
    /// What the engine said of itself when it was connected; asked for when absent.
    std::optional<ports::EngineInfo> engine = {};
};

/// Unsupported, with what to do, for containers that others manage (swarm, Kubernetes) or that are being
/// removed; NotFound when the container is gone. One list and one inspect per container that may be tied.
core::Result<Groundwork> layGroundwork(ports::ContainerEngine &engine, ImageCache &images,
    ContainerMemory &memory, ports::Storage &storage, const GroundworkRequest &request,
    const core::CallContext &context);

/// The image by its id: from the engine, else what was kept of it. NotFound in words that say what to do.
core::Result<core::Json> imageOf(ports::ContainerEngine &engine, ImageCache &images, ports::Storage &storage,
    const QString &imageId, const core::CallContext &context);

} // namespace dockerauto::application
