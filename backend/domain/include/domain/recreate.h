#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

struct NetworkConnection
{
    QString network;
    /// EndpointSettings for POST /networks/{id}/connect.
    core::Json endpoint;
};

/// How to make the same container again with another image.
struct RecreateSpec
{
    /// The body of POST /containers/create.
    core::Json create;
    /// What must be connected after the create and before the start: all but the first network below
    /// API 1.44.
    std::vector<NetworkConnection> connect;
    /// Sentences for people: what cannot be kept or told apart, and why.
    std::vector<QString> notes;
};

/// The container in `inspect`, without what it inherited from `oldImage` (the image of its immutable image
/// id), as a create request from `newImage`. Both images are `GET /images/{id}/json`; `image` is what the
/// request names. The rules are the tables of resources/docs/recreate.md. InvalidArgument when `oldImage` is
/// null: then nobody can tell what the user set from what the image brought. `defaultRuntime`, where known,
/// is what the engine uses when no Runtime is named.
core::Result<RecreateSpec> recreateSpec(const core::Json &inspect, const core::Json &oldImage,
    const core::Json &newImage, const QString &image, int apiMinor, const QString &defaultRuntime = {});

} // namespace dockerauto::domain
