#pragma once

#include <core/result.h>
#include <core/time.h>

#include <QHash>
#include <QString>
#include <QTimeZone>

#include <libical/ical.h>

namespace dockerauto::calendar {

/// What turns the wall-clock times of a calendar into moments.
struct ZoneRules
{
    QTimeZone zone = QTimeZone::utc();
    /// A zone that the calendar describes itself, when its name is none of IANA's; owned by the calendar.
    icaltimezone *described = nullptr;

    [[nodiscard]] core::Timestamp moment(const icaltimetype &time) const;
};

/// The zones that one VCALENDAR speaks of.
class CalendarZones
{
public:
    explicit CalendarZones(icalcomponent *calendar);

    /// The rules for the value of a property: UTC, the zone of its TZID, or that of the calendar.
    /// InvalidArgument for a zone that nobody describes.
    core::Result<ZoneRules> rulesFor(icalproperty *property);

private:
    core::Result<ZoneRules> find(const QString &name) const;

    icalcomponent *m_calendar;
    /// X-WR-TIMEZONE, or UTC.
    QTimeZone m_default = QTimeZone::utc();
    QHash<QString, ZoneRules> m_known;
};

} // namespace dockerauto::calendar
