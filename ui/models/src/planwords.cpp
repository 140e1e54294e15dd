#include <models/planwords.h>

#include <models/displaytext.h>
#include <models/rulewords.h>
#include <models/timing.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace dockerauto::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PlanWords)
};

QDateTime local(core::Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

QString dateText(const QDate &date, const QDate &today)
{
    const QLocale locale;
    const QString day = QString::number(date.day());
    const QString month = locale.monthName(date.month(), QLocale::ShortFormat);
    return date.year() == today.year()
               ? Text::tr("%1 %2", "day and month, 12 Mar").arg(day, month)
               : Text::tr("%1 %2 %3", "day, month and year, 12 Mar 2026").arg(day, month).arg(date.year());
}

QString rangeText(core::Timestamp from, core::Timestamp until, core::Timestamp now)
{
    const QDate today = local(now).date();
    const QString format = QStringLiteral("HH:mm");
    const QDateTime first = local(from);
    const QDateTime last = local(until);
    const QString start = dateText(first.date(), today) + QLatin1Char(' ') + first.toString(format);
    return first.date() == last.date()
               ? Text::tr("%1–%2", "from – until").arg(start, last.toString(format))
               : Text::tr("%1 – %2", "from – until, with dates")
                     .arg(start, dateText(last.date(), today) + QLatin1Char(' ') + last.toString(format));
}

QString capitalized(QString text)
{
    if (!text.isEmpty()) {
        text[0] = text.at(0).toUpper();
    }
    return text;
}

} // namespace

QString scopeWords(const contracts::Scope &scope, const Directory &directory)
{
    const QString value = scope.value.value_or(QString());
    switch (scope.kind) {
    case core::ScopeKind::All:
        return Text::tr("All containers");
    case core::ScopeKind::Host:
        return Text::tr("Host %1").arg(directory.hostName(value));
    case core::ScopeKind::Project:
        return Text::tr("Project %1").arg(harmless(value, 80));
    case core::ScopeKind::Label:
        return Text::tr("Label %1").arg(harmless(value, 120));
    case core::ScopeKind::Container:
        return directory.containerName(value);
    }
    return {};
}

QString actionWords(core::ScheduleAction action)
{
    return action == core::ScheduleAction::Check ? Text::tr("Check for updates")
                                                 : Text::tr("Check and update");
}

QString windowKindWords(core::WindowKind kind)
{
    return kind == core::WindowKind::Window ? Text::tr("Window: updates may begin")
                                            : Text::tr("Freeze: no updates");
}

QString windowTimesWords(const contracts::Window &window, core::Timestamp now)
{
    QStringList parts;
    const contracts::WindowTimes &times = window.times;
    std::vector<int> days;
    for (const QString &name : times.days.value_or(std::vector<QString>())) {
        days.push_back(dayOfName(name));
    }
    std::ranges::sort(days);
    if (!days.empty() && !times.start) {
        parts << Text::tr("%1, the whole day", "days").arg(daysWords(days));
    }
    if (times.start && times.end) {
        parts << Text::tr("%1 %2–%3", "days from–until")
                     .arg(daysWords(days), harmless(*times.start, 8), harmless(*times.end, 8));
    }
    if (times.from && times.until) {
        parts << rangeText(*times.from, *times.until, now);
    }
    if (window.calendar) {
        parts << Text::tr("from a calendar");
    }
    return capitalized(parts.join(Text::tr("; ", "between times")));
}

QString levelWords(core::TagLevel level)
{
    switch (level) {
    case core::TagLevel::None:
        return Text::tr("new builds of the same tag only");
    case core::TagLevel::Patch:
        return Text::tr("up to patch versions");
    case core::TagLevel::Minor:
        return Text::tr("up to minor versions");
    case core::TagLevel::Major:
        return Text::tr("up to major versions");
    }
    return {};
}

Word bumpWord(core::Bump bump)
{
    switch (bump) {
    case core::Bump::None:
        return {Text::tr("No step"), QStringLiteral("minus"), Tone::Quiet};
    case core::Bump::Build:
        return {Text::tr("New build"), QStringLiteral("hammer"), Tone::News};
    case core::Bump::Patch:
        return {Text::tr("Patch"), QStringLiteral("circle-arrow-up"), Tone::News};
    case core::Bump::Minor:
        return {Text::tr("Minor"), QStringLiteral("circle-arrow-up"), Tone::News};
    case core::Bump::Major:
        return {Text::tr("Major"), QStringLiteral("circle-arrow-up"), Tone::Attention};
    }
    return {};
}

namespace {

/// What is done around the update itself.
void addCareWords(QStringList &parts, const contracts::UpdateRules &rules)
{
    if (rules.rollback) {
        parts << (*rules.rollback ? Text::tr("put back by itself") : Text::tr("not put back by itself"));
    }
    if (rules.watchSeconds) {
        parts << (*rules.watchSeconds > 0
                      ? Text::tr("watched for %1 afterwards").arg(spanText(*rules.watchSeconds))
                      : Text::tr("not watched afterwards"));
    }
    if (rules.probe) {
        parts << Text::tr("own question for its health");
    }
    if (rules.backupVolumes) {
        parts << Text::tr("saves volumes: %1").arg(backupChoice(*rules.backupVolumes).text);
    }
    if (rules.keepVersions) {
        parts << Text::tr("keeps %n earlier version(s)", nullptr, *rules.keepVersions);
    }
    if (rules.hookBefore || rules.hookAfter) {
        parts << Text::tr("commands around the update");
    }
}

} // namespace

QString rulesSentence(const contracts::UpdateRules &rules)
{
    QStringList parts;
    if (rules.updatePolicy) {
        parts << policyWord(*rules.updatePolicy).text;
    }
    if (rules.level) {
        parts << levelWords(*rules.level);
    }
    if (rules.constraint) {
        parts << Text::tr("within %1").arg(harmless(*rules.constraint, 60));
    }
    if (rules.include) {
        parts << Text::tr("only tags with %1").arg(harmless(*rules.include, 60));
    }
    if (rules.exclude) {
        parts << Text::tr("no tags with %1").arg(harmless(*rules.exclude, 60));
    }
    if (rules.prerelease) {
        parts << (*rules.prerelease ? Text::tr("pre-releases too") : Text::tr("no pre-releases"));
    }
    if (rules.family) {
        parts << (*rules.family == core::TagFamily::Strict ? Text::tr("the same image variant")
                                                           : Text::tr("newer image variants too"));
    }
    if (rules.automaticLevel) {
        parts << Text::tr("without asking %1").arg(levelWords(*rules.automaticLevel));
    }
    if (rules.minimumAgeSeconds) {
        parts << Text::tr("not before %1 old").arg(spanText(*rules.minimumAgeSeconds));
    }
    if (rules.strategy) {
        parts << Text::tr("strategy %1").arg(strategyWord(*rules.strategy));
    }
    if (rules.releaseNotes) {
        parts << Text::tr("own release notes");
    }
    addCareWords(parts, rules);
    return parts.isEmpty() ? Text::tr("Says nothing yet")
                           : capitalized(parts.join(Text::tr(", ", "between rules")));
}

QString budgetWords(const contracts::RegistryBudget &budget, core::Timestamp now)
{
    if (!budget.remaining) {
        return {};
    }
    const QLocale locale;
    const QString left = budget.limit
                             ? Text::tr("%1 of %2 pulls left")
                                   .arg(locale.toString(*budget.remaining), locale.toString(*budget.limit))
                             : Text::tr("%1 pulls left").arg(locale.toString(*budget.remaining));
    return budget.resetsAt && *budget.resetsAt > now ? Text::tr("%1 until %2", "pulls left until a time")
                                                           .arg(left, momentText(*budget.resetsAt, now))
                                                     : left;
}

Word registryWord(const contracts::Registry &registry)
{
    const QString state = registry.budget ? registry.budget->state : QString();
    if (state == QLatin1String("paused")) {
        return {Text::tr("Paused"), QStringLiteral("circle-pause"), Tone::Attention};
    }
    if (state == QLatin1String("broken")) {
        return {Text::tr("Does not work"), QStringLiteral("octagon-alert"), Tone::Bad};
    }
    if (state == QLatin1String("open")) {
        return {Text::tr("Works"), QStringLiteral("circle-check"), Tone::Good};
    }
    return {Text::tr("Not asked yet"), QStringLiteral("circle-dashed"), Tone::Quiet};
}

QString credentialWords(const contracts::Registry &registry)
{
    if (registry.credentialsFrom.isEmpty()) {
        return Text::tr("Without signing in");
    }
    const QString from = harmless(registry.credentialsFrom, 80);
    return registry.username.isEmpty()
               ? Text::tr("Credentials from %1").arg(from)
               : Text::tr("Signs in as %1, credentials from %2").arg(harmless(registry.username, 80), from);
}

QString untilText(core::Timestamp then, core::Timestamp now)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(then - now).count();
    if (seconds < 60) {
        return Text::tr("now");
    }
    if (seconds < 3600) {
        return Text::tr("in %n min", nullptr, static_cast<int>(seconds / 60));
    }
    if (seconds < 86400) {
        return Text::tr("in %n h", nullptr, static_cast<int>((seconds + 1800) / 3600));
    }
    return Text::tr("in %n day(s)", nullptr, static_cast<int>((seconds + 43200) / 86400));
}

QString dayMomentText(core::Timestamp time, core::Timestamp now)
{
    const QDateTime moment = local(time);
    const QDate today = local(now).date();
    const QString clock = moment.toString(QStringLiteral("HH:mm"));
    const qint64 days = today.daysTo(moment.date());
    switch (days) {
    case -1:
        return Text::tr("yesterday %1").arg(clock);
    case 0:
        return Text::tr("today %1").arg(clock);
    case 1:
        return Text::tr("tomorrow %1").arg(clock);
    default:
        break;
    }
    const QString day =
        days > 1 && days < 7 ? shortDay(moment.date().dayOfWeek()) : dateText(moment.date(), today);
    return day + QLatin1Char(' ') + clock;
}

QString spanText(qint64 seconds)
{
    if (seconds >= 86400 && seconds % 86400 == 0) {
        return Text::tr("%n day(s)", nullptr, static_cast<int>(seconds / 86400));
    }
    if (seconds >= 3600 && seconds % 3600 == 0) {
        return Text::tr("%1 h", "hours").arg(seconds / 3600);
    }
    if (seconds >= 60) {
        return Text::tr("%1 min", "minutes").arg(seconds / 60);
    }
    return Text::tr("%1 s", "seconds").arg(seconds);
}

const contracts::UpcomingItem *nextRun(
    const std::vector<contracts::UpcomingItem> &upcoming, core::Timestamp now)
{
    const auto found = std::ranges::find_if(upcoming, [&](const contracts::UpcomingItem &item) {
        return item.at >= now &&
               (item.kind == QLatin1String("check") || item.kind == QLatin1String("update"));
    });
    return found == upcoming.end() ? nullptr : &*found;
}

QString runName(const contracts::UpcomingItem &item)
{
    return item.name.isEmpty() || item.id.isEmpty() ? Text::tr("Regular check") : harmless(item.name, 80);
}

} // namespace dockerauto::ui
