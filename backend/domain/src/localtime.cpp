#include "domain/localtime.h"

#include "zonesegment.h"

#include <QDateTime>

#include <algorithm>

namespace dockerauto::domain {

namespace {

QDateTime utc(std::int64_t second)
{
    return QDateTime::fromSecsSinceEpoch(second, Qt::UTC);
}

/// Further than any zone was ever from UTC, and than any gap is long.
constexpr std::int64_t farthest = 26 * 3600;

} // namespace

ZoneSegment segmentAt(const QTimeZone &zone, std::int64_t second)
{
    ZoneSegment segment;
    segment.offset = segment.offsetBefore = zone.offsetFromUtc(utc(second));
    if (!zone.hasTransitions()) {
        return segment;
    }
    // previousTransition is about what lies before the moment that it is given.
    const auto begin = zone.previousTransition(utc(second + 1)).atUtc;
    if (begin.isValid()) {
        segment.begin = begin.toSecsSinceEpoch();
        segment.offsetBefore = zone.offsetFromUtc(utc(segment.begin - 1));
    }
    // At the last change that the zone's file lists, Qt 6.4 knows no next one, although the rule of the years
    // after it has some; so nothing is believed for longer than a while.
    const auto end = zone.nextTransition(utc(second)).atUtc;
    constexpr std::int64_t aWhile = std::int64_t{31} * 86'400;
    segment.end = end.isValid() ? end.toSecsSinceEpoch() : second + aWhile;
    return segment;
}

core::Timestamp fromLocal(const QDate &date, const QTime &time, const QTimeZone &zone, InGap inGap)
{
    const QDateTime wall(date, time, Qt::UTC);
    const std::int64_t local = wall.toSecsSinceEpoch();
    const auto moment = [&](std::int64_t second) {
        return core::Timestamp(std::chrono::seconds(second) + std::chrono::milliseconds(time.msec()));
    };
    auto segment = segmentAt(zone, local - farthest);
    while (local - segment.offset >= segment.end) {
        const auto next = segmentAt(zone, segment.end);
        if (local - next.offset < segment.end) {
            // Neither before nor after the change.
            return inGap == InGap::End ? core::Timestamp(std::chrono::seconds(segment.end))
                                       : moment(local - segment.offset);
        }
        segment = next;
    }
    return moment(local - segment.offset);
}

QDateTime toLocal(core::Timestamp time, const QTimeZone &zone)
{
    const auto moment = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    return moment.addSecs(zone.offsetFromUtc(moment));
}

QString toRfc3339(core::Timestamp time, const QTimeZone &zone)
{
    const auto moment = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    const int minutes = zone.offsetFromUtc(moment) / 60;
    const QString text =
        moment.addSecs(std::int64_t{minutes} * 60).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    if (minutes == 0) {
        return text + u'Z';
    }
    return text + QStringLiteral("%1%2:%3")
                      .arg(minutes < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                      .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
                      .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

} // namespace dockerauto::domain
