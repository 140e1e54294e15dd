#include <models/updatemodel.h>

#include <algorithm>

namespace dockerauto::ui {

using contracts::Update;
using core::UpdateStatus;

namespace {

constexpr std::array sections{UpdateSection::Running, UpdateSection::Approval, UpdateSection::Waiting,
    UpdateSection::HeldBack, UpdateSection::FinishedToday, UpdateSection::Earlier};

core::Timestamp momentOf(const Update &update)
{
    return update.completedAt.value_or(update.startedAt.value_or(update.createdAt));
}

/// Lists and events leave out what only the answer for one update has.
void keepDetails(Update &update, Update known)
{
    if (!update.log.empty()) {
        return;
    }
    update.log = std::move(known.log);
    if (update.savedVolumes.empty()) {
        update.savedVolumes = std::move(known.savedVolumes);
    }
    if (!update.lastWords) {
        update.lastWords = std::move(known.lastWords);
    }
}

bool matches(const Update &update, const QString &text)
{
    return text.isEmpty() || update.containerName.contains(text, Qt::CaseInsensitive) ||
           update.to.tag.contains(text, Qt::CaseInsensitive) ||
           update.to.image.contains(text, Qt::CaseInsensitive);
}

bool matches(const contracts::Container &container, const QString &text)
{
    return text.isEmpty() || container.name.contains(text, Qt::CaseInsensitive) ||
           container.image.contains(text, Qt::CaseInsensitive) ||
           (container.update.candidate &&
               container.update.candidate->tag.contains(text, Qt::CaseInsensitive));
}

} // namespace

UpdateModel::UpdateModel(QObject *parent, TimeSource now) : QAbstractListModel(parent), m_now(std::move(now))
{
}

void UpdateModel::store(Update update)
{
    Update &kept = m_updates[update.id];
    keepDetails(update, std::move(kept));
    kept = std::move(update);
}

void UpdateModel::setUpdates(std::vector<Update> updates)
{
    QHash<QString, Update> old;
    old.swap(m_updates);
    for (Update &update : updates) {
        keepDetails(update, old.take(update.id));
        store(std::move(update));
    }
    arrange();
    for (const Row &row : std::vector(m_rows)) {
        if (m_updates.contains(row.id)) {
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

void UpdateModel::setHeldBack(std::vector<contracts::Container> containers)
{
    QHash<QString, contracts::Container> before;
    before.swap(m_heldBack);
    for (contracts::Container &container : containers) {
        if (container.update.decision == core::Decision::HeldBack) {
            const QString id = container.id;
            m_heldBack[id] = std::move(container);
        }
    }
    arrange();
    Q_EMIT countsChanged();
    for (auto entry = m_heldBack.cbegin(); entry != m_heldBack.cend(); ++entry) {
        before.remove(entry.key());
        if (const QModelIndex changed = indexOfHeldBack(entry.key()); changed.isValid()) {
            Q_EMIT dataChanged(changed, changed);
        }
        Q_EMIT heldBackChanged(entry.key());
    }
    for (auto entry = before.cbegin(); entry != before.cend(); ++entry) {
        Q_EMIT heldBackChanged(entry.key());
    }
}

void UpdateModel::upsertHeldBack(contracts::Container container)
{
    const QString id = container.id;
    if (container.update.decision != core::Decision::HeldBack) {
        removeHeldBack(id);
        return;
    }
    m_heldBack[id] = std::move(container);
    arrange();
    if (const QModelIndex changed = indexOfHeldBack(id); changed.isValid()) {
        Q_EMIT dataChanged(changed, changed);
    }
    Q_EMIT countsChanged();
    Q_EMIT heldBackChanged(id);
}

void UpdateModel::removeHeldBack(const QString &container)
{
    if (m_heldBack.remove(container) > 0) {
        arrange();
        Q_EMIT countsChanged();
        Q_EMIT heldBackChanged(container);
    }
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
    if (update.status == UpdateStatus::AwaitingApproval) {
        return UpdateSection::Approval;
    }
    if (!core::isFinal(update.status)) {
        return UpdateSection::Waiting;
    }
    return sameDay(momentOf(update), m_now()) ? UpdateSection::FinishedToday : UpdateSection::Earlier;
}

std::vector<QString> UpdateModel::wantedUpdates(UpdateSection section) const
{
    std::vector<const Update *> updates;
    for (const Update &update : m_updates) {
        if (sectionOf(update) == section && matches(update, m_text)) {
            updates.push_back(&update);
        }
    }
    // What waits is first come, first served; all else newest first.
    const bool waits = section == UpdateSection::Waiting || section == UpdateSection::Approval;
    std::ranges::sort(updates, [&](const Update *a, const Update *b) {
        // What needs a person comes before what has its turn by itself.
        if ((a->status == UpdateStatus::Parked) != (b->status == UpdateStatus::Parked)) {
            return a->status == UpdateStatus::Parked;
        }
        if (momentOf(*a) != momentOf(*b)) {
            return waits ? momentOf(*a) < momentOf(*b) : momentOf(*a) > momentOf(*b);
        }
        return a->id < b->id;
    });
    std::vector<QString> ids;
    std::ranges::transform(updates, std::back_inserter(ids), &Update::id);
    return ids;
}

std::vector<const contracts::Container *> UpdateModel::heldBack() const
{
    QSet<QString> busy;
    for (const Update &update : m_updates) {
        if (!core::isFinal(update.status)) {
            busy.insert(update.container);
        }
    }
    std::vector<const contracts::Container *> containers;
    for (const contracts::Container &container : m_heldBack) {
        if (!busy.contains(container.id)) {
            containers.push_back(&container);
        }
    }
    return containers;
}

std::vector<QString> UpdateModel::wantedHeldBack() const
{
    auto containers = heldBack();
    std::erase_if(containers, [this](const auto *container) { return !matches(*container, m_text); });
    // What becomes possible first; what waits for a person last.
    std::ranges::sort(containers, [](const auto *a, const auto *b) {
        const auto moment = [](const contracts::Container &container) {
            return container.update.possibleAt.value_or(core::Timestamp::max());
        };
        return moment(*a) != moment(*b) ? moment(*a) < moment(*b) : a->name < b->name;
    });
    std::vector<QString> ids;
    std::ranges::transform(containers, std::back_inserter(ids), &contracts::Container::id);
    return ids;
}

std::vector<UpdateModel::Row> UpdateModel::wantedRows() const
{
    std::vector<Row> rows;
    for (const UpdateSection section : sections) {
        if (m_section && *m_section != section) {
            continue;
        }
        const std::vector<QString> ids =
            section == UpdateSection::HeldBack ? wantedHeldBack() : wantedUpdates(section);
        if (!ids.empty()) {
            rows.push_back({section, {}});
        }
        for (const QString &id : ids) {
            rows.push_back({section, id});
        }
    }
    return rows;
}

void UpdateModel::arrange()
{
    // An update that comes into another section is the same row elsewhere, so that it stays chosen.
    const auto same = [](const Row &a, const Row &b) {
        const bool ofContainers =
            a.section == UpdateSection::HeldBack || b.section == UpdateSection::HeldBack;
        return a.id == b.id && (a.section == b.section || (!a.id.isEmpty() && !ofContainers));
    };
    const std::vector<Row> wanted = wantedRows();
    for (int row = rowCount() - 1; row >= 0; --row) {
        const Row &there = m_rows.at(static_cast<std::size_t>(row));
        if (std::ranges::none_of(wanted, [&](const Row &want) { return same(want, there); })) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        const Row &want = wanted.at(static_cast<std::size_t>(row));
        const auto found = std::find_if(
            m_rows.begin() + row, m_rows.end(), [&](const Row &there) { return same(want, there); });
        const int from = static_cast<int>(found - m_rows.begin());
        if (found == m_rows.end()) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, want);
            endInsertRows();
            continue;
        }
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, found, found + 1);
            endMoveRows();
        }
        m_rows.at(static_cast<std::size_t>(row)).section = want.section;
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

const UpdateModel::Row &UpdateModel::rowAt(const QModelIndex &index) const
{
    return m_rows.at(static_cast<std::size_t>(index.row()));
}

const Update *UpdateModel::updateAt(const QModelIndex &index) const
{
    return index.isValid() && rowAt(index).section != UpdateSection::HeldBack ? find(rowAt(index).id)
                                                                              : nullptr;
}

const contracts::Container *UpdateModel::findHeldBack(const QString &container) const
{
    const auto found = m_heldBack.constFind(container);
    return found == m_heldBack.constEnd() ? nullptr : &*found;
}

const contracts::Container *UpdateModel::heldBackAt(const QModelIndex &index) const
{
    return index.isValid() && rowAt(index).section == UpdateSection::HeldBack ? findHeldBack(rowAt(index).id)
                                                                              : nullptr;
}

QModelIndex UpdateModel::indexOf(const QString &id) const
{
    const auto found = std::ranges::find_if(
        m_rows, [&](const Row &row) { return row.id == id && row.section != UpdateSection::HeldBack; });
    return id.isEmpty() || found == m_rows.end() ? QModelIndex()
                                                 : index(static_cast<int>(found - m_rows.begin()));
}

QModelIndex UpdateModel::indexOfHeldBack(const QString &container) const
{
    const auto found = std::ranges::find(m_rows, Row{UpdateSection::HeldBack, container});
    return container.isEmpty() || found == m_rows.end() ? QModelIndex()
                                                        : index(static_cast<int>(found - m_rows.begin()));
}

std::vector<QString> UpdateModel::approvals() const
{
    std::vector<QString> ids;
    for (const Update &update : m_updates) {
        if (sectionOf(update) == UpdateSection::Approval) {
            ids.push_back(update.id);
        }
    }
    std::ranges::sort(ids, {}, [this](const QString &id) { return std::pair(m_updates[id].createdAt, id); });
    return ids;
}

std::vector<QString> UpdateModel::checkedUpdates() const
{
    std::vector<QString> ids = approvals();
    std::erase_if(ids, [this](const QString &id) { return !m_checked.contains(id); });
    return ids;
}

QModelIndex UpdateModel::firstUpdate() const
{
    return rowCount() > 1 ? index(1) : QModelIndex();
}

int UpdateModel::count(UpdateSection section) const
{
    if (section == UpdateSection::HeldBack) {
        return static_cast<int>(heldBack().size());
    }
    return static_cast<int>(
        std::ranges::count_if(m_updates, [&](const Update &update) { return sectionOf(update) == section; }));
}

} // namespace dockerauto::ui
