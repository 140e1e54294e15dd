#pragma once

#include <models/directory.h>
#include <models/words.h>

#include <contracts/policies.h>
#include <contracts/registries.h>
#include <contracts/schedules.h>
#include <core/time.h>

#include <QString>

/// What schedules, windows, rules and registries say, in words.
namespace dockerauto::ui {

/// `All containers`, `Project media`, `Label tier=web`.
[[nodiscard]] QString scopeWords(const contracts::Scope &scope, const Directory &directory);
/// `Check and update`.
[[nodiscard]] QString actionWords(core::ScheduleAction action);
/// `Window`, `Freeze`.
[[nodiscard]] QString windowKindWords(core::WindowKind kind);
/// `Mon–Fri 22:00–02:00`, `20 Dec 18:00 – 2 Jan 08:00`, `from a calendar`; several joined.
[[nodiscard]] QString windowTimesWords(const contracts::Window &window, core::Timestamp now);
/// What the rules say, as one sentence.
[[nodiscard]] QString rulesSentence(const contracts::UpdateRules &rules);
/// `up to minor versions`.
[[nodiscard]] QString levelWords(core::TagLevel level);
/// `Patch`, with its icon.
[[nodiscard]] Word bumpWord(core::Bump bump);

/// `37 of 100 pulls left until 14:05`; empty when the registry told nothing.
[[nodiscard]] QString budgetWords(const contracts::RegistryBudget &budget, core::Timestamp now);
/// Open, paused, broken or in use without settings.
[[nodiscard]] Word registryWord(const contracts::Registry &registry);
/// `Signs in as mara, password kept here`, `Without signing in`.
[[nodiscard]] QString credentialWords(const contracts::Registry &registry);

/// `in 3 h`, `in 2 days`, `now`.
[[nodiscard]] QString untilText(core::Timestamp then, core::Timestamp now);
/// `today 10:00`, `tomorrow 02:00`, `Wed 10:00` within a week, `12 Mar 10:00`: local time.
[[nodiscard]] QString dayMomentText(core::Timestamp time, core::Timestamp now);
/// `3 days`, `12 h`, `30 min`.
[[nodiscard]] QString spanText(qint64 seconds);

/// The next thing that runs by itself, or null: windows that open and freezes that begin are no runs.
[[nodiscard]] const contracts::UpcomingItem *nextRun(
    const std::vector<contracts::UpcomingItem> &upcoming, core::Timestamp now);
/// The name of a run: the schedule's, or that of the regular check.
[[nodiscard]] QString runName(const contracts::UpcomingItem &item);

} // namespace dockerauto::ui
