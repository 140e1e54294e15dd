#pragma once

#include <ports/calendarreader.h>

#include <deque>

namespace dockerauto::calendar {

/// Calendars by libical (RFC 5545). Times without a zone and whole days are in the zone that the calendar
/// names (X-WR-TIMEZONE), else in UTC. Cancelled events take no time, nor do events without a length. A
/// change of one occurrence and all that follow (RANGE=THISANDFUTURE) counts for that occurrence alone.
/// Events that repeat within a day by their frequency (FREQ=HOURLY and shorter) are refused.
class ICalendarReader final : public ports::CalendarReader
{
public:
    /// Remembers the last answers: calendars are asked for again and again, with the same moments for a whole
    /// day.
    core::Result<std::vector<domain::TimeRange>> ranges(
        const QByteArray &calendar, core::Timestamp from, core::Timestamp until) const override;

private:
    struct Answer
    {
        QByteArray hash;
        domain::TimeRange span;
        std::vector<domain::TimeRange> ranges;
    };
    mutable std::deque<Answer> m_answers;
};

} // namespace dockerauto::calendar
