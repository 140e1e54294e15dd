#pragma once

#include <QTimeZone>

#include <cstdint>
#include <limits>

namespace dockerauto::domain {

/// A stretch of time in which a zone keeps one distance from UTC. Seconds since the epoch.
struct ZoneSegment
{
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    /// The change with which it begins; `-never` when there was none.
    std::int64_t begin = -never;
    /// `never` when nothing changes any more. No later than the next change, but may be earlier.
    std::int64_t end = never;
    int offset = 0;
    /// The distance before `begin`.
    int offsetBefore = 0;

    /// How much local time is left out at `begin`; negative when some comes twice.
    [[nodiscard]] int gap() const { return offset - offsetBefore; }
};

ZoneSegment segmentAt(const QTimeZone &zone, std::int64_t second);

} // namespace dockerauto::domain
