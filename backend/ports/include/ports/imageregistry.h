#pragma once

#include <core/callcontext.h>
#include <core/result.h>
#include <domain/imagereference.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace dockerauto::ports {

/// What a registry says a reference stands for now.
struct RemoteManifest
{
    /// From Docker-Content-Digest, or computed over the bytes of the body where that was missing.
    QString digest;
    QString mediaType;
    /// The manifest or index as it was sent; empty after a HEAD.
    QByteArray body;
};

/// The registries that images come from. Blocking and thread-safe like ContainerEngine. A registry that
/// cannot be reached is Unavailable, an image that is not there or not visible to us NotFound, refused
/// credentials Unauthenticated, too many requests RateLimited. A failure never means "up to date".
class ImageRegistry
{
public:
    virtual ~ImageRegistry() = default;

    /// HEAD of the manifest, by tag or, when the reference has one, by digest. Falls back to GET when the
    /// registry sends no digest. Costs nothing of the pull limit of Docker Hub.
    virtual core::Result<RemoteManifest> head(
        const domain::ImageReference &image, const core::CallContext &context) = 0;
    /// GET of the manifest; the digest is verified against the bytes.
    virtual core::Result<RemoteManifest> get(
        const domain::ImageReference &image, const core::CallContext &context) = 0;
};

} // namespace dockerauto::ports
