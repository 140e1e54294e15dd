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

UpdateNotice safety(const Update &update)
{
    const QString from = fromVersion(update);
    const QString shield = QStringLiteral("shield-check");
    if (begun(update, QLatin1String("rollback"))) {
        return {
            ChipKind::Warn, {}, Text::tr("%1 is being put back now.").arg(from), QStringLiteral("undo-2")};
    }
    if (begun(update, QLatin1String("commit"))) {
        return {ChipKind::Ok, {},
            Text::tr("%1 is in use and all checks have passed. Only tidying up is left.")
                .arg(toVersion(update)),
            shield};
    }
    if (begun(update, QLatin1String("stop"))) {
        return {ChipKind::Warn, {},
            Text::tr(
                "%1 is stopped, but kept. If a check fails, it is started again by itself; until then the "
                "service is away.")
                .arg(from),
            QStringLiteral("shield-alert")};
    }
    if (begun(update, QLatin1String("start"))) {
        return {ChipKind::Ok, {},
            Text::tr(
                "%1 is still running. If a check fails, the new container is removed and nothing changes "
                "for your users.")
                .arg(from),
            shield};
    }
    if (begun(update, QLatin1String("rename")) || begun(update, QLatin1String("create"))) {
        return {ChipKind::Ok, {},
            Text::tr(
                "%1 is still running under another name. If this fails, it gets its name back and nothing "
                "changes for your users.")
                .arg(from),
            shield};
    }
    return {ChipKind::Ok, {},
        Text::tr(
            "%1 is still running and nothing was touched. If this fails, nothing changes for your users.")
            .arg(from),
        shield};
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

std::optional<UpdateNotice> noticeFor(const Update &update)
{
    const QString from = fromVersion(update);
    const QString to = toVersion(update);
    switch (update.status) {
    case UpdateStatus::Running:
    case UpdateStatus::Paused:
        return safety(update);
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
        return UpdateNotice{ChipKind::Warn, Text::tr("This update stopped and needs you"), cause(update),
            QStringLiteral("triangle-alert")};
    case UpdateStatus::RolledBack:
        return UpdateNotice{ChipKind::Err, Text::tr("%1 did not come up well, %2 was put back").arg(to, from),
            cause(update), QStringLiteral("octagon-alert")};
    case UpdateStatus::Failed:
        return UpdateNotice{ChipKind::Err,
            failed(update, QLatin1String("rollback"))
                ? Text::tr("The update failed, and %1 could not be put back").arg(from)
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
        break;
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
    return items;
}

std::vector<StepItem> foldedStepItems(const Update &update, core::Timestamp now)
{
    struct Pair
    {
        QLatin1String first;
        QLatin1String second;
    };
    constexpr std::array pairs{Pair{QLatin1String("rename"), QLatin1String("create")},
        Pair{QLatin1String("stop"), QLatin1String("start")},
        Pair{QLatin1String("verify"), QLatin1String("commit")}};
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
        if (pair.second == QLatin1String("commit")) {
            second.name = pair.first;
        }
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
    QStringList parts{strategyWord(update.strategy)};
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
