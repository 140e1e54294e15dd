#include "domain/timewindow.h"

#include "domain/cron.h"
#include "domain/localtime.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace dockerauto::domain {

using core::ErrorCode;
using core::Result;
using core::Timestamp;

namespace {

using std::chrono::days;

/// Long enough to meet every weekday, even when a change of the zone leaves one of them out.
constexpr int lookAheadDays = 15;

Result<std::vector<int>> parseDays(const std::vector<QString> &names)
{
    static const QStringList known = QStringLiteral("mon tue wed thu fri sat sun").split(u' ');
    std::vector<int> result;
    for (const QString &name : names) {
        const auto index = known.indexOf(name.trimmed().toLower());
        if (index < 0) {
            return core::fail(ErrorCode::InvalidArgument,
                QStringLiteral("“%1” is no day. Write mon, tue, wed, thu, fri, sat or sun.")
                    .arg(name.left(32)),
                QStringLiteral("days"));
        }
        const int day = static_cast<int>(index) + 1;
        if (std::ranges::find(result, day) == result.end()) {
            result.push_back(day);
        }
    }
    std::ranges::sort(result);
    return result;
}

/// HH:MM. The end of a day is the beginning of the next, so 24:00 becomes 00:00.
Result<QTime> parseTime(const QString &text, const QString &path)
{
    static const QRegularExpression form(QStringLiteral("^([01][0-9]|2[0-3]):([0-5][0-9])$"));
    if (text == QStringLiteral("24:00") && path == QStringLiteral("end")) {
        return QTime(0, 0);
    }
    const auto match = form.match(text);
    if (!match.hasMatch()) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral(
                "“%1” is no time of day. Write it like 22:30; the end of a day is 24:00, as an end only.")
                .arg(text.left(32)),
            path);
    }
    return QTime(match.captured(1).toInt(), match.captured(2).toInt());
}

std::optional<TimeRange> rangeOn(const WeeklyWindow &window, const QDate &date)
{
    if (!window.days.empty() && std::ranges::find(window.days, date.dayOfWeek()) == window.days.end()) {
        return std::nullopt;
    }
    const QDate last = window.end > window.start ? date : date.addDays(1);
    const TimeRange range{fromLocal(date, window.start, window.zone, InGap::End),
        fromLocal(last, window.end, window.zone, InGap::End)};
    // Nothing is left of a range that lies in a gap.
    return range.from < range.until ? std::optional(range) : std::nullopt;
}

/// The ranges of the weekly window that begin on the local days around these moments; some lie outside.
std::vector<TimeRange> weeklyRanges(const WeeklyWindow &window, Timestamp from, Timestamp until)
{
    std::vector<TimeRange> ranges;
    const QDate last = toLocal(until, window.zone).date();
    for (QDate date = toLocal(from, window.zone).date().addDays(-2); date <= last; date = date.addDays(1)) {
        if (auto range = rangeOn(window, date)) {
            ranges.push_back(*range);
        }
    }
    return ranges;
}

std::vector<TimeRange> merged(std::vector<TimeRange> ranges)
{
    std::ranges::sort(ranges, {}, [](const TimeRange &range) { return std::pair(range.from, range.until); });
    std::vector<TimeRange> result;
    for (const TimeRange &range : ranges) {
        if (range.from >= range.until) {
            continue;
        }
        if (!result.empty() && range.from <= result.back().until) {
            result.back().until = std::max(result.back().until, range.until);
        } else {
            result.push_back(range);
        }
    }
    return result;
}

/// All ranges around these moments, merged.
std::vector<TimeRange> rangesAround(const WindowTimes &times, Timestamp from, Timestamp until)
{
    std::vector<TimeRange> ranges = times.ranges;
    if (times.weekly) {
        const auto weekly = weeklyRanges(*times.weekly, from, until);
        ranges.insert(ranges.end(), weekly.begin(), weekly.end());
    }
    return merged(std::move(ranges));
}

} // namespace

Result<WeeklyWindow> WeeklyWindow::parse(
    const std::vector<QString> &days, const QString &start, const QString &end, const QString &zone)
{
    DOCKERAUTO_TRY_ASSIGN(parsedDays, parseDays(days));
    DOCKERAUTO_TRY_ASSIGN(parsedStart, parseTime(start, QStringLiteral("start")));
    DOCKERAUTO_TRY_ASSIGN(parsedEnd, parseTime(end, QStringLiteral("end")));
    DOCKERAUTO_TRY_ASSIGN(parsedZone, timeZoneNamed(zone));
    return WeeklyWindow{std::move(parsedDays), parsedStart, parsedEnd, std::move(parsedZone)};
}

WindowState stateAt(const WindowTimes &times, Timestamp at)
{
    WindowState state;
    Timestamp closed = at;
    // Where a single range ends late, the weekly ones after it decide how it goes on.
    for (int round = 0; round < 4; ++round) {
        const auto until = closed + days(lookAheadDays);
        const auto ranges = rangesAround(times, at, until);
        const auto next =
            std::ranges::upper_bound(ranges, at, {}, [](const TimeRange &range) { return range.from; });
        state.inside = next != ranges.begin() && std::prev(next)->until > at;
        state.closesAt = state.inside ? std::optional(std::prev(next)->until) : std::nullopt;
        state.opensNext = next != ranges.end() ? std::optional(next->from) : std::nullopt;
        if (!state.inside || !times.weekly || *state.closesAt + days(lookAheadDays / 2) < until) {
            return state;
        }
        closed = *state.closesAt;
    }
    // No end in sight.
    state.closesAt = std::nullopt;
    state.opensNext = std::nullopt;
    return state;
}

std::vector<TimeRange> rangesBetween(const WindowTimes &times, Timestamp from, Timestamp until)
{
    auto ranges = rangesAround(times, from, until);
    std::erase_if(ranges, [&](const TimeRange &range) { return range.until <= from || range.from >= until; });
    return ranges;
}

} // namespace dockerauto::domain
