#include "eventexpansion.h"

#include <domain/localtime.h>

#include <QDateTime>

#include <algorithm>
#include <memory>

namespace dockerauto::calendar {

using core::ErrorCode;
using core::Result;
using core::Timestamp;
using domain::TimeRange;

namespace {

core::Failure refuse(const QString &message)
{
    return core::fail(ErrorCode::InvalidArgument, message, QStringLiteral("calendar"));
}

/// A component has one place for walking through its parts, which everything that looks for one moves; so
/// they are gathered first.
std::vector<icalproperty *> propertiesOf(icalcomponent *component, icalproperty_kind kind)
{
    std::vector<icalproperty *> properties;
    for (auto *property = icalcomponent_get_first_property(component, kind); property != nullptr;
         property = icalcomponent_get_next_property(component, kind)) {
        properties.push_back(property);
    }
    return properties;
}

template <class Take>
Result<> eachProperty(icalcomponent *component, icalproperty_kind kind, const Take &take)
{
    for (auto *property : propertiesOf(component, kind)) {
        DOCKERAUTO_TRY(take(property));
    }
    return {};
}

template <class Take>
Result<> eachEvent(icalcomponent *calendar, const Take &take)
{
    std::vector<icalcomponent *> events;
    for (auto *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event != nullptr;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        events.push_back(event);
    }
    for (auto *event : events) {
        DOCKERAUTO_TRY(take(event));
    }
    return {};
}

/// Errors of the parser in what says when an event is: without it the event would be at another time.
bool isTimeError(icalproperty *property)
{
    const QByteArrayView text(icalproperty_get_xlicerror(property));
    return std::ranges::any_of(
        std::array{"RRULE", "DTSTART", "DTEND", "DURATION", "RDATE", "EXDATE", "RECURRENCE-ID"},
        [&](const char *name) { return text.contains(name); });
}

QByteArray uidOf(icalcomponent *event)
{
    const char *uid = icalcomponent_get_uid(event);
    return uid == nullptr ? QByteArray() : QByteArray(uid);
}

qint64 count(Timestamp time)
{
    return time.time_since_epoch().count();
}

qint64 dayOf(const icaltimetype &time)
{
    return QDate(time.year, time.month, time.day).toJulianDay();
}

icaltimetype dateTimeOf(icalproperty *property)
{
    const auto *value = icalproperty_get_value(property);
    return value == nullptr ? icaltime_null_time() : icalvalue_get_datetime(value);
}

/// Days of the calendar later, at the same time of day.
icaltimetype daysLater(icaltimetype time, int days)
{
    const QDate date = QDate(time.year, time.month, time.day).addDays(days);
    time.year = date.year();
    time.month = date.month();
    time.day = date.day();
    return time;
}

bool isTime(const icaltimetype &time)
{
    return QDate::isValid(time.year, time.month, time.day) &&
           (time.is_date != 0 || (time.hour < 24 && time.minute < 60));
}

template <std::size_t size>
std::size_t listed(const short (&list)[size])
{
    const auto *end = std::ranges::find(list, static_cast<short>(ICAL_RECURRENCE_ARRAY_MAX));
    return std::max<std::size_t>(1, static_cast<std::size_t>(end - std::begin(list)));
}

/// The library looks for the next occurrence time by time and cannot be told to stop, so a rule may not give
/// it too many to look at: for one that never matches it goes on through centuries.
Result<> checkFrequency(const icalrecurrencetype &rule)
{
    const bool withinDays = rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE ||
                            rule.freq == ICAL_HOURLY_RECURRENCE;
    if (withinDays || listed(rule.by_hour) * listed(rule.by_minute) * listed(rule.by_second) > 6) {
        return refuse(QStringLiteral(
            "An event of the calendar repeats more often than windows can. Let it repeat every "
            "day (FREQ=DAILY), at up to six times."));
    }
    return {};
}

struct FreeIterator
{
    void operator()(icalrecur_iterator *iterator) const { icalrecur_iterator_free(iterator); }
};

} // namespace

Result<> EventExpansion::step()
{
    constexpr int mostSteps = 1'000'000;
    constexpr auto longest = std::chrono::seconds(5);
    if (++m_steps > mostSteps || std::chrono::steady_clock::now() - m_begun > longest) {
        return refuse(QStringLiteral("The events of the calendar repeat too often to be followed. Leave out "
                                     "old or very frequent ones."));
    }
    return {};
}

Result<> EventExpansion::add(icalcomponent *calendar)
{
    CalendarZones zones(calendar);
    DOCKERAUTO_TRY(collectChanges(calendar, zones));
    return eachEvent(calendar, [&](icalcomponent *event) { return addEvent(event, zones); });
}

Result<> EventExpansion::collectChanges(icalcomponent *calendar, CalendarZones &zones)
{
    m_changed.clear();
    return eachEvent(calendar, [&](icalcomponent *event) {
        return eachProperty(event, ICAL_RECURRENCEID_PROPERTY, [&](icalproperty *property) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(rules, zones.rulesFor(property));
            m_changed[uidOf(event)].insert(count(rules.moment(dateTimeOf(property))));
            return {};
        });
    });
}

Result<> EventExpansion::addEvent(icalcomponent *component, CalendarZones &zones)
{
    DOCKERAUTO_TRY(step());
    DOCKERAUTO_TRY(eachProperty(component, ICAL_XLICERROR_PROPERTY, [](icalproperty *property) -> Result<> {
        if (isTimeError(property)) {
            return refuse(QStringLiteral("The calendar cannot be understood: %1")
                              .arg(QString::fromUtf8(icalproperty_get_xlicerror(property)).left(200)));
        }
        return {};
    }));
    auto *start = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    if (start == nullptr || icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED) {
        return {};
    }
    Event event;
    event.component = component;
    event.start = dateTimeOf(start);
    if (icaltime_is_null_time(event.start) || !isTime(event.start)) {
        return refuse(QStringLiteral("An event of the calendar has no understandable beginning (DTSTART)"));
    }
    DOCKERAUTO_TRY_ASSIGN(rules, zones.rulesFor(start));
    event.rules = rules;
    DOCKERAUTO_TRY_ASSIGN(length, lengthOf(component, event.start, rules, zones));
    event.length = length;
    DOCKERAUTO_TRY(readExceptions(event, zones));
    DOCKERAUTO_TRY(addRecurrences(event));
    return addDates(event, zones);
}

Result<EventExpansion::Length> EventExpansion::lengthOf(
    icalcomponent *component, const icaltimetype &start, const ZoneRules &rules, CalendarZones &zones) const
{
    if (auto *property = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY)) {
        const auto end = dateTimeOf(property);
        if (start.is_date) {
            return Length{.days = static_cast<int>(std::clamp<qint64>(dayOf(end) - dayOf(start), 0, 36'600)),
                .time = {}};
        }
        DOCKERAUTO_TRY_ASSIGN(endRules, zones.rulesFor(property));
        return Length{.days = 0, .time = endRules.moment(end) - rules.moment(start)};
    }
    if (auto *property = icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY)) {
        const auto duration = icalproperty_get_duration(property);
        if (duration.is_neg != 0 || icaldurationtype_is_bad_duration(duration) != 0) {
            return Length{};
        }
        const auto days = std::min<std::uint64_t>(std::uint64_t{duration.weeks} * 7 + duration.days, 36'600);
        return Length{.days = static_cast<int>(days),
            .time = std::chrono::hours(duration.hours) + std::chrono::minutes(duration.minutes) +
                    std::chrono::seconds(duration.seconds)};
    }
    // RFC 5545, 3.6.1: a day without an end is that day; a moment without one takes no time.
    return Length{.days = start.is_date ? 1 : 0, .time = {}};
}

Result<> EventExpansion::readExceptions(Event &event, CalendarZones &zones)
{
    if (icalcomponent_get_first_property(event.component, ICAL_RECURRENCEID_PROPERTY) == nullptr) {
        event.left = m_changed.value(uidOf(event.component));
    }
    return eachProperty(event.component, ICAL_EXDATE_PROPERTY, [&](icalproperty *property) -> Result<> {
        DOCKERAUTO_TRY(step());
        const auto time = dateTimeOf(property);
        if (time.is_date && !event.start.is_date) {
            event.leftDays.insert(dayOf(time));
            return {};
        }
        DOCKERAUTO_TRY_ASSIGN(rules, zones.rulesFor(property));
        event.left.insert(count(rules.moment(time)));
        return {};
    });
}

Result<> EventExpansion::addRecurrences(const Event &event)
{
    if (icalcomponent_get_first_property(event.component, ICAL_RRULE_PROPERTY) == nullptr) {
        addOccurrence(event, event.start, event.rules);
        return {};
    }
    return eachProperty(event.component, ICAL_RRULE_PROPERTY,
        [&](icalproperty *property) { return addRule(event, property); });
}

Result<> EventExpansion::addRule(const Event &event, icalproperty *property)
{
    auto rule = icalproperty_get_rrule(property);
    DOCKERAUTO_TRY(checkFrequency(rule));
    // Compared here, because the library knows nothing of the zone of the beginning.
    const icaltimetype last = std::exchange(rule.until, icaltime_null_time());
    const bool ends = !icaltime_is_null_time(last);
    const auto lastMoment =
        ends ? (icaltime_is_utc(last) != 0 ? ZoneRules{} : event.rules).moment(last) : Timestamp{};
    const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(
        icalrecur_iterator_new(rule, event.start));
    if (iterator == nullptr) {
        return refuse(
            QStringLiteral("An event of the calendar repeats by a rule that cannot be understood (RRULE)"));
    }
    for (auto time = icalrecur_iterator_next(iterator.get()); !icaltime_is_null_time(time);
         time = icalrecur_iterator_next(iterator.get())) {
        DOCKERAUTO_TRY(step());
        if (ends && (last.is_date ? dayOf(time) > dayOf(last) : event.rules.moment(time) > lastMoment)) {
            break;
        }
        if (!addOccurrence(event, time, event.rules)) {
            break;
        }
    }
    // The search for an occurrence that never comes counts too.
    return step();
}

Result<> EventExpansion::addDates(const Event &event, CalendarZones &zones)
{
    return eachProperty(event.component, ICAL_RDATE_PROPERTY, [&](icalproperty *property) -> Result<> {
        DOCKERAUTO_TRY(step());
        const auto date = icalproperty_get_rdate(property);
        DOCKERAUTO_TRY_ASSIGN(rules, zones.rulesFor(property));
        if (icaltime_is_null_time(date.period.start)) {
            addOccurrence(event, date.time, rules);
            return {};
        }
        const auto from = rules.moment(date.period.start);
        const auto until = icaltime_is_null_time(date.period.end)
                               ? from + std::chrono::seconds(icaldurationtype_as_int(date.period.duration))
                               : rules.moment(date.period.end);
        if (!event.left.contains(count(from))) {
            addRange({from, until});
        }
        return {};
    });
}

bool EventExpansion::addOccurrence(const Event &event, const icaltimetype &start, const ZoneRules &rules)
{
    if (!isTime(start)) {
        return true;
    }
    const auto from = rules.moment(start);
    if (from >= m_span.until) {
        return false;
    }
    if (!event.left.contains(count(from)) && !event.leftDays.contains(dayOf(start))) {
        const auto end = event.length.days == 0 ? from : rules.moment(daysLater(start, event.length.days));
        addRange({from, end + event.length.time});
    }
    return true;
}

void EventExpansion::addRange(TimeRange range)
{
    if (range.from < range.until && range.from < m_span.until && range.until > m_span.from) {
        m_ranges.push_back(range);
    }
}

std::vector<TimeRange> EventExpansion::take()
{
    std::ranges::sort(
        m_ranges, {}, [](const TimeRange &range) { return std::pair(range.from, range.until); });
    const auto [first, last] = std::ranges::unique(m_ranges);
    m_ranges.erase(first, last);
    return std::move(m_ranges);
}

} // namespace dockerauto::calendar
