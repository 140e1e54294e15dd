#pragma once

#include <core/vocabulary.h>

#include <string_view>

namespace dockerauto::domain {

/// Whether a role by itself, without grants, holds a permission such as `containers:read`. Unknown
/// permissions are held by nobody but administrators.
bool roleHolds(core::Role role, std::string_view permission);

} // namespace dockerauto::domain
