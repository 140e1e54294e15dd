#pragma once

#include <ports/calendarreader.h>

namespace dockerauto::calendar {

/// Calendars by libical. Times without a zone count as UTC; whole days begin and end at midnight UTC unless the
/// calendar names a zone (X-WR-TIMEZONE).
class ICalendarReader final : public ports::CalendarReader
{
public:
    core::Result<std::vector<domain::TimeRange>> ranges(
        const QByteArray &calendar, core::Timestamp from, core::Timestamp until) const override;
};

} // namespace dockerauto::calendar
