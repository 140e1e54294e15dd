#pragma once

#include <core/json.h>
#include <core/result.h>
#include <domain/recreate.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

struct ExportedContainer
{
    QString text;
    /// What the format can't say, and what to do about it.
    std::vector<QString> notes;
};

/// The container as one `docker run` command (or `docker create` for one that does not run), quoted for a
/// POSIX shell, one option a line. What the image brings is left out. `spec` is recreateSpec with the
/// container's own image.
ExportedContainer asRunCommand(const core::Json &inspect, const RecreateSpec &spec);

/// The container as one service of a compose file (the Compose Specification), with the networks and volumes
/// that are there already as external ones. `$` is doubled, as compose wants it.
ExportedContainer asComposeFile(const core::Json &inspect, const RecreateSpec &spec);

} // namespace dockerauto::domain
