#include <models/containerfilter.h>

namespace dockerauto::ui {

namespace {

bool passes(QuickFilter filter, const ContainerEntry &entry)
{
    switch (filter) {
    case QuickFilter::All:
        return true;
    case QuickFilter::Updates:
        return entry.hasUpdate();
    case QuickFilter::Unhealthy:
        return entry.isUnhealthy();
    case QuickFilter::Stopped:
        return entry.isStopped();
    }
    return true;
}

} // namespace

ContainerFilter::ContainerFilter(ContainerModel &model, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setRecursiveFilteringEnabled(true);
    setSortRole(ContainerModel::SortRole);
    setSourceModel(&model);
    sort(ContainerModel::Name);
}

void ContainerFilter::setQuery(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    m_query = FilterQuery::parse(text);
    invalidateFilter();
}

void ContainerFilter::setQuickFilter(QuickFilter filter)
{
    if (filter == m_quick) {
        return;
    }
    m_quick = filter;
    invalidateFilter();
}

int ContainerFilter::shownContainers() const
{
    if (m_model.grouping() == Grouping::None) {
        return rowCount();
    }
    int shown = 0;
    for (int row = 0; row < rowCount(); ++row) {
        shown += rowCount(index(row, 0));
    }
    return shown;
}

const ContainerEntry *ContainerFilter::entryAt(const QModelIndex &index) const
{
    return m_model.entryAt(mapToSource(index));
}

QModelIndex ContainerFilter::indexOf(const QString &id, int column) const
{
    return mapFromSource(m_model.indexOf(id, column));
}

bool ContainerFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const ContainerEntry *entry = m_model.entryAt(m_model.index(row, 0, parent));
    return entry != nullptr && passes(m_quick, *entry) && m_query.matches(*entry);
}

bool ContainerFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (const GroupEntry *group = m_model.groupAt(left); group != nullptr) {
        const GroupEntry *other = m_model.groupAt(right);
        // What belongs to no project comes last.
        const bool before = group->key.isEmpty() != other->key.isEmpty()
                                ? other->key.isEmpty()
                                : m_collator.compare(group->title, other->title) < 0;
        const bool after = group->key.isEmpty() != other->key.isEmpty()
                               ? group->key.isEmpty()
                               : m_collator.compare(group->title, other->title) > 0;
        return sortOrder() == Qt::AscendingOrder ? before : after;
    }
    const QVariant a = left.data(ContainerModel::SortRole);
    const QVariant b = right.data(ContainerModel::SortRole);
    const bool text = a.userType() == QMetaType::QString;
    const int order = text                          ? m_collator.compare(a.toString(), b.toString())
                      : a.toDouble() < b.toDouble() ? -1
                      : a.toDouble() > b.toDouble() ? 1
                                                    : 0;
    if (order != 0) {
        return order < 0;
    }
    const int names = m_collator.compare(m_model.entryAt(left)->name, m_model.entryAt(right)->name);
    return sortOrder() == Qt::AscendingOrder ? names < 0 : names > 0;
}

} // namespace dockerauto::ui
