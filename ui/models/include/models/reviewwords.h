#pragma once

#include <contracts/plans.h>
#include <models/words.h>

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// Words for what an update would do, before it is begun.
namespace dockerauto::ui {

/// `Disk space` for `disk`; an unknown name stays as it is.
[[nodiscard]] QString preflightName(const QString &name);
/// How it was found, with icon and tone.
[[nodiscard]] Word findingWord(core::Finding finding);
/// True when nothing stands in the way of beginning.
[[nodiscard]] bool canBegin(const contracts::Plan &plan);
/// Tag, or a short digest where both share the tag.
[[nodiscard]] QString planFrom(const contracts::Plan &plan);
[[nodiscard]] QString planTo(const contracts::Plan &plan);
/// How long something is expected to take: `15 s`, `2 min`, `1:35 min`.
[[nodiscard]] QString secondsText(qint64 seconds);
/// How long nobody is served and what happens to the data, in a sentence or two. `saved`: whether the volumes
/// are going to be saved, also where the plan has it otherwise.
[[nodiscard]] QString downtimeSentence(const contracts::Plan &plan, bool saved);
/// `Save the volumes first (1.30 GB, about 20 s)`; without what is not known.
[[nodiscard]] QString backupTitle(const contracts::PlannedBackup &backup);
/// `data at /var/lib/data, 1.30 GB, by btrfs`: one saved volume.
[[nodiscard]] QString plannedVolumeText(const contracts::PlannedVolume &volume);
/// True when a person may choose to have the volumes saved.
[[nodiscard]] bool canBackUp(const contracts::PlannedBackup &backup);
/// True when the volumes should be saved before this update and are not going to be.
[[nodiscard]] bool riskWithoutBackup(const contracts::PlannedBackup &backup, bool chosen);
/// `Put the old one back by itself if the new one is not well within 2 min`.
[[nodiscard]] QString rollbackTitle(const contracts::Plan &plan);
/// What going back restores and how long the new container is watched.
[[nodiscard]] QString rollbackMeaning(const contracts::Plan &plan, bool saved);
/// `updated`, `made again` for what is done with one of the containers.
[[nodiscard]] QString plannedActionWord(const QString &action);

} // namespace dockerauto::ui
