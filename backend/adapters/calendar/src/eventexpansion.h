#pragma once

#include "calendarzones.h"

#include <domain/timewindow.h>

#include <QSet>

#include <chrono>
#include <vector>

namespace dockerauto::calendar {

/// When the events of a VCALENDAR take place: recurrences, additions, exceptions and changed occurrences.
class EventExpansion
{
public:
    /// Only what overlaps `span` is of interest.
    explicit EventExpansion(domain::TimeRange span) : m_span(span) {}

    /// InvalidArgument for what cannot be understood or would take too long.
    core::Result<> add(icalcomponent *calendar);
    /// In order, each once.
    std::vector<domain::TimeRange> take();

private:
    /// How long an event takes from any of its beginnings.
    struct Length
    {
        /// Counted on the calendar.
        int days = 0;
        std::chrono::milliseconds time{};
    };
    struct Event
    {
        icalcomponent *component = nullptr;
        icaltimetype start{};
        ZoneRules rules;
        Length length;
        /// Beginnings that do not take place here.
        QSet<qint64> left;
        /// Days on which nothing takes place.
        QSet<qint64> leftDays;
    };

    core::Result<> collectChanges(icalcomponent *calendar, CalendarZones &zones);
    core::Result<> addEvent(icalcomponent *component, CalendarZones &zones);
    core::Result<Length> lengthOf(icalcomponent *component, const icaltimetype &start, const ZoneRules &rules,
        CalendarZones &zones) const;
    core::Result<> readExceptions(Event &event, CalendarZones &zones);
    core::Result<> addRecurrences(const Event &event);
    core::Result<> addRule(const Event &event, icalproperty *property);
    core::Result<> addDates(const Event &event, CalendarZones &zones);
    /// False when it begins after all that is of interest.
    bool addOccurrence(const Event &event, const icaltimetype &start, const ZoneRules &rules);
    void addRange(domain::TimeRange range);
    /// Counts a step of work; an error when there were too many.
    core::Result<> step();

    domain::TimeRange m_span;
    std::vector<domain::TimeRange> m_ranges;
    /// Beginnings that another event with the same UID replaces, by UID.
    QHash<QByteArray, QSet<qint64>> m_changed;
    int m_steps = 0;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
};

} // namespace dockerauto::calendar
