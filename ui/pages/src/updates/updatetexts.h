#pragma once

#include "common/factlist.h"

#include <contracts/updates.h>
#include <ui/chip.h>
#include <ui/stepper.h>

#include <QString>

#include <optional>
#include <vector>

/// What is said about one update.
namespace dockerauto::ui {

/// A sentence on a tint.
struct UpdateNotice
{
    ChipKind kind = ChipKind::Neutral;
    QString title;
    QString text;
    QString icon;
};

/// While the update runs or waits: what happens to users if it fails now. While it is watched: for how long.
/// After it failed: why, in plain words. After it went well and is not watched: nothing.
[[nodiscard]] std::optional<UpdateNotice> noticeFor(const contracts::Update &update, core::Timestamp now);
/// Of an update that runs, by the step it is in: what runs now, and what happens if it stops here.
[[nodiscard]] UpdateNotice safetyOf(const contracts::Update &update);

/// True for a line that tells of an error, by its words.
[[nodiscard]] bool tellsOfError(const QString &line);
/// The error that the new container wrote and the old one writes too since it is back; empty for none.
[[nodiscard]] QString sharedError(const contracts::Update &update);

/// The steps as circles; what will not be done is left out.
[[nodiscard]] std::vector<StepItem> stepItems(const contracts::Update &update, core::Timestamp now);
/// The same for little room: steps that take a moment are one with the step that they prepare or end.
[[nodiscard]] std::vector<StepItem> foldedStepItems(const contracts::Update &update, core::Timestamp now);

/// `asked for by mara`, `by itself`; empty when that is not known.
[[nodiscard]] QString requesterText(const contracts::Update &update);

/// `Rolling · asked for by mara · started 03:07`.
[[nodiscard]] QString circumstances(const contracts::Update &update, core::Timestamp now);

/// True while the old container can be put back.
[[nodiscard]] bool canCancel(const contracts::Update &update);

/// One sentence on the comparison of the new container with the old one; empty without one.
[[nodiscard]] QString proofSentence(const contracts::Update &update);

/// The saved volumes: name; size, when and how they were saved.
[[nodiscard]] std::vector<Fact> savedVolumeFacts(const contracts::Update &update, core::Timestamp now);

/// The log as lines of `time step text`, safe to show.
[[nodiscard]] QString logText(const contracts::Update &update);

} // namespace dockerauto::ui
