#pragma once

#include <QString>

namespace dockerauto::core {

/// A new identifier: 26 characters of Crockford base 32, the first ten the time in milliseconds, the rest
/// random (the form of a ULID). Later ones sort after earlier ones, to the millisecond.
QString newUniqueId();

} // namespace dockerauto::core
