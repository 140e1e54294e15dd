#pragma once

#include "registryclient.h"

#include <domain/imagereference.h>

namespace dockerauto::registry {

// One registry's manifests and blobs, where `registry` is the image's own or a mirror of it.

core::Result<ports::RemoteManifest> headManifest(RegistryClient &client, const QString &registry,
    const domain::ImageReference &image, const core::CallContext &context);
core::Result<ports::RemoteManifest> getManifest(RegistryClient &client, const QString &registry,
    const domain::ImageReference &image, const core::CallContext &context);
core::Result<QByteArray> getBlob(RegistryClient &client, const QString &registry,
    const domain::ImageReference &image, const QString &digest, qsizetype maxBytes,
    const core::CallContext &context);

} // namespace dockerauto::registry
