#include "plantable.h"

#include <delegates/plandelegate.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int headerHeight = 36;
/// Where names begin, less what a cell keeps free.
constexpr int nameInset = 16;
constexpr int leastNameWidth = 260;
constexpr int mostNameWidth = 360;
constexpr int leastStretchWidth = 200;

/// The title of the first column stands over what is below it.
class PlanHeader : public QHeaderView
{
public:
    explicit PlanHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        if (section == 0) {
            const Theme &theme = themeOf(this);
            painter->fillRect(rect, theme.surface);
            painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
        }
        QHeaderView::paintSection(painter, section == 0 ? rect.adjusted(nameInset, 0, 0, 0) : rect, section);
    }
};

} // namespace

PlanTable::PlanTable(PlanModel &model, std::vector<int> widths, std::vector<int> leastWanted, QWidget *parent)
    : QTreeView(parent)
    , m_plans(model)
    , m_delegate(new PlanDelegate(this))
    , m_widths(std::move(widths))
    , m_leastWanted(std::move(leastWanted))
{
    setHeader(new PlanHeader(this));
    setModel(&m_plans);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setAllColumnsShowFocus(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    header()->setFixedHeight(headerHeight);
    header()->setSectionsMovable(false);
    header()->setSectionsClickable(false);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setMinimumSectionSize(40);

    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() != m_plans.switchColumn()) {
            Q_EMIT opened(index.data(PlanModel::IdRole).toString());
        }
    });
    connect(&m_plans, &QAbstractItemModel::modelReset, this, [this] { choose(m_chosen); });
    connect(&m_plans, &QAbstractItemModel::dataChanged, this, &PlanTable::chosenChanged);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const PlanRow *row = currentRow(); row != nullptr) {
            m_chosen = row->id;
        }
        Q_EMIT chosenChanged();
    });
}

void PlanTable::setDensity(Density density)
{
    m_delegate->setDensity(density);
    scheduleDelayedItemsLayout();
}

const PlanRow *PlanTable::currentRow() const
{
    return m_plans.rowAt(currentIndex());
}

void PlanTable::choose(const QString &id)
{
    const QModelIndex wanted = m_plans.indexOf(id);
    setCurrentIndex(wanted.isValid() ? wanted : m_plans.index(0, 0));
    Q_EMIT chosenChanged();
}

void PlanTable::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    if (index.row() == currentIndex().row() && painting::showsFocus(*this)) {
        painting::focusRing(*painter, QRectF(option.rect).adjusted(1, 1, -1, -2), 4, themeOf(this));
    }
}

void PlanTable::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

void PlanTable::fitColumns()
{
    const int room = viewport()->width();
    std::vector<bool> shown(m_widths.size(), true);
    const auto needed = [&] {
        int sum = leastNameWidth;
        for (std::size_t column = 0; column < m_widths.size(); ++column) {
            sum += !shown.at(column) ? 0 : m_widths.at(column) > 0 ? m_widths.at(column) : leastStretchWidth;
        }
        return sum;
    };
    for (const int column : m_leastWanted) {
        if (needed() <= room) {
            break;
        }
        shown.at(static_cast<std::size_t>(column - 1)) = false;
    }
    int rest = room;
    int stretched = -1;
    for (std::size_t column = 0; column < m_widths.size(); ++column) {
        const int section = static_cast<int>(column) + 1;
        header()->setSectionHidden(section, !shown.at(column));
        if (m_widths.at(column) == 0 && shown.at(column)) {
            stretched = section;
        } else if (shown.at(column)) {
            header()->resizeSection(section, m_widths.at(column));
            rest -= m_widths.at(column);
        }
    }
    // Half for the name, as long as it needs it.
    const int name = stretched < 0 ? rest : std::clamp(rest / 2, leastNameWidth, mostNameWidth);
    header()->resizeSection(0, name);
    if (stretched > 0) {
        header()->resizeSection(stretched, rest - name);
    }
}

void PlanTable::keyPressEvent(QKeyEvent *event)
{
    const PlanRow *row = currentRow();
    if (row == nullptr) {
        QTreeView::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened(row->id);
        return;
    case Qt::Key_Delete:
        Q_EMIT removeWanted(row->id);
        return;
    case Qt::Key_Space:
        m_plans.setData(m_plans.index(currentIndex().row(), m_plans.switchColumn()),
            row->enabled ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        return;
    default:
        QTreeView::keyPressEvent(event);
    }
}

void PlanTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid()) {
        return;
    }
    setCurrentIndex(index);
    Q_EMIT menuWanted(index.data(PlanModel::IdRole).toString(),
        byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

} // namespace dockerauto::ui
