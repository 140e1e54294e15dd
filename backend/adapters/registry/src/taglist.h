#pragma once

#include "registryclient.h"

#include <vector>

namespace dockerauto::registry {

/// All tags of the repository, over all pages. Corrupt for pages that cannot be read, lead elsewhere or run
/// in a circle; Unsupported when there are more than 200,000 tags or 400 pages.
core::Result<std::vector<QString>> listTags(RegistryClient &client, const QString &registry,
    const QString &repository, int tagsPerPage, const core::CallContext &context);

} // namespace dockerauto::registry
