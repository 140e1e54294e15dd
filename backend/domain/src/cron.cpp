#include "domain/cron.h"

#include "cronfields.h"
#include "zonesegment.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <chrono>

namespace dockerauto::domain {

using core::ErrorCode;
using core::Result;
using core::Timestamp;

struct CronPattern::Fields : CronFields
{
};

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr std::int64_t secondsPerDay = 86'400;

unsigned lengthOf(year y, month m)
{
    return static_cast<unsigned>(year_month_day_last(y, std::chrono::month_day_last(m)).day());
}

unsigned weekdayOf(year y, month m, unsigned d)
{
    return weekday(sys_days(year_month_day(y, m, day(d)))).c_encoding();
}

/// The one of Monday to Friday that is nearest to the day within its month (OCPS 1.3, 4.3).
unsigned workdayNear(year y, month m, unsigned d)
{
    switch (weekdayOf(y, m, d)) {
    case 0:
        return d < lengthOf(y, m) ? d + 1 : d - 2;
    case 6:
        return d > 1 ? d - 1 : d + 2;
    default:
        return d;
    }
}

bool weekdayMatches(const CronFields &fields, unsigned d, unsigned length, unsigned weekdayIndex)
{
    const std::uint8_t allowed = fields.weekdays[weekdayIndex];
    const bool nth = (allowed & (1U << ((d - 1) / 7 + 1))) != 0;
    const bool last = (allowed & CronFields::lastWeek) != 0 && d + 7 > length;
    return nth || last;
}

/// The days of the month on which the pattern matches.
std::bitset<32> daysIn(const CronFields &fields, year y, month m)
{
    const unsigned length = lengthOf(y, m);
    std::bitset<32> wanted = fields.days;
    if (fields.lastDay) {
        wanted.set(length);
    }
    if (fields.lastWorkday) {
        // Never Monday: the last day, or the Friday before it.
        const unsigned end = weekdayOf(y, m, length);
        wanted.set(end == 0 ? length - 2 : end == 6 ? length - 1 : length);
    }
    if (fields.nearWorkday > 0 && static_cast<unsigned>(fields.nearWorkday) <= length) {
        wanted.set(workdayNear(y, m, static_cast<unsigned>(fields.nearWorkday)));
    }
    std::bitset<32> result;
    unsigned weekdayIndex = weekdayOf(y, m, 1);
    for (unsigned d = 1; d <= length; ++d, weekdayIndex = (weekdayIndex + 1) % 7) {
        const bool byWeekday = weekdayMatches(fields, d, length, weekdayIndex);
        result.set(d, fields.bothDays ? wanted.test(d) && byWeekday : wanted.test(d) || byWeekday);
    }
    return result;
}

/// The first set bit from `from` on, or the size.
template <std::size_t size>
std::size_t firstFrom(const std::bitset<size> &set, std::size_t from)
{
    while (from < size && !set.test(from)) {
        ++from;
    }
    return from;
}

/// The first second of a day, from the given one on, at which the pattern matches.
std::optional<std::int64_t> timeOfDay(const CronFields &fields, std::int64_t from)
{
    auto hour = static_cast<std::size_t>(from / 3600);
    auto minute = static_cast<std::size_t>(from / 60 % 60);
    auto second = static_cast<std::size_t>(from % 60);
    for (; hour < 24; ++hour, minute = 0, second = 0) {
        if (!fields.hours.test(hour)) {
            continue;
        }
        for (; minute < 60; ++minute, second = 0) {
            if (!fields.minutes.test(minute)) {
                continue;
            }
            second = firstFrom(fields.seconds, second);
            if (second < 60) {
                return static_cast<std::int64_t>(hour * 3600 + minute * 60 + second);
            }
        }
    }
    return std::nullopt;
}

/// The first local time from `from` on at which the pattern matches, as if clocks never changed.
std::optional<std::int64_t> nextLocal(const CronFields &fields, std::int64_t from)
{
    const auto firstDay = std::chrono::floor<days>(std::chrono::sys_seconds(std::chrono::seconds(from)));
    const year_month_day start(firstDay);
    std::int64_t second = from - firstDay.time_since_epoch().count() * secondsPerDay;
    unsigned d = static_cast<unsigned>(start.day());
    unsigned m = static_cast<unsigned>(start.month());
    int y = static_cast<int>(start.year());
    if (y < firstCronYear) {
        y = firstCronYear;
        m = d = 1;
        second = 0;
    }
    for (; y <= lastCronYear; ++y, m = 1, d = 1, second = 0) {
        if (!fields.years.test(static_cast<std::size_t>(y - firstCronYear))) {
            continue;
        }
        for (; m <= 12; ++m, d = 1, second = 0) {
            if (!fields.months.test(m)) {
                continue;
            }
            const auto matching = daysIn(fields, year(y), month(m));
            for (d = static_cast<unsigned>(firstFrom(matching, d)); d < 32;
                 d = static_cast<unsigned>(firstFrom(matching, d + 1)), second = 0) {
                // Only the day with which the search begins does not begin at midnight.
                const bool begun = sys_days(year_month_day(year(y), month(m), day(d))) == firstDay;
                if (const auto time = timeOfDay(fields, begun ? second : 0)) {
                    const auto date = sys_days(year_month_day(year(y), month(m), day(d)));
                    return date.time_since_epoch().count() * secondsPerDay + *time;
                }
            }
        }
    }
    return std::nullopt;
}

/// The first run from `from` on that falls into the segment, and the next local time that may be worth a
/// look.
struct Search
{
    std::optional<std::int64_t> run;
    std::optional<std::int64_t> nextLocal;
};

Search searchIn(const CronFields &fields, const ZoneSegment &segment, std::int64_t from)
{
    Search search;
    std::int64_t local = from + segment.offset;
    const bool changes = segment.begin != -ZoneSegment::never && !fields.wildcard;
    if (changes && segment.gap() < 0) {
        // What clocks show for the second time has been.
        local = std::max(local, segment.begin + segment.offsetBefore);
    }
    search.nextLocal = nextLocal(fields, local);
    if (search.nextLocal && *search.nextLocal - segment.offset < segment.end) {
        search.run = *search.nextLocal - segment.offset;
    }
    if (changes && segment.gap() > 0) {
        // What clocks left out comes as late as it would have come without the change.
        const auto leftOut = nextLocal(fields, std::max(from, segment.begin) + segment.offsetBefore);
        if (leftOut && *leftOut < segment.begin + segment.offset) {
            const std::int64_t at = *leftOut - segment.offsetBefore;
            search.run = search.run ? std::min(*search.run, at) : at;
        }
    }
    return search;
}

} // namespace

CronPattern::CronPattern(std::unique_ptr<Fields> fields) : m_fields(std::move(fields)) {}

CronPattern::CronPattern(const CronPattern &other) : m_fields(std::make_unique<Fields>(*other.m_fields)) {}

CronPattern::CronPattern(CronPattern &&) noexcept = default;

CronPattern &CronPattern::operator=(const CronPattern &other)
{
    m_fields = std::make_unique<Fields>(*other.m_fields);
    return *this;
}

CronPattern &CronPattern::operator=(CronPattern &&) noexcept = default;

CronPattern::~CronPattern() = default;

Result<CronPattern> CronPattern::parse(const QString &text)
{
    DOCKERAUTO_TRY_ASSIGN(fields, parseCron(text));
    return CronPattern(std::make_unique<Fields>(Fields{fields}));
}

std::optional<Timestamp> CronPattern::next(Timestamp after, const QTimeZone &zone) const
{
    // Further than any zone is from UTC.
    constexpr std::int64_t farthest = 26 * 3600;
    std::int64_t from = std::chrono::floor<std::chrono::seconds>(after).time_since_epoch().count() + 1;
    for (;;) {
        const ZoneSegment segment = segmentAt(zone, from);
        const Search search = searchIn(*m_fields, segment, from);
        if (search.run) {
            return Timestamp(std::chrono::seconds(*search.run));
        }
        if (!search.nextLocal) {
            return std::nullopt;
        }
        // On, over changes between which nothing is to be found.
        from = std::max(segment.end, *search.nextLocal - farthest);
    }
}

std::vector<Timestamp> CronPattern::next(Timestamp after, const QTimeZone &zone, int count) const
{
    std::vector<Timestamp> runs;
    while (static_cast<int>(runs.size()) < count) {
        const auto run = next(runs.empty() ? after : runs.back(), zone);
        if (!run) {
            break;
        }
        runs.push_back(*run);
    }
    return runs;
}

Result<QTimeZone> timeZoneNamed(const QString &name)
{
    // Names without a region are few; anything else without one Qt takes for a rule of POSIX.
    static const QRegularExpression form(QStringLiteral(
        "^(UTC|GMT|UCT|Zulu|Universal|Greenwich|GMT[+-]?0|EST|MST|HST|EST5EDT|CST6CDT|MST7MDT|"
        "PST8PDT|CET|MET|EET|WET|Cuba|Egypt|Eire|GB|GB-Eire|Hongkong|Iceland|Iran|Israel|Jamaica|"
        "Japan|Kwajalein|Libya|NZ|NZ-CHAT|Navajo|PRC|Poland|Portugal|ROC|ROK|Singapore|Turkey|W-SU|"
        "(?!posix/|right/)[A-Za-z]+(/[A-Za-z0-9_+-]+)+)$"));
    if (name.size() <= 64 && form.match(name).hasMatch()) {
        if (QTimeZone zone(name.toLatin1()); zone.isValid()) {
            return zone;
        }
    }
    return core::fail(ErrorCode::InvalidArgument,
        QStringLiteral("“%1” is no time zone. Write its IANA name, for example Europe/Berlin or UTC.")
            .arg(name.left(64)),
        QStringLiteral("zone"));
}

} // namespace dockerauto::domain
