#include "containergroup.h"

#include <models/planwords.h>
#include <models/rulewords.h>

#include <QLocale>

// The part of ContainerModel that Qt asks: structure, texts, keys to sort by.

namespace dockerauto::ui {

const ContainerEntry *ContainerModel::entryAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalPointer() == nullptr) {
        return nullptr;
    }
    const auto *group = static_cast<const Group *>(index.internalPointer());
    return group->rows.at(static_cast<std::size_t>(index.row())).get();
}

const GroupEntry *ContainerModel::groupAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalPointer() != nullptr) {
        return nullptr;
    }
    return &m_groups.at(static_cast<std::size_t>(index.row()))->entry;
}

QModelIndex ContainerModel::indexOf(const QString &id, int column) const
{
    const Place found = m_placeOf.value(id);
    return found.group == nullptr ? QModelIndex()
                                  : createIndex(found.group->rowOf(found.entry), column, found.group);
}

int ContainerModel::rowOf(const Group *group) const
{
    const auto found =
        std::ranges::find_if(m_groups, [&](const auto &other) { return other.get() == group; });
    return static_cast<int>(found - m_groups.begin());
}

QModelIndex ContainerModel::groupIndex(const Group *group, int column) const
{
    return m_grouping == Grouping::None ? QModelIndex() : createIndex(rowOf(group), column, nullptr);
}

QModelIndex ContainerModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    if (parent.isValid()) {
        return createIndex(row, column, m_groups.at(static_cast<std::size_t>(parent.row())).get());
    }
    return m_grouping == Grouping::None ? createIndex(row, column, m_groups.front().get())
                                        : createIndex(row, column, nullptr);
}

QModelIndex ContainerModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalPointer() == nullptr) {
        return {};
    }
    return groupIndex(static_cast<const Group *>(index.internalPointer()));
}

int ContainerModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        if (m_grouping != Grouping::None) {
            return static_cast<int>(m_groups.size());
        }
        return m_groups.empty() ? 0 : static_cast<int>(m_groups.front()->rows.size());
    }
    if (parent.column() != 0 || parent.internalPointer() != nullptr) {
        return 0;
    }
    return static_cast<int>(m_groups.at(static_cast<std::size_t>(parent.row()))->rows.size());
}

int ContainerModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

Qt::ItemFlags ContainerModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.internalPointer() != nullptr) {
        flags |= Qt::ItemNeverHasChildren;
        if (index.column() == Name) {
            flags |= Qt::ItemIsUserCheckable;
        }
    }
    return flags;
}

QVariant ContainerModel::data(const QModelIndex &index, int role) const
{
    if (const GroupEntry *group = groupAt(index); group != nullptr) {
        switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return groupDisplayData(*group, index.column());
        case SortRole:
            return group->key;
        case GroupRole:
            return QVariant::fromValue(group);
        default:
            return {};
        }
    }
    const ContainerEntry *entry = entryAt(index);
    if (entry == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return displayData(*entry, index.column());
    case Qt::ToolTipRole:
        return toolTip(*entry, index.column());
    case Qt::CheckStateRole:
        return index.column() == Name ? QVariant(entry->checked ? Qt::Checked : Qt::Unchecked) : QVariant();
    case SortRole:
        return sortData(*entry, index.column());
    case EntryRole:
        return QVariant::fromValue(entry);
    case ContainerIdRole:
        return entry->container.id;
    default:
        return {};
    }
}

bool ContainerModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != Name || entryAt(index) == nullptr) {
        return false;
    }
    ContainerEntry *entry = m_placeOf.value(entryAt(index)->container.id).entry;
    entry->checked = value.toInt() == Qt::Checked;
    notifyRow(entry);
    Q_EMIT checkedChanged();
    return true;
}

QVariant ContainerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Status:
        return tr("Status");
    case Version:
        return tr("Version");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    case Policy:
        return tr("Policy");
    case Uptime:
        return tr("Uptime");
    case Host:
        return tr("Host");
    case Ports:
        return tr("Ports");
    case Id:
        return tr("ID");
    case LastChecked:
        return tr("Last checked");
    default:
        return {};
    }
}

QVariant ContainerModel::groupDisplayData(const GroupEntry &group, int column) const
{
    if (column != Name) {
        return {};
    }
    QStringList parts{group.title, tr("%n container(s)", nullptr, group.counts.containers)};
    if (group.counts.updates > 0) {
        parts << tr("%n update(s)", nullptr, group.counts.updates);
    }
    if (group.counts.unhealthy > 0) {
        parts << tr("%n unhealthy", nullptr, group.counts.unhealthy);
    }
    return parts.join(QStringLiteral(", "));
}

QVariant ContainerModel::displayData(const ContainerEntry &entry, int column) const
{
    const contracts::Container &container = entry.container;
    switch (column) {
    case Name:
        return entry.name;
    case Status:
        return entry.status.text;
    case Version: {
        const QString candidate = candidateWord(entry).text;
        return candidate.isEmpty() ? entry.version
               : entry.hasUpdate() ? entry.version + QStringLiteral(" → ") + candidate
                                   : entry.version + QStringLiteral(", ") + candidate;
    }
    case Cpu:
        return entry.metrics.isEmpty() ? QString() : percentText(entry.metrics.cpuPercent());
    case Memory:
        return entry.metrics.isEmpty() ? QString() : byteText(entry.metrics.memoryBytes());
    case Policy:
        return policyWord(container.updatePolicy).text;
    case Uptime:
        return container.startedAt && !entry.isStopped() ? ageText(now() - *container.startedAt) : QString();
    case Host:
        return harmless(m_hostNames.value(container.host, container.host));
    case Ports: {
        QStringList texts;
        for (const contracts::PortBinding &port : container.ports) {
            texts << portText(port);
        }
        return texts.join(QStringLiteral(", "));
    }
    case Id:
        return harmless(container.engineId.left(12));
    case LastChecked:
        return container.update.checkedAt ? agoText(*container.update.checkedAt, now()) : QString();
    default:
        return {};
    }
}

QVariant ContainerModel::sortData(const ContainerEntry &entry, int column) const
{
    const contracts::Container &container = entry.container;
    switch (column) {
    case Version:
        // What can be done first, and among it the largest steps.
        return (entry.hasUpdate() ? 0 : 100) +
               (container.update.candidate ? 10 - static_cast<int>(container.update.candidate->bump) : 20);
    case Cpu:
        return entry.metrics.isEmpty() ? -1.0 : entry.metrics.cpuPercent();
    case Memory:
        return entry.metrics.isEmpty() ? qint64(-1) : entry.metrics.memoryBytes();
    case Policy:
        return static_cast<int>(container.updatePolicy);
    case Uptime:
        return container.startedAt && !entry.isStopped() ? qint64((now() - *container.startedAt).count())
                                                         : qint64(-1);
    case LastChecked:
        return container.update.checkedAt ? qint64(container.update.checkedAt->time_since_epoch().count())
                                          : qint64(-1);
    default:
        return displayData(entry, column);
    }
}

QString ContainerModel::versionToolTip(const ContainerEntry &entry) const
{
    const contracts::UpdateState &update = entry.container.update;
    QStringList lines;
    if (const QString target = candidateVersion(entry.container); !target.isEmpty()) {
        lines << QStringList{entry.version + QStringLiteral(" → ") + target,
            bumpWord(update.candidate->bump).text}
                     .join(QStringLiteral(" · "));
    }
    lines << decisionSentence(update);
    if (const QString possible = possibleSentence(update, now()); !possible.isEmpty()) {
        lines << possible;
    }
    return lines.join(QLatin1Char('\n'));
}

QString ContainerModel::toolTip(const ContainerEntry &entry, int column) const
{
    const contracts::Container &container = entry.container;
    QString text;
    switch (column) {
    case Name:
        text = entry.name + QLatin1Char('\n') + entry.image;
        break;
    case Status:
        text = entry.status.text;
        break;
    case Version:
        text = versionToolTip(entry);
        break;
    case Memory:
        if (!entry.metrics.isEmpty() && entry.metrics.memoryLimitBytes() > 0) {
            text =
                tr("%1 of %2")
                    .arg(byteText(entry.metrics.memoryBytes()), byteText(entry.metrics.memoryLimitBytes()));
        }
        break;
    case Policy:
        text = policyMeaning(container.updatePolicy) + QLatin1Char('\n') +
               ruleSourceText(container.policySource);
        break;
    default:
        text = displayData(entry, column).toString();
        break;
    }
    // A tool tip guesses whether it is rich text; what starts as plain text here must stay so.
    return text.isEmpty() ? text
                          : QStringLiteral("<qt>") +
                                text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")) +
                                QStringLiteral("</qt>");
}

} // namespace dockerauto::ui
