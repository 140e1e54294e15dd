#include "containergroup.h"

#include <QTimerEvent>

#include <algorithm>

namespace dockerauto::ui {

using contracts::Container;

namespace {

void count(GroupCounts &counts, const ContainerEntry &entry)
{
    ++counts.containers;
    counts.updates += entry.hasUpdate() ? 1 : 0;
    counts.unhealthy += entry.isUnhealthy() ? 1 : 0;
    counts.stopped += entry.isStopped() ? 1 : 0;
}

} // namespace

ContainerModel::ContainerModel(QObject *parent, TimeSource now)
    : QAbstractItemModel(parent), m_now(std::move(now))
{
}

ContainerModel::~ContainerModel() = default;

void ContainerModel::setContainers(std::vector<Container> containers)
{
    if (m_placeOf.isEmpty()) {
        fill(std::move(containers));
        return;
    }
    QSet<QString> wanted;
    for (const Container &container : containers) {
        wanted.insert(container.id);
    }
    const QStringList present = m_placeOf.keys();
    for (const QString &id : present) {
        if (!wanted.contains(id)) {
            remove(id);
        }
    }
    for (Container &container : containers) {
        upsert(std::move(container));
    }
    Q_EMIT countsChanged();
}

void ContainerModel::fill(std::vector<Container> containers)
{
    beginResetModel();
    for (Container &container : containers) {
        auto entry = std::make_unique<ContainerEntry>();
        entry->container = std::move(container);
        entry->activity = m_updating.contains(entry->container.id) ? Activity::Updating : Activity::None;
        entry->refresh();
        place(std::move(entry));
    }
    sortRows();
    endResetModel();
    recountAll();
}

void ContainerModel::place(std::unique_ptr<ContainerEntry> entry)
{
    const QString key = keyOf(entry->container);
    Group *group = findGroup(key);
    if (group == nullptr) {
        m_groups.push_back(makeGroup(key));
        group = m_groups.back().get();
    }
    m_placeOf.insert(entry->container.id, {group, entry.get()});
    count(group->entry.counts, *entry);
    group->rows.push_back(std::move(entry));
}

void ContainerModel::sortRows()
{
    for (const auto &group : m_groups) {
        std::ranges::sort(group->rows, {}, [](const auto &row) -> const QString & { return row->name; });
    }
}

void ContainerModel::upsert(Container container)
{
    const QString id = container.id;
    const Place old = m_placeOf.value(id);
    if (old.group != nullptr && old.group->entry.key == keyOf(container)) {
        old.entry->container = std::move(container);
        old.entry->refresh();
        notifyRow(old.entry);
        recount(old.group);
        return;
    }
    auto entry = std::make_unique<ContainerEntry>();
    if (old.group != nullptr) {
        entry->metrics = old.entry->metrics;
        entry->checked = old.entry->checked;
        take(old);
    }
    entry->container = std::move(container);
    entry->activity = m_updating.contains(id) ? Activity::Updating : Activity::None;
    entry->refresh();
    insert(std::move(entry));
}

void ContainerModel::remove(const QString &id)
{
    const Place old = m_placeOf.value(id);
    if (old.group == nullptr) {
        return;
    }
    const bool wasChecked = old.entry->checked;
    take(old);
    if (wasChecked) {
        Q_EMIT checkedChanged();
    }
}

void ContainerModel::insert(std::unique_ptr<ContainerEntry> entry)
{
    const QString key = keyOf(entry->container);
    Group *group = findGroup(key);
    if (group == nullptr) {
        const int end = static_cast<int>(m_groups.size());
        if (m_grouping != Grouping::None) {
            beginInsertRows({}, end, end);
        }
        m_groups.push_back(makeGroup(key));
        group = m_groups.back().get();
        if (m_grouping != Grouping::None) {
            endInsertRows();
        }
    }
    const auto before = std::ranges::lower_bound(
        group->rows, entry->name, {}, [](const auto &row) -> const QString & { return row->name; });
    const int row = static_cast<int>(before - group->rows.begin());
    m_placeOf.insert(entry->container.id, {group, entry.get()});
    beginInsertRows(groupIndex(group), row, row);
    group->rows.insert(before, std::move(entry));
    endInsertRows();
    recount(group);
}

void ContainerModel::take(const Place &old)
{
    Group *group = old.group;
    const int row = group->rowOf(old.entry);
    beginRemoveRows(groupIndex(group), row, row);
    m_placeOf.remove(old.entry->container.id);
    group->rows.erase(group->rows.begin() + row);
    endRemoveRows();
    if (!group->rows.empty()) {
        recount(group);
        return;
    }
    const int empty = rowOf(group);
    if (m_grouping != Grouping::None) {
        beginRemoveRows({}, empty, empty);
    }
    m_groups.erase(m_groups.begin() + empty);
    if (m_grouping != Grouping::None) {
        endRemoveRows();
    }
    recountAll();
}

ContainerModel::Group *ContainerModel::findGroup(const QString &key) const
{
    const auto found =
        std::ranges::find_if(m_groups, [&](const auto &group) { return group->entry.key == key; });
    return found == m_groups.end() ? nullptr : found->get();
}

std::unique_ptr<ContainerModel::Group> ContainerModel::makeGroup(const QString &key) const
{
    auto group = std::make_unique<Group>();
    group->entry.key = key;
    group->entry.title = titleOf(key);
    group->entry.icon = m_grouping == Grouping::Host ? QStringLiteral("server") : QStringLiteral("layers");
    return group;
}

QString ContainerModel::keyOf(const Container &container) const
{
    switch (m_grouping) {
    case Grouping::Project:
        return container.project;
    case Grouping::Host:
        return container.host;
    case Grouping::None:
        break;
    }
    return {};
}

QString ContainerModel::titleOf(const QString &key) const
{
    if (m_grouping == Grouping::Host) {
        return harmless(m_hostNames.value(key, key));
    }
    return key.isEmpty() ? tr("No project") : harmless(key);
}

void ContainerModel::recount(Group *group)
{
    GroupCounts counts;
    for (const auto &row : group->rows) {
        count(counts, *row);
    }
    if (counts != group->entry.counts) {
        group->entry.counts = counts;
        if (m_grouping != Grouping::None) {
            Q_EMIT dataChanged(groupIndex(group), groupIndex(group, ColumnCount - 1));
        }
        recountAll();
    }
}

void ContainerModel::recountAll()
{
    GroupCounts counts;
    for (const auto &group : m_groups) {
        counts.containers += group->entry.counts.containers;
        counts.updates += group->entry.counts.updates;
        counts.unhealthy += group->entry.counts.unhealthy;
        counts.stopped += group->entry.counts.stopped;
    }
    m_counts = counts;
    Q_EMIT countsChanged();
}

int ContainerModel::projectCount() const
{
    QSet<QString> projects;
    for (const ContainerEntry *entry : entries()) {
        if (!entry->container.project.isEmpty()) {
            projects.insert(entry->container.host + QLatin1Char('\n') + entry->container.project);
        }
    }
    return static_cast<int>(projects.size());
}

void ContainerModel::addMetrics(const contracts::MetricsSample &sample)
{
    for (const contracts::ContainerMetrics &metrics : sample.samples) {
        if (const Place found = m_placeOf.value(metrics.container); found.entry != nullptr) {
            found.entry->metrics.add(metrics);
        }
    }
    m_metricsWaiting = true;
    if (!m_metricsTimer.isActive()) {
        notifyMetrics();
        m_metricsTimer.start(1000, this);
    }
}

void ContainerModel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_metricsTimer.timerId()) {
        QAbstractItemModel::timerEvent(event);
        return;
    }
    if (m_metricsWaiting) {
        notifyMetrics();
    } else {
        m_metricsTimer.stop();
    }
}

void ContainerModel::notifyMetrics()
{
    m_metricsWaiting = false;
    for (const auto &group : m_groups) {
        const QModelIndex parentIndex = groupIndex(group.get());
        const int last = static_cast<int>(group->rows.size()) - 1;
        Q_EMIT dataChanged(index(0, Cpu, parentIndex), index(last, Memory, parentIndex), {MetricsRole});
    }
}

void ContainerModel::setUpdating(const QSet<QString> &containerIds)
{
    const QSet<QString> touched = (m_updating - containerIds) + (containerIds - m_updating);
    m_updating = containerIds;
    for (const QString &id : touched) {
        if (const Place found = m_placeOf.value(id); found.entry != nullptr) {
            found.entry->activity = m_updating.contains(id) ? Activity::Updating : Activity::None;
            found.entry->refresh();
            notifyRow(found.entry);
        }
    }
}

void ContainerModel::setHosts(const std::vector<contracts::Host> &hosts)
{
    m_hostNames.clear();
    for (const contracts::Host &host : hosts) {
        m_hostNames.insert(host.id, host.name);
    }
    if (m_grouping != Grouping::Host) {
        return;
    }
    for (const auto &group : m_groups) {
        const QString title = titleOf(group->entry.key);
        if (title != group->entry.title) {
            group->entry.title = title;
            Q_EMIT dataChanged(groupIndex(group.get()), groupIndex(group.get(), ColumnCount - 1));
        }
    }
}

void ContainerModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping) {
        return;
    }
    beginResetModel();
    std::vector<std::unique_ptr<ContainerEntry>> all;
    for (const auto &group : m_groups) {
        std::ranges::move(group->rows, std::back_inserter(all));
    }
    m_groups.clear();
    m_placeOf.clear();
    m_grouping = grouping;
    for (auto &entry : all) {
        place(std::move(entry));
    }
    sortRows();
    endResetModel();
}

const ContainerEntry *ContainerModel::find(const QString &id) const
{
    return m_placeOf.value(id).entry;
}

std::vector<const ContainerEntry *> ContainerModel::entries() const
{
    std::vector<const ContainerEntry *> all;
    for (const auto &group : m_groups) {
        for (const auto &row : group->rows) {
            all.push_back(row.get());
        }
    }
    return all;
}

std::vector<const ContainerEntry *> ContainerModel::checkedEntries() const
{
    std::vector<const ContainerEntry *> all = entries();
    std::erase_if(all, [](const ContainerEntry *entry) { return !entry->checked; });
    return all;
}

void ContainerModel::uncheckAll()
{
    for (const auto &group : m_groups) {
        for (const auto &row : group->rows) {
            if (row->checked) {
                row->checked = false;
                notifyRow(row.get());
            }
        }
    }
    Q_EMIT checkedChanged();
}

void ContainerModel::notifyRow(const ContainerEntry *entry)
{
    const QModelIndex first = indexOf(entry->container.id);
    Q_EMIT dataChanged(first, first.siblingAtColumn(ColumnCount - 1));
}

} // namespace dockerauto::ui
