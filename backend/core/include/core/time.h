#pragma once

#include "core/result.h"

#include <QString>

#include <chrono>
#include <optional>

namespace dockerauto::core {

/// A moment in UTC, to the millisecond.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// RFC 3339 in UTC with milliseconds: `2025-03-01T10:00:00.000Z`.
QString toRfc3339(Timestamp time);

/// Reads RFC 3339, any offset, any number of fraction digits (cut to milliseconds).
Result<Timestamp> fromRfc3339(const QString &text);

/// Reads what the Docker Engine writes; its zero time `0001-01-01T00:00:00Z` is no time at all.
std::optional<Timestamp> fromEngineTime(const QString &text);

} // namespace dockerauto::core
