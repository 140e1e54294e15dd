#pragma once

#include <core/json.h>
#include <core/time.h>

#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::domain {

/// A path of GET /containers/{id}/changes with what is known of it.
struct ChangedPath
{
    QString path;
    bool regularFile = false;
    qint64 sizeBytes = 0;
    std::optional<core::Timestamp> modifiedAt;
};

/// Which changed paths are worth asking about: compose puts configs and secrets with inline content into the
/// container's own layer between its creation and its first start, so a new container lacks them. Only
/// containers with the labels of compose have some; paths below a mount are never among them. At most 200.
std::vector<QString> possiblyInjected(const core::Json &inspect, const core::Json &changes);
/// Those that were put there: regular files of at most 1 MiB whose time of modification is a whole second, as
/// compose writes it (programs write fractions), from a second before the container's creation to five after
/// it or in the five seconds before its last start, and never after its first start by more than the
/// rounding. In a container that never ran nobody else can have written: there all of them.
std::vector<QString> injectedFiles(const core::Json &inspect, const std::vector<ChangedPath> &paths);

} // namespace dockerauto::domain
