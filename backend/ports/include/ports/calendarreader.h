#pragma once

#include <core/result.h>
#include <domain/timewindow.h>

#include <QByteArray>

#include <vector>

namespace dockerauto::ports {

/// Reads calendars in the iCalendar format (RFC 5545). Thread-safe.
class CalendarReader
{
public:
    virtual ~CalendarReader() = default;
    /// When the events of the calendar take place between the two moments, recurrences and exceptions
    /// followed, sorted. InvalidArgument for what is no calendar or is larger than 1 MiB; at most 10,000
    /// ranges.
    virtual core::Result<std::vector<domain::TimeRange>> ranges(
        const QByteArray &calendar, core::Timestamp from, core::Timestamp until) const = 0;
};

} // namespace dockerauto::ports
