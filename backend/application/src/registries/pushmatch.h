#pragma once

#include <domain/webhookpayload.h>
#include <ports/storage.h>

#include <vector>

namespace dockerauto::application {

/// The ids of the containers that a push may concern, in their order: of the same repository, and with the
/// tag that was pushed, or with a version as their tag, since a newer version may have come. When no
/// container has an image of the registry that the message names, the path alone counts: behind a proxy a
/// registry does not know the name that it goes by.
std::vector<QString> containersOf(
    const std::vector<domain::PushedImage> &pushes, const std::vector<ports::ContainerRecord> &containers);

} // namespace dockerauto::application
