#include <models/planmodel.h>

#include <algorithm>

namespace dockerauto::ui {

PlanModel::PlanModel(const QString &nameTitle, QStringList columns, QObject *parent)
    : QAbstractTableModel(parent), m_nameTitle(nameTitle), m_columns(std::move(columns))
{
}

void PlanModel::setRows(std::vector<PlanRow> rows)
{
    const bool sameOrder =
        std::ranges::equal(rows, m_rows, {}, &PlanRow::id, &PlanRow::id) && rows.size() == m_rows.size();
    if (!sameOrder) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (int row = 0; row < rowCount(); ++row) {
        const auto at = static_cast<std::size_t>(row);
        if (m_rows.at(at) != rows.at(at)) {
            m_rows.at(at) = std::move(rows.at(at));
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
    }
}

const PlanRow *PlanModel::rowAt(const QModelIndex &index) const
{
    return index.isValid() ? &m_rows.at(static_cast<std::size_t>(index.row())) : nullptr;
}

QModelIndex PlanModel::indexOf(const QString &id) const
{
    const auto found = std::ranges::find(m_rows, id, &PlanRow::id);
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()), 0);
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 2;
}

QString PlanModel::textOf(const PlanRow &row, int column) const
{
    if (column == 0) {
        return row.name;
    }
    if (column == switchColumn()) {
        return row.enabled ? tr("On") : tr("Off");
    }
    return row.cells.at(static_cast<std::size_t>(column - 1)).text;
}

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    const PlanRow *row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return textOf(*row, column);
    case Qt::AccessibleTextRole:
        return column == 0 ? QString(row->name + QStringLiteral(", ") + row->detail) : textOf(*row, column);
    case Qt::CheckStateRole:
        return column == switchColumn() ? QVariant(row->enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case IdRole:
        return row->id;
    case RowRole:
        return QVariant::fromValue(row);
    case CellRole:
        return QVariant::fromValue(column == 0 || column == switchColumn()
                                       ? static_cast<const PlanCell *>(nullptr)
                                       : &row->cells.at(static_cast<std::size_t>(column - 1)));
    default:
        return {};
    }
}

bool PlanModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const PlanRow *row = rowAt(index);
    if (row == nullptr || role != Qt::CheckStateRole || index.column() != switchColumn()) {
        return false;
    }
    Q_EMIT switchWanted(row->id, value.toInt() == Qt::Checked);
    // It changes when the backend has changed it.
    return false;
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == 0                  ? m_nameTitle
           : section == switchColumn()   ? tr("On")
           : section < columnCount() - 1 ? m_columns.value(section - 1)
                                         : QString();
}

Qt::ItemFlags PlanModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == switchColumn() ? plain | Qt::ItemIsUserCheckable : plain;
}

} // namespace dockerauto::ui
