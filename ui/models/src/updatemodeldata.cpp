#include <models/containerentry.h>
#include <models/planwords.h>
#include <models/updatemodel.h>
#include <models/words.h>

#include <algorithm>

// The part of UpdateModel that Qt asks, and the texts of updates.

namespace dockerauto::ui {

using contracts::Update;
using core::UpdateStatus;

namespace {

QString titleOf(UpdateSection section)
{
    switch (section) {
    case UpdateSection::Running:
        return UpdateModel::tr("Running");
    case UpdateSection::Approval:
        return UpdateModel::tr("Waiting for approval");
    case UpdateSection::Waiting:
        return UpdateModel::tr("Waiting");
    case UpdateSection::HeldBack:
        return UpdateModel::tr("Held back");
    case UpdateSection::FinishedToday:
        return UpdateModel::tr("Finished today");
    case UpdateSection::Earlier:
        return UpdateModel::tr("Earlier");
    }
    return {};
}

} // namespace

bool UpdateModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const Update *update = updateAt(index);
    if (role != Qt::CheckStateRole || update == nullptr || sectionOf(*update) != UpdateSection::Approval) {
        return false;
    }
    if (value.toInt() == Qt::Checked) {
        m_checked.insert(update->id);
    } else {
        m_checked.remove(update->id);
    }
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT checkedChanged();
    return true;
}

int UpdateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags UpdateModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    if (rowAt(index).id.isEmpty()) {
        return Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    }
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (rowAt(index).section == UpdateSection::Approval) {
        flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

QVariant UpdateModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Row &row = rowAt(index);
    if (role == SectionRole) {
        return static_cast<int>(row.section);
    }
    if (row.id.isEmpty()) {
        return headingData(row, role);
    }
    if (const contracts::Container *container = heldBackAt(index); container != nullptr) {
        return heldBackData(*container, role);
    }
    const Update *update = find(row.id);
    return update == nullptr ? QVariant() : updateData(*update, role);
}

QVariant UpdateModel::headingData(const Row &row, int role) const
{
    const auto below = std::ranges::count_if(
        m_rows, [&](const Row &other) { return other.section == row.section && !other.id.isEmpty(); });
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(row.section);
    case Qt::AccessibleTextRole:
        return QString(titleOf(row.section) + QLatin1Char(' ') + QString::number(below));
    case CountRole:
        return static_cast<int>(below);
    default:
        return {};
    }
}

QVariant UpdateModel::heldBackData(const contracts::Container &container, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return harmless(container.name);
    case Qt::AccessibleTextRole:
        return QStringList{
            harmless(container.name), candidateVersion(container), heldBackSummary(container, m_now())}
            .join(QStringLiteral(", "));
    case HeldBackRole:
        return QVariant::fromValue(&container);
    default:
        return {};
    }
}

QVariant UpdateModel::updateData(const Update &update, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return harmless(update.containerName);
    case Qt::AccessibleTextRole:
        return QStringList{harmless(update.containerName), toVersion(update), updateWord(update).text,
            updateSummary(update, m_now())}
            .join(QStringLiteral(", "));
    case Qt::CheckStateRole:
        return sectionOf(update) == UpdateSection::Approval
                   ? QVariant(m_checked.contains(update.id) ? Qt::Checked : Qt::Unchecked)
                   : QVariant();
    case UpdateIdRole:
        return update.id;
    case UpdateRole:
        return QVariant::fromValue(&update);
    default:
        return {};
    }
}

const contracts::Step *runningStep(const Update &update)
{
    const auto found = std::ranges::find(update.steps, core::StepStatus::Running, &contracts::Step::status);
    return found == update.steps.end() ? nullptr : &*found;
}

QString progressText(const contracts::Progress &progress)
{
    const auto amount = [&](qint64 value) {
        return progress.unit == QLatin1String("bytes")     ? byteText(value)
               : progress.unit == QLatin1String("seconds") ? minutesText(value)
                                                           : QString::number(value);
    };
    return progress.total ? UpdateModel::tr("%1 of %2").arg(amount(progress.done), amount(*progress.total))
                          : amount(progress.done);
}

QString updateSummary(const Update &update, core::Timestamp now)
{
    switch (update.status) {
    case UpdateStatus::Running:
        if (const contracts::Step *step = runningStep(update); step != nullptr) {
            const QString progress = step->progress ? progressText(*step->progress) : QString();
            return QString(stepWord(*step, update) + QLatin1Char(' ') + progress).trimmed();
        }
        return UpdateModel::tr("Begins");
    case UpdateStatus::Pending:
        return UpdateModel::tr("Waits for its turn");
    case UpdateStatus::AwaitingApproval:
        return UpdateModel::tr("Asked for %1", "how long ago").arg(agoText(update.createdAt, now));
    case UpdateStatus::RolledBack:
        return UpdateModel::tr("Rolled back to %1").arg(fromVersion(update));
    case UpdateStatus::Parked:
        return UpdateModel::tr("Stopped, decide how it goes on");
    case UpdateStatus::Succeeded:
        if (const std::optional<std::chrono::milliseconds> left = watchLeft(update, now)) {
            return UpdateModel::tr("Watched for another %1").arg(durationText(*left));
        }
        if (update.observation && update.observation->state == core::WatchState::Regressed) {
            return harmless(update.observation->reason, 120);
        }
        if (update.kind == core::UpdateKind::Rollback && update.completedAt) {
            return UpdateModel::tr("Put back at %1").arg(momentText(*update.completedAt, now));
        }
        return update.startedAt && update.completedAt
                   ? UpdateModel::tr("Updated at %1, took %2")
                         .arg(momentText(*update.completedAt, now),
                             durationText(*update.completedAt - *update.startedAt))
                   : UpdateModel::tr("Updated");
    case UpdateStatus::Failed:
        return update.error ? harmless(*update.error, 120) : UpdateModel::tr("Failed");
    default:
        return updateStatusWord(update.status).text;
    }
}

std::optional<std::chrono::milliseconds> watchLeft(const Update &update, core::Timestamp now)
{
    if (update.status != UpdateStatus::Succeeded || !update.observation ||
        update.observation->state != core::WatchState::Watching) {
        return {};
    }
    return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(update.observation->until - now),
        std::chrono::milliseconds(0));
}

QString heldBackSummary(const contracts::Container &container, core::Timestamp now)
{
    const contracts::UpdateState &state = container.update;
    const QString why = state.heldBy ? holdWord(*state.heldBy).text : UpdateModel::tr("Held back");
    return state.possibleAt && *state.possibleAt > now ? UpdateModel::tr("%1 · possible %2", "why, moment")
                                                             .arg(why, dayMomentText(*state.possibleAt, now))
                                                       : why;
}

std::optional<double> overallFraction(const Update &update)
{
    double done = 0;
    bool begun = false;
    for (const contracts::Step &step : update.steps) {
        if (step.status == core::StepStatus::Succeeded || step.status == core::StepStatus::Skipped) {
            done += 1;
            begun = true;
        } else if (step.status == core::StepStatus::Running) {
            begun = true;
            if (step.progress && step.progress->total && *step.progress->total > 0) {
                done += std::min(1.0,
                    static_cast<double>(step.progress->done) / static_cast<double>(*step.progress->total));
            }
        }
    }
    return begun ? std::optional(done / static_cast<double>(update.steps.size())) : std::nullopt;
}

} // namespace dockerauto::ui
