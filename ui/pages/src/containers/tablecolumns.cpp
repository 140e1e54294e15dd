#include "tablecolumns.h"

#include <models/containermodel.h>

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSettings>
#include <QTreeView>

#include <array>

namespace dockerauto::ui {

namespace {

constexpr int formatVersion = 1;

struct Widths
{
    int wide = 0;
    int narrow = 0;
};

// In the order of ContainerModel::Column; the name takes what is left.
constexpr std::array<Widths, ContainerModel::ColumnCount> widths{{{200, 200}, {126, 122}, {236, 190},
    {170, 118}, {104, 92}, {110, 110}, {84, 84}, {130, 110}, {170, 130}, {120, 120}, {120, 110}}};

constexpr std::array optional{
    ContainerModel::Host, ContainerModel::Ports, ContainerModel::Id, ContainerModel::LastChecked};
constexpr std::array firstToGo{ContainerModel::LastChecked, ContainerModel::Id, ContainerModel::Ports,
    ContainerModel::Host, ContainerModel::Uptime, ContainerModel::Policy, ContainerModel::Memory,
    ContainerModel::Cpu};
/// Below this all columns are a little tighter.
constexpr int narrowWidth = 1000;

} // namespace

TableColumns::TableColumns(QTreeView &view, QSettings &settings, QString group)
    : QObject(&view), m_view(view), m_settings(settings), m_group(std::move(group))
{
    for (const int column : optional) {
        m_hidden.insert(column);
    }
    QHeaderView *header = m_view.header();
    header->setMinimumSectionSize(60);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ContainerModel::Name, QHeaderView::Stretch);
    connect(header, &QHeaderView::sectionResized, this,
        [this](int column, int, int newSize) { onResized(column, newSize); });
}

int TableColumns::widthOf(int column, bool narrow) const
{
    if (const auto own = m_ownWidths.find(column); own != m_ownWidths.end()) {
        return own->second;
    }
    const Widths both = widths.at(static_cast<std::size_t>(column));
    return narrow ? both.narrow : both.wide;
}

void TableColumns::fit(int width)
{
    m_width = width;
    const QScopedValueRollback guard(m_fitting, true);
    const bool narrow = width < narrowWidth;
    QSet<int> hidden = m_hidden;
    int used = smallestName;
    for (int column = ContainerModel::Status; column < ContainerModel::ColumnCount; ++column) {
        used += hidden.contains(column) ? 0 : widthOf(column, narrow);
    }
    for (const int column : firstToGo) {
        if (used <= width) {
            break;
        }
        if (!hidden.contains(column)) {
            hidden.insert(column);
            used -= widthOf(column, narrow);
        }
    }
    for (int column = ContainerModel::Status; column < ContainerModel::ColumnCount; ++column) {
        m_view.header()->setSectionHidden(column, hidden.contains(column));
        if (!hidden.contains(column)) {
            m_view.header()->resizeSection(column, widthOf(column, narrow));
        }
    }
}

void TableColumns::onResized(int column, int newSize)
{
    if (m_fitting || column == ContainerModel::Name || newSize == 0) {
        return;
    }
    m_ownWidths[column] = newSize;
    save();
}

void TableColumns::setWanted(int column, bool wanted)
{
    if (wanted) {
        m_hidden.remove(column);
    } else {
        m_hidden.insert(column);
    }
    fit(m_width);
    save();
}

void TableColumns::reset()
{
    m_hidden.clear();
    for (const int column : optional) {
        m_hidden.insert(column);
    }
    m_ownWidths.clear();
    m_view.sortByColumn(ContainerModel::Name, Qt::AscendingOrder);
    QHeaderView *header = m_view.header();
    for (int column = 0; column < ContainerModel::ColumnCount; ++column) {
        header->moveSection(header->visualIndex(column), column);
    }
    fit(m_width);
    save();
}

void TableColumns::save() const
{
    const QHeaderView *header = m_view.header();
    QStringList hidden;
    for (const int column : m_hidden) {
        hidden << QString::number(column);
    }
    QStringList order;
    QStringList own;
    for (int place = 0; place < header->count(); ++place) {
        order << QString::number(header->logicalIndex(place));
    }
    for (const auto &[column, width] : m_ownWidths) {
        own << QStringLiteral("%1=%2").arg(column).arg(width);
    }
    m_settings.beginGroup(m_group);
    m_settings.setValue(QStringLiteral("version"), formatVersion);
    m_settings.setValue(QStringLiteral("hidden"), hidden);
    m_settings.setValue(QStringLiteral("order"), order);
    m_settings.setValue(QStringLiteral("widths"), own);
    m_settings.setValue(QStringLiteral("sortColumn"), header->sortIndicatorSection());
    m_settings.setValue(
        QStringLiteral("sortDescending"), header->sortIndicatorOrder() == Qt::DescendingOrder);
    m_settings.endGroup();
}

void TableColumns::restore()
{
    m_settings.beginGroup(m_group);
    const bool known = m_settings.value(QStringLiteral("version")).toInt() == formatVersion;
    const QStringList hidden = m_settings.value(QStringLiteral("hidden")).toStringList();
    const QStringList order = m_settings.value(QStringLiteral("order")).toStringList();
    const QStringList own = m_settings.value(QStringLiteral("widths")).toStringList();
    const int sortColumn = m_settings.value(QStringLiteral("sortColumn")).toInt();
    const bool descending = m_settings.value(QStringLiteral("sortDescending")).toBool();
    m_settings.endGroup();
    if (!known) {
        return;
    }
    const auto isColumn = [](int column) {
        return column > ContainerModel::Name && column < ContainerModel::ColumnCount;
    };
    m_hidden.clear();
    for (const QString &column : hidden) {
        if (isColumn(column.toInt())) {
            m_hidden.insert(column.toInt());
        }
    }
    for (const QString &pair : own) {
        const QStringList parts = pair.split(QLatin1Char('='));
        if (parts.size() == 2 && isColumn(parts.first().toInt())) {
            m_ownWidths[parts.first().toInt()] = std::clamp(parts.last().toInt(), 60, 600);
        }
    }
    QHeaderView *header = m_view.header();
    for (int place = 1; place < order.size() && order.size() == header->count(); ++place) {
        if (isColumn(order.at(place).toInt())) {
            header->moveSection(header->visualIndex(order.at(place).toInt()), place);
        }
    }
    if (sortColumn >= 0 && sortColumn < ContainerModel::ColumnCount) {
        m_view.sortByColumn(sortColumn, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

void TableColumns::fillMenu(QMenu &menu)
{
    for (int column = ContainerModel::Status; column < ContainerModel::ColumnCount; ++column) {
        QAction *action =
            menu.addAction(m_view.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(isWanted(column));
        connect(action, &QAction::toggled, this, [this, column](bool wanted) { setWanted(column, wanted); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Reset columns")), &QAction::triggered, this, &TableColumns::reset);
}

} // namespace dockerauto::ui
