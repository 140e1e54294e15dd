#include <models/updatemodel.h>

#include <models/words.h>

#include <QCoreApplication>

#include <algorithm>

namespace dockerauto::ui {

using contracts::Update;
using core::UpdateStatus;

namespace {

constexpr std::array sections{
    UpdateSection::Running, UpdateSection::Waiting, UpdateSection::FinishedToday, UpdateSection::Earlier};

QString titleOf(UpdateSection section)
{
    switch (section) {
    case UpdateSection::Running:
        return UpdateModel::tr("Running");
    case UpdateSection::Waiting:
        return UpdateModel::tr("Waiting");
    case UpdateSection::FinishedToday:
        return UpdateModel::tr("Finished today");
    case UpdateSection::Earlier:
        return UpdateModel::tr("Earlier");
    }
    return {};
}

core::Timestamp momentOf(const Update &update)
{
    return update.completedAt.value_or(update.startedAt.value_or(update.createdAt));
}

bool matches(const Update &update, const QString &text)
{
    return text.isEmpty() || update.containerName.contains(text, Qt::CaseInsensitive) ||
           update.to.tag.contains(text, Qt::CaseInsensitive) ||
           update.to.image.contains(text, Qt::CaseInsensitive);
}

} // namespace

UpdateModel::UpdateModel(QObject *parent, TimeSource now) : QAbstractListModel(parent), m_now(std::move(now))
{
}

void UpdateModel::store(Update update)
{
    Update &kept = m_updates[update.id];
    if (update.log.empty()) {
        update.log = std::move(kept.log);
    }
    kept = std::move(update);
}

void UpdateModel::setUpdates(std::vector<Update> updates)
{
    QHash<QString, Update> old;
    old.swap(m_updates);
    for (Update &update : updates) {
        if (update.log.empty() && old.contains(update.id)) {
            update.log = std::move(old[update.id].log);
        }
        store(std::move(update));
    }
    arrange();
    for (const Row &row : std::vector(m_rows)) {
        if (!row.id.isEmpty()) {
            Q_EMIT dataChanged(indexOf(row.id), indexOf(row.id));
            Q_EMIT updateChanged(row.id);
        }
    }
    Q_EMIT countsChanged();
}

void UpdateModel::upsertAll(std::vector<Update> updates)
{
    for (Update &update : updates) {
        store(std::move(update));
    }
    arrange();
    Q_EMIT countsChanged();
}

void UpdateModel::upsert(Update update)
{
    const QString id = update.id;
    store(std::move(update));
    arrange();
    if (const QModelIndex changed = indexOf(id); changed.isValid()) {
        Q_EMIT dataChanged(changed, changed);
    }
    Q_EMIT countsChanged();
    Q_EMIT updateChanged(id);
}

bool UpdateModel::setStep(const QString &updateId, const contracts::Step &step)
{
    const auto update = m_updates.find(updateId);
    if (update == m_updates.end()) {
        return false;
    }
    const auto known = std::ranges::find(update->steps, step.name, &contracts::Step::name);
    if (known == update->steps.end()) {
        update->steps.push_back(step);
    } else {
        *known = step;
    }
    if (const QModelIndex changed = indexOf(updateId); changed.isValid()) {
        Q_EMIT dataChanged(changed, changed);
    }
    Q_EMIT updateChanged(updateId);
    return true;
}

void UpdateModel::setFilter(const QString &text, std::optional<UpdateSection> section)
{
    m_text = text.trimmed();
    m_section = section;
    arrange();
}

UpdateSection UpdateModel::sectionOf(const Update &update) const
{
    if (update.status == UpdateStatus::Running || update.status == UpdateStatus::Paused) {
        return UpdateSection::Running;
    }
    if (!core::isFinal(update.status)) {
        return UpdateSection::Waiting;
    }
    return sameDay(momentOf(update), m_now()) ? UpdateSection::FinishedToday : UpdateSection::Earlier;
}

std::vector<UpdateModel::Row> UpdateModel::wantedRows() const
{
    std::vector<Row> rows;
    for (const UpdateSection section : sections) {
        if (m_section && *m_section != section) {
            continue;
        }
        std::vector<const Update *> updates;
        for (const Update &update : m_updates) {
            if (sectionOf(update) == section && matches(update, m_text)) {
                updates.push_back(&update);
            }
        }
        // What waits is first come, first served; all else newest first.
        std::ranges::sort(updates, [&](const Update *a, const Update *b) {
            if (momentOf(*a) != momentOf(*b)) {
                return section == UpdateSection::Waiting ? momentOf(*a) < momentOf(*b)
                                                         : momentOf(*a) > momentOf(*b);
            }
            return a->id < b->id;
        });
        if (!updates.empty()) {
            rows.push_back({section, {}});
        }
        for (const Update *update : updates) {
            rows.push_back({section, update->id});
        }
    }
    return rows;
}

void UpdateModel::arrange()
{
    const std::vector<Row> wanted = wantedRows();
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::find(wanted, m_rows.at(static_cast<std::size_t>(row))) == wanted.end()) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        const Row &want = wanted.at(static_cast<std::size_t>(row));
        const auto found = std::find(m_rows.begin() + row, m_rows.end(), want);
        const int from = static_cast<int>(found - m_rows.begin());
        if (from == row && found != m_rows.end()) {
            continue;
        }
        if (found == m_rows.end()) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, want);
            endInsertRows();
        } else {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, found, found + 1);
            endMoveRows();
        }
    }
    // Counts stand in the headings.
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows.at(static_cast<std::size_t>(row)).id.isEmpty()) {
            Q_EMIT dataChanged(index(row), index(row), {CountRole, Qt::DisplayRole});
        }
    }
}

const Update *UpdateModel::find(const QString &id) const
{
    const auto found = m_updates.constFind(id);
    return found == m_updates.constEnd() ? nullptr : &*found;
}

const Update *UpdateModel::updateAt(const QModelIndex &index) const
{
    return index.isValid() ? find(m_rows.at(static_cast<std::size_t>(index.row())).id) : nullptr;
}

QModelIndex UpdateModel::indexOf(const QString &id) const
{
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return id.isEmpty() || found == m_rows.end() ? QModelIndex()
                                                 : index(static_cast<int>(found - m_rows.begin()));
}

QModelIndex UpdateModel::firstUpdate() const
{
    return rowCount() > 1 ? index(1) : QModelIndex();
}

int UpdateModel::count(UpdateSection section) const
{
    return static_cast<int>(
        std::ranges::count_if(m_updates, [&](const Update &update) { return sectionOf(update) == section; }));
}

int UpdateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags UpdateModel::flags(const QModelIndex &index) const
{
    if (updateAt(index) == nullptr) {
        return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant UpdateModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Row &row = m_rows.at(static_cast<std::size_t>(index.row()));
    if (role == SectionRole) {
        return static_cast<int>(row.section);
    }
    const Update *update = find(row.id);
    if (update == nullptr) {
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
    switch (role) {
    case Qt::DisplayRole:
        return harmless(update->containerName);
    case Qt::AccessibleTextRole:
        return QStringList{harmless(update->containerName), toVersion(*update),
            updateStatusWord(update->status).text, updateSummary(*update, m_now())}
            .join(QStringLiteral(", "));
    case UpdateIdRole:
        return update->id;
    case UpdateRole:
        return QVariant::fromValue(update);
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
    case UpdateStatus::RolledBack:
        return UpdateModel::tr("Rolled back to %1").arg(fromVersion(update));
    case UpdateStatus::Succeeded:
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
