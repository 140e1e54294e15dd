#include <models/weekplan.h>

#include <models/displaytext.h>
#include <models/planwords.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace dockerauto::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WeekPlan)
};

constexpr int dayCount = 7;
/// More runs of one schedule on one day would hide each other.
constexpr std::size_t mostSingleRuns = 6;

QString longDay(int day, QDate first)
{
    return QLocale().dayName(first.addDays(day).dayOfWeek(), QLocale::LongFormat);
}

/// A range, cut at midnight into what lies on the shown days.
void addBand(std::vector<WeekItem> &items, const WeekItem &like, core::Timestamp from, core::Timestamp until,
    QDate first)
{
    const WeekPlace begin = weekPlace(from, first);
    WeekPlace end = weekPlace(until, first);
    if (end.hour <= 0) {
        end = {end.day - 1, 24};
    }
    for (int day = std::max(begin.day, 0); day <= std::min(end.day, dayCount - 1); ++day) {
        WeekItem item = like;
        item.day = day;
        item.from = day == begin.day ? begin.hour : 0;
        item.until = day == end.day ? end.hour : 24;
        if (item.until > item.from) {
            item.sentence = Text::tr("%1, %2 %3 to %4, %5", "name, day from to, what")
                                .arg(item.name, longDay(day, first), hourText(item.from),
                                    hourText(item.until), like.sentence);
            items.push_back(std::move(item));
        }
    }
}

void addWindow(std::vector<WeekItem> &items, const contracts::Window &window, const Directory &directory,
    QDate first, core::Timestamp now)
{
    if (!window.enabled) {
        return;
    }
    const bool freeze = window.kind == core::WindowKind::Freeze;
    WeekItem like;
    like.kind = freeze ? WeekItem::Kind::Freeze : WeekItem::Kind::Window;
    like.id = window.id;
    like.name = harmless(window.name, 80);
    like.detail = freeze ? Text::tr("no updates") : scopeWords(window.scope, directory);
    like.sentence =
        windowKindWords(window.kind) + QStringLiteral(" · ") + scopeWords(window.scope, directory);
    // Of what is open now the backend may tell only the end.
    const bool cut = window.inside && window.closesAt &&
                     (window.opens.empty() || window.closes.empty() || window.opens.front() > now);
    if (cut) {
        addBand(items, like, now, *window.closesAt, first);
    }
    const std::size_t count = std::min(window.opens.size(), window.closes.size());
    for (std::size_t range = 0; range < count; ++range) {
        addBand(items, like, window.opens.at(range), window.closes.at(range), first);
    }
}

void addRuns(std::vector<WeekItem> &items, const std::vector<const contracts::UpcomingItem *> &runs, int day,
    QDate first)
{
    const contracts::UpcomingItem &one = *runs.front();
    const bool updates = one.kind == QLatin1String("update");
    WeekItem like;
    like.kind = updates ? WeekItem::Kind::Update : WeekItem::Kind::Check;
    like.id = one.id;
    like.name = runName(one);
    like.day = day;
    if (runs.size() > mostSingleRuns) {
        for (const contracts::UpcomingItem *run : runs) {
            like.times.push_back(weekPlace(run->at, first).hour);
        }
        like.from = like.times.front();
        like.until = like.times.back();
        like.detail = Text::tr("%n run(s)", nullptr, static_cast<int>(runs.size()));
        like.sentence =
            Text::tr("%1, %2 between %3 and %4, %5", "name, day between and, how many")
                .arg(like.name, longDay(day, first), hourText(like.from), hourText(like.until), like.detail);
        items.push_back(like);
        return;
    }
    for (const contracts::UpcomingItem *run : runs) {
        like.from = like.until = weekPlace(run->at, first).hour;
        const auto planned = static_cast<int>(run->containers.size());
        like.detail = updates && planned > 0 ? Text::tr("%n planned", nullptr, planned)
                                             : Text::tr("%n container(s)", nullptr, run->covered);
        like.sentence = Text::tr("%1, %2 %3, %4", "name, day time, what")
                            .arg(like.name, longDay(day, first), hourText(like.from),
                                run->reason.isEmpty() ? like.detail : harmless(run->reason));
        items.push_back(like);
    }
}

void addUpcoming(
    std::vector<WeekItem> &items, const std::vector<contracts::UpcomingItem> &upcoming, QDate first)
{
    std::map<std::tuple<int, QString, QString>, std::vector<const contracts::UpcomingItem *>> byDay;
    for (const contracts::UpcomingItem &item : upcoming) {
        const int day = weekPlace(item.at, first).day;
        if (day >= 0 && day < dayCount &&
            (item.kind == QLatin1String("check") || item.kind == QLatin1String("update"))) {
            byDay[{day, item.id, item.kind}].push_back(&item);
        }
    }
    for (const auto &[key, runs] : byDay) {
        addRuns(items, runs, std::get<0>(key), first);
    }
}

void addDone(std::vector<WeekItem> &items, const contracts::Schedule &schedule, QDate first)
{
    if (!schedule.lastRunAt) {
        return;
    }
    const WeekPlace place = weekPlace(*schedule.lastRunAt, first);
    if (place.day < 0 || place.day >= dayCount) {
        return;
    }
    WeekItem item;
    item.kind = WeekItem::Kind::Done;
    item.id = schedule.id;
    item.name = harmless(schedule.name, 80);
    item.detail = schedule.lastResult.isEmpty() ? Text::tr("has run") : harmless(schedule.lastResult, 120);
    item.day = place.day;
    item.from = item.until = place.hour;
    item.sentence = Text::tr("%1, %2 %3, %4", "name, day time, what")
                        .arg(item.name, longDay(place.day, first), hourText(place.hour), item.detail);
    items.push_back(std::move(item));
}

/// Bands of one kind that overlap stand beside each other.
void arrangeLanes(std::vector<WeekItem> &items, WeekItem::Kind kind, int day)
{
    std::vector<WeekItem *> group;
    double groupEnd = 0;
    std::vector<double> laneEnds;
    const auto close = [&] {
        for (WeekItem *item : group) {
            item->lanes = static_cast<int>(laneEnds.size());
        }
        group.clear();
        laneEnds.clear();
    };
    for (WeekItem &item : items) {
        if (item.day != day || item.kind != kind) {
            continue;
        }
        if (!group.empty() && item.from >= groupEnd) {
            close();
        }
        auto lane = std::ranges::find_if(laneEnds, [&](double end) { return end <= item.from; });
        if (lane == laneEnds.end()) {
            laneEnds.push_back(0);
            lane = laneEnds.end() - 1;
        }
        *lane = item.until;
        item.lane = static_cast<int>(lane - laneEnds.begin());
        groupEnd = group.empty() ? item.until : std::max(groupEnd, item.until);
        group.push_back(&item);
    }
    close();
}

void markFrozen(std::vector<WeekItem> &items)
{
    for (WeekItem &window : items) {
        window.frozen =
            window.kind == WeekItem::Kind::Window && std::ranges::any_of(items, [&](const WeekItem &freeze) {
                return freeze.kind == WeekItem::Kind::Freeze && freeze.day == window.day &&
                       freeze.from < window.until && window.from < freeze.until;
            });
    }
}

} // namespace

WeekPlace weekPlace(core::Timestamp time, QDate first)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    return {static_cast<int>(first.daysTo(local.date())), local.time().msecsSinceStartOfDay() / 3'600'000.0};
}

QString hourText(double hour)
{
    const int minutes = static_cast<int>(std::lround(hour * 60));
    return QStringLiteral("%1:%2")
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

std::vector<WeekItem> weekItems(
    const PlanningFeed &feed, const Directory &directory, QDate first, core::Timestamp now)
{
    std::vector<WeekItem> items;
    for (const contracts::Window &window : feed.windows()) {
        addWindow(items, window, directory, first, now);
    }
    addUpcoming(items, feed.upcoming(), first);
    for (const contracts::Schedule &schedule : feed.schedules()) {
        addDone(items, schedule, first);
    }
    std::ranges::stable_sort(items, [](const WeekItem &a, const WeekItem &b) {
        return std::tuple(a.day, a.from, !a.isBand()) < std::tuple(b.day, b.from, !b.isBand());
    });
    for (int day = 0; day < dayCount; ++day) {
        arrangeLanes(items, WeekItem::Kind::Window, day);
        arrangeLanes(items, WeekItem::Kind::Freeze, day);
    }
    markFrozen(items);
    return items;
}

} // namespace dockerauto::ui
