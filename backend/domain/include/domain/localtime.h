#pragma once

#include <core/time.h>

#include <QDate>
#include <QTime>
#include <QTimeZone>

namespace dockerauto::domain {

/// What becomes of a wall-clock time that a change of daylight saving time leaves out.
enum class InGap
{
    /// It is when the gap ends.
    End,
    /// It is as far after the gap's beginning as the clock says (RFC 5545, 3.3.5).
    Shift
};

/// The moment at which clocks in the zone show this. What they show twice is the first one.
core::Timestamp fromLocal(const QDate &date, const QTime &time, const QTimeZone &zone, InGap inGap);

/// What clocks in the zone show at the moment; a QDateTime in UTC, so that arithmetic on it is that of a
/// calendar.
QDateTime toLocal(core::Timestamp time, const QTimeZone &zone);

/// RFC 3339 to the second, with the distance of the zone: `2025-03-30T03:30:00+02:00`, or with `Z`.
QString toRfc3339(core::Timestamp time, const QTimeZone &zone);

} // namespace dockerauto::domain
