#include <models/displaytext.h>
#include <models/planmodel.h>
#include <models/planwords.h>
#include <models/timing.h>

#include <QLocale>
#include <QTimeZone>

// How schedules, windows and policies become rows of a table.

namespace dockerauto::ui {

namespace {

QString withZone(const QString &words, const QString &zone)
{
    return zone.isEmpty() || zone == QString::fromUtf8(QTimeZone::systemTimeZoneId())
               ? words
               : PlanModel::tr("%1 (%2)", "time (zone)").arg(words, harmless(zone, 40));
}

PlanRow rowOf(const contracts::Schedule &schedule, const Directory &directory, core::Timestamp now)
{
    PlanRow row{PlanKind::Schedule, schedule.id, harmless(schedule.name, 80),
        actionWords(schedule.action) + QStringLiteral(" · ") + scopeWords(schedule.scope, directory),
        schedule.action == core::ScheduleAction::Check ? QStringLiteral("search")
                                                       : QStringLiteral("calendar-clock"),
        schedule.enabled, {}};
    const bool hasNext = schedule.enabled && !schedule.nextRuns.empty();
    QString last = harmless(schedule.lastResult, 200);
    if (schedule.lastRunAt) {
        const QString ago = agoText(*schedule.lastRunAt, now);
        last = last.isEmpty() ? ago : PlanModel::tr("%1 · %2", "time ago · result").arg(ago, last);
    }
    row.cells = {{withZone(timingWords(harmless(schedule.cron, 80)), schedule.zone)},
        {hasNext ? dayMomentText(schedule.nextRuns.front(), now) : PlanModel::tr("never")},
        {last.isEmpty() ? PlanModel::tr("has not run yet") : last},
        {QLocale().toString(schedule.containers)}};
    return row;
}

PlanCell nextOf(const contracts::Window &window, core::Timestamp now)
{
    const bool freeze = window.kind == core::WindowKind::Freeze;
    if (!window.enabled) {
        return {PlanModel::tr("never")};
    }
    if (window.inside) {
        const QString text =
            window.closesAt ? (freeze ? PlanModel::tr("Frozen until %1") : PlanModel::tr("Open until %1"))
                                  .arg(momentText(*window.closesAt, now))
            : freeze ? PlanModel::tr("Frozen")
                     : PlanModel::tr("Open");
        return {text, freeze ? Tone::Attention : Tone::Good,
            freeze ? QStringLiteral("snowflake") : QStringLiteral("circle-check")};
    }
    return {window.opensNext ? dayMomentText(*window.opensNext, now) : PlanModel::tr("never")};
}

PlanRow rowOf(const contracts::Window &window, const Directory &directory, core::Timestamp now)
{
    const bool freeze = window.kind == core::WindowKind::Freeze;
    PlanRow row{freeze ? PlanKind::Freeze : PlanKind::Window, window.id, harmless(window.name, 80),
        (freeze ? PlanModel::tr("Freeze") : PlanModel::tr("Window")) + QStringLiteral(" · ") +
            scopeWords(window.scope, directory),
        freeze ? QStringLiteral("snowflake") : QStringLiteral("calendar-days"), window.enabled, {}};
    const bool weekly = window.times.start || !window.times.days.value_or(std::vector<QString>()).empty();
    row.cells = {{withZone(windowTimesWords(window, now),
                     weekly ? window.times.zone.value_or(QStringLiteral("UTC")) : QString())},
        nextOf(window, now), {}, {QLocale().toString(window.containers)}};
    return row;
}

} // namespace

std::vector<PlanRow> scheduleRows(const PlanningFeed &feed, const Directory &directory, core::Timestamp now)
{
    std::vector<PlanRow> rows;
    for (const contracts::Schedule &schedule : feed.schedules()) {
        rows.push_back(rowOf(schedule, directory, now));
    }
    for (const contracts::Window &window : feed.windows()) {
        rows.push_back(rowOf(window, directory, now));
    }
    return rows;
}

std::vector<PlanRow> policyRows(const PlanningFeed &feed, const Directory &directory)
{
    std::vector<PlanRow> rows;
    for (const contracts::Policy &policy : feed.policies()) {
        const Word word = policy.rules.updatePolicy ? policyWord(*policy.rules.updatePolicy)
                                                    : Word{{}, QStringLiteral("tag")};
        PlanRow row{PlanKind::Policy, policy.id, harmless(policy.name, 80),
            scopeWords(policy.scope, directory), word.icon, policy.enabled, {}};
        row.cells = {{rulesSentence(policy.rules)}, {QLocale().toString(policy.containers)}};
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace dockerauto::ui
