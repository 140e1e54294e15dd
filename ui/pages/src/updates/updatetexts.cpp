#include "updatetexts.h"

#include <models/displaytext.h>
#include <models/updatemodel.h>
#include <models/words.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace dockerauto::ui {

using contracts::Step;
using contracts::Update;
using core::StepStatus;
using core::UpdateStatus;
using namespace std::chrono_literals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UpdateTexts)
};

const Step *stepOf(const Update &update, QLatin1String name)
{
    const auto found =
        std::ranges::find_if(update.steps, [&](const Step &step) { return step.name == name; });
    return found == update.steps.end() ? nullptr : &*found;
}

/// True when the step has begun, however it went.
bool begun(const Update &update, QLatin1String name)
{
    const Step *step = stepOf(update, name);
    return step != nullptr && step->status != StepStatus::Pending && step->status != StepStatus::Skipped;
}

bool failed(const Update &update, QLatin1String name)
{
    const Step *step = stepOf(update, name);
    return step != nullptr && step->status == StepStatus::Failed;
}

QString cause(const Update &update)
{
    if (update.error && !update.error->isEmpty()) {
        return harmless(*update.error, 2000);
    }
    for (const Step &step : update.steps) {
        if (step.status == StepStatus::Failed && !step.detail.isEmpty()) {
            return harmless(step.detail, 2000);
        }
    }
    return Text::tr("The reason is not known; the log may tell more.");
}

QString sentences(const QStringList &all)
{
    QStringList said = all;
    said.removeAll(QString());
    return said.join(QLatin1Char(' '));
}

QString parkedText(const Update &update)
{
    return sentences({cause(update),
        Text::tr("Nothing more happens until you decide, and nothing is removed. Resuming looks first at "
                 "what is really on the host.")});
}

UpdateNotice rolledBackNotice(const Update &update)
{
    const QString from = fromVersion(update);
    if (update.rolledBackBy) {
        const bool worse = update.observation && update.observation->state == core::WatchState::Regressed;
        return worse ? UpdateNotice{ChipKind::Err,
                           Text::tr("%1 became worse than before, %2 was put back")
                               .arg(toVersion(update), from),
                           harmless(update.observation->reason, 2000), QStringLiteral("undo-2")}
                     : UpdateNotice{ChipKind::Neutral, {},
                           Text::tr("This update was undone later: %1 is in use again.").arg(from),
                           QStringLiteral("undo-2")};
    }
    const QString same = sharedError(update);
    if (!same.isEmpty()) {
        return {ChipKind::Err,
            Text::tr("%1 did not come up well, and %2 has the same fault").arg(toVersion(update), from),
            sentences({cause(update),
                Text::tr("%1 was put back, and both wrote “%2”. The update is probably not the cause.")
                    .arg(from, same)}),
            QStringLiteral("octagon-alert")};
    }
    return {ChipKind::Err, Text::tr("%1 did not come up well, %2 was put back").arg(toVersion(update), from),
        cause(update), QStringLiteral("octagon-alert")};
}

std::optional<UpdateNotice> watchNotice(const Update &update, core::Timestamp now)
{
    if (!update.observation) {
        return {};
    }
    const QString reason = harmless(update.observation->reason, 2000);
    switch (update.observation->state) {
    case core::WatchState::Watching:
        return UpdateNotice{ChipKind::Update,
            Text::tr("%1 is in use and is watched for another %2")
                .arg(toVersion(update), durationText(watchLeft(update, now).value_or(0ms))),
            reason.isEmpty()
                ? Text::tr("Nothing is worse than before so far. If it becomes worse, %1 can be put back.")
                      .arg(fromVersion(update))
                : reason,
            QStringLiteral("eye")};
    case core::WatchState::Passed:
        return UpdateNotice{ChipKind::Ok, {},
            Text::tr("%1 was watched after the update and does no worse than before.").arg(toVersion(update)),
            QStringLiteral("shield-check")};
    case core::WatchState::Regressed:
        return UpdateNotice{ChipKind::Err,
            Text::tr("%1 became worse after the update").arg(toVersion(update)),
            sentences(
                {reason, update.rolledBackBy ? Text::tr("%1 is being put back.").arg(fromVersion(update))
                                             : QString()}),
            QStringLiteral("octagon-alert")};
    case core::WatchState::Ended:
        return UpdateNotice{
            ChipKind::Neutral, Text::tr("It was not watched to the end"), reason, QStringLiteral("eye")};
    }
    return {};
}

/// The time of being watched as a step of its own: it is no step of the saga.
std::optional<StepItem> watchItem(const Update &update, core::Timestamp now)
{
    if (!update.observation) {
        return {};
    }
    StepItem item{.title = Text::tr("Watch")};
    switch (update.observation->state) {
    case core::WatchState::Watching: {
        const auto left = watchLeft(update, now).value_or(0ms);
        item.state = StepState::Current;
        item.detail = Text::tr("%1 left").arg(minutesText(left / 1s));
        if (update.completedAt && update.observation->until > *update.completedAt) {
            item.fraction = std::clamp(
                1 - std::chrono::duration<double>(left) /
                        std::chrono::duration<double>(update.observation->until - *update.completedAt),
                0.0, 1.0);
        }
        break;
    }
    case core::WatchState::Passed:
        item.state = StepState::Done;
        break;
    case core::WatchState::Regressed:
        item.state = StepState::Failed;
        item.detail = Text::tr("became worse");
        break;
    case core::WatchState::Ended:
        item.state = StepState::Done;
        item.detail = Text::tr("ended early");
        break;
    }
    return item;
}

QString detailOf(const Step &step, core::Timestamp now)
{
    switch (step.status) {
    case StepStatus::Running:
        if (step.progress) {
            return progressText(*step.progress);
        }
        return step.startedAt ? durationText(now - *step.startedAt) : QString();
    case StepStatus::Failed:
        return Text::tr("failed");
    case StepStatus::Succeeded:
        return step.startedAt && step.completedAt ? durationText(*step.completedAt - *step.startedAt)
                                                  : QString();
    default:
        return {};
    }
}

StepState stateOf(const Step &step)
{
    switch (step.status) {
    case StepStatus::Running:
        return StepState::Current;
    case StepStatus::Failed:
        return StepState::Failed;
    case StepStatus::Succeeded:
        return step.name == QLatin1String("rollback") ? StepState::PutBack : StepState::Done;
    default:
        return StepState::Pending;
    }
}

} // namespace

std::optional<UpdateNotice> noticeFor(const Update &update, core::Timestamp now)
{
    const QString from = fromVersion(update);
    switch (update.status) {
    case UpdateStatus::Running:
    case UpdateStatus::Paused:
        return safetyOf(update);
    case UpdateStatus::AwaitingApproval:
        return UpdateNotice{ChipKind::Warn, {},
            Text::tr("%1 keeps running until somebody approves this update. Nothing was touched yet.")
                .arg(from),
            QStringLiteral("user-check")};
    case UpdateStatus::Pending:
    case UpdateStatus::Scheduled:
        return UpdateNotice{ChipKind::Neutral, {},
            Text::tr("%1 keeps running until this update has its turn. Nothing was touched yet.").arg(from),
            QStringLiteral("hourglass")};
    case UpdateStatus::Parked:
        return UpdateNotice{ChipKind::Warn, Text::tr("This update stopped and needs you"), parkedText(update),
            QStringLiteral("triangle-alert")};
    case UpdateStatus::RolledBack:
        return rolledBackNotice(update);
    case UpdateStatus::Failed:
        return UpdateNotice{ChipKind::Err,
            failed(update, QLatin1String("rollback"))
                ? Text::tr("The update failed, and %1 could not be put back").arg(from)
            : update.kind == core::UpdateKind::Rollback
                ? Text::tr("Going back failed, %1 is in use as before").arg(from)
                : Text::tr("The update failed"),
            cause(update), QStringLiteral("octagon-alert")};
    case UpdateStatus::Cancelled:
        return UpdateNotice{ChipKind::Neutral, {},
            begun(update, QLatin1String("rollback"))
                ? Text::tr("This update was cancelled and %1 was put back.").arg(from)
                : Text::tr("This update was cancelled. %1 was not touched.").arg(from),
            QStringLiteral("circle-slash")};
    case UpdateStatus::Skipped:
        return UpdateNotice{ChipKind::Neutral, {},
            update.error ? cause(update) : Text::tr("There was nothing to do."),
            QStringLiteral("skip-forward")};
    case UpdateStatus::Succeeded:
        return watchNotice(update, now);
    }
    return {};
}

std::vector<StepItem> stepItems(const Update &update, core::Timestamp now)
{
    std::vector<StepItem> items;
    const bool over = core::isFinal(update.status);
    for (const Step &step : update.steps) {
        if (step.status == StepStatus::Skipped || (over && step.status == StepStatus::Pending)) {
            continue;
        }
        StepItem item{.title = stepWord(step, update), .detail = detailOf(step, now), .state = stateOf(step)};
        if (step.status == StepStatus::Running && step.progress && step.progress->total &&
            *step.progress->total > 0) {
            item.fraction = std::clamp(
                static_cast<double>(step.progress->done) / static_cast<double>(*step.progress->total), 0.0,
                1.0);
        }
        items.push_back(std::move(item));
    }
    if (std::optional<StepItem> watch = watchItem(update, now)) {
        items.push_back(std::move(*watch));
    }
    if (update.status == UpdateStatus::RolledBack && update.rolledBackBy) {
        items.push_back(
            {.title = Text::tr("Put %1 back").arg(fromVersion(update)), .state = StepState::PutBack});
    }
    return items;
}

std::vector<StepItem> foldedStepItems(const Update &update, core::Timestamp now)
{
    struct Pair
    {
        QLatin1String first;
        QLatin1String second;
        QLatin1String shownAs;
    };
    constexpr std::array pairs{
        Pair{QLatin1String("pull"), QLatin1String("hook_before"), QLatin1String("pull")},
        Pair{QLatin1String("rename"), QLatin1String("create"), QLatin1String("create")},
        Pair{QLatin1String("stop"), QLatin1String("backup"), QLatin1String("backup")},
        Pair{QLatin1String("backup"), QLatin1String("restore"), QLatin1String("restore")},
        Pair{QLatin1String("stop"), QLatin1String("start"), QLatin1String("start")},
        Pair{QLatin1String("health"), QLatin1String("hook_after"), QLatin1String("health")},
        Pair{QLatin1String("verify"), QLatin1String("commit"), QLatin1String("verify")}};
    Update folded = update;
    for (const Pair &pair : pairs) {
        const auto first =
            std::ranges::find_if(folded.steps, [&](const Step &step) { return step.name == pair.first; });
        if (first == folded.steps.end() || std::next(first) == folded.steps.end() ||
            std::next(first)->name != pair.second) {
            continue;
        }
        Step &second = *std::next(first);
        if (second.status == StepStatus::Pending && first->status != StepStatus::Pending &&
            first->status != StepStatus::Skipped) {
            second.status = first->status == StepStatus::Failed ? StepStatus::Failed : StepStatus::Running;
            second.progress = first->progress;
        }
        if (first->startedAt) {
            second.startedAt = first->startedAt;
        }
        second.name = pair.shownAs;
        folded.steps.erase(first);
    }
    return stepItems(folded, now);
}

QString requesterText(const Update &update)
{
    if (update.requestedBy == QLatin1String("system")) {
        return Text::tr("by itself");
    }
    if (update.requestedBy == QLatin1String("local")) {
        return Text::tr("asked for here");
    }
    return update.requestedBy.isEmpty() ? QString()
                                        : Text::tr("asked for by %1").arg(harmless(update.requestedBy, 80));
}

QString circumstances(const Update &update, core::Timestamp now)
{
    QStringList parts{
        update.kind == core::UpdateKind::Rollback ? Text::tr("Going back") : strategyWord(update.strategy)};
    parts << requesterText(update);
    parts.removeAll(QString());
    if (update.approvedBy && !update.approvedBy->isEmpty()) {
        parts << (*update.approvedBy == QLatin1String("local")
                      ? Text::tr("approved here")
                      : Text::tr("approved by %1").arg(harmless(*update.approvedBy, 80)));
    }
    if (update.startedAt && update.completedAt) {
        parts << Text::tr("%1 to %2")
                     .arg(momentText(*update.startedAt, now), momentText(*update.completedAt, now));
    } else if (update.startedAt) {
        parts << Text::tr("started %1").arg(momentText(*update.startedAt, now));
    } else {
        parts << Text::tr("asked for at %1").arg(momentText(update.createdAt, now));
    }
    return parts.join(QStringLiteral(" · "));
}

bool canCancel(const Update &update)
{
    return !core::isFinal(update.status) && update.status != UpdateStatus::Parked &&
           !begun(update, QLatin1String("commit")) && !begun(update, QLatin1String("rollback"));
}

QString proofSentence(const Update &update)
{
    if (!update.proof) {
        return {};
    }
    const auto unexplained = static_cast<int>(std::ranges::count_if(update.proof->differences,
        [](const contracts::ProofDifference &difference) { return difference.explanation.isEmpty(); }));
    if (!update.proof->faithful) {
        return Text::tr("%n field(s) are not as they were", nullptr, unexplained);
    }
    return Text::tr("%n field(s) compared, all as before", nullptr, update.proof->fieldsCompared);
}

std::vector<Fact> savedVolumeFacts(const Update &update, core::Timestamp now)
{
    std::vector<Fact> facts;
    for (const contracts::SavedVolume &saved : update.savedVolumes) {
        QStringList parts{
            byteText(saved.sizeBytes), Text::tr("saved %1", "moment").arg(momentText(saved.savedAt, now))};
        if (saved.method == core::SnapshotMethod::Btrfs) {
            parts << Text::tr("Btrfs snapshot");
        } else if (saved.method == core::SnapshotMethod::Zfs) {
            parts << Text::tr("ZFS snapshot");
        }
        facts.push_back({harmless(saved.volume, 60), parts.join(QStringLiteral(" · "))});
    }
    return facts;
}

QString logText(const Update &update)
{
    QStringList lines;
    for (const contracts::UpdateLogLine &line : update.log) {
        lines << QStringLiteral("%1  %2  %3")
                     .arg(clockText(line.time), harmless(line.step, 20).leftJustified(9),
                         harmless(line.text, 4000));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace dockerauto::ui
