#include "calendarzones.h"

#include <domain/cron.h>
#include <domain/localtime.h>

namespace dockerauto::calendar {

using core::Result;

namespace {

/// An IANA name, one behind the prefix of a program (`/example.org/20200101/Europe/Berlin`), or one of
/// Windows.
std::optional<QTimeZone> zoneByName(const QString &name)
{
    if (auto zone = domain::timeZoneNamed(name)) {
        return *zone;
    }
    if (name.startsWith(u'/')) {
        for (auto slash = name.indexOf(u'/', 1); slash > 0; slash = name.indexOf(u'/', slash + 1)) {
            if (auto zone = domain::timeZoneNamed(name.mid(slash + 1))) {
                return *zone;
            }
        }
    }
    if (const QByteArray id = QTimeZone::windowsIdToDefaultIanaId(name.toUtf8()); !id.isEmpty()) {
        return QTimeZone(id);
    }
    return std::nullopt;
}

/// Real zones change by the year. Others would be expanded to as many changes as they ask for.
bool changesByTheYear(icalcomponent *zone)
{
    for (auto *part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part != nullptr;
         part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
        for (auto *rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY); rule != nullptr;
             rule = icalcomponent_get_next_property(part, ICAL_RRULE_PROPERTY)) {
            if (icalproperty_get_rrule(rule).freq != ICAL_YEARLY_RECURRENCE) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

core::Timestamp ZoneRules::moment(const icaltimetype &time) const
{
    const QDate date(time.year, time.month, time.day);
    const QTime clock = time.is_date ? QTime(0, 0) : QTime(time.hour, time.minute, std::min(time.second, 59));
    if (described != nullptr) {
        icaltimetype local = time;
        const int offset = icaltimezone_get_utc_offset(described, &local, nullptr);
        return domain::fromLocal(date, clock, QTimeZone::utc(), domain::InGap::Shift) -
               std::chrono::seconds(offset);
    }
    return domain::fromLocal(date, clock, zone, time.is_date ? domain::InGap::End : domain::InGap::Shift);
}

CalendarZones::CalendarZones(icalcomponent *calendar) : m_calendar(calendar)
{
    for (auto *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY)) {
        const char *name = icalproperty_get_x_name(property);
        if (name == nullptr || qstricmp(name, "X-WR-TIMEZONE") != 0) {
            continue;
        }
        const char *text = icalproperty_get_x(property);
        if (const auto zone = zoneByName(QString::fromUtf8(text).trimmed())) {
            m_default = *zone;
        }
    }
}

Result<ZoneRules> CalendarZones::rulesFor(icalproperty *property)
{
    auto *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const char *text = parameter == nullptr ? nullptr : icalparameter_get_tzid(parameter);
    const icalvalue *value = icalproperty_get_value(property);
    const char *written = value == nullptr ? nullptr : icalvalue_as_ical_string(value);
    if (written != nullptr && QByteArrayView(written).contains('Z')) {
        return ZoneRules{};
    }
    if (text == nullptr) {
        return ZoneRules{.zone = m_default, .described = nullptr};
    }
    const QString name = QString::fromUtf8(text);
    if (const auto known = m_known.constFind(name); known != m_known.constEnd()) {
        return *known;
    }
    DOCKERAUTO_TRY_ASSIGN(rules, find(name));
    m_known.insert(name, rules);
    return rules;
}

Result<ZoneRules> CalendarZones::find(const QString &name) const
{
    if (const auto zone = zoneByName(name)) {
        return ZoneRules{.zone = *zone, .described = nullptr};
    }
    if (auto *described = icalcomponent_get_timezone(m_calendar, name.toUtf8().constData())) {
        if (auto *component = icaltimezone_get_component(described);
            component != nullptr && changesByTheYear(component)) {
            return ZoneRules{.zone = QTimeZone::utc(), .described = described};
        }
    }
    return core::fail(core::ErrorCode::InvalidArgument,
        QStringLiteral("The calendar uses the time zone “%1”, which is unknown. Export it with its time "
                       "zones, or in UTC.")
            .arg(name.left(64)),
        QStringLiteral("calendar"));
}

} // namespace dockerauto::calendar
