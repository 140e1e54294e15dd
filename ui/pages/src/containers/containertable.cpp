#include "containertable.h"

#include "tablecolumns.h"

#include <models/containerfilter.h>
#include <models/containermodel.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

namespace dockerauto::ui {

namespace {

constexpr int headerHeight = 36;

/// The title of the first column stands over the names, right of check boxes and arrows.
class TableHeader : public QHeaderView
{
public:
    explicit TableHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(true);
        setSectionsMovable(true);
        setFirstSectionMovable(false);
        setHighlightSections(false);
        setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        setFixedHeight(headerHeight);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        if (section != ContainerModel::Name) {
            QHeaderView::paintSection(painter, rect, section);
            return;
        }
        const Theme &theme = themeOf(this);
        painter->fillRect(rect, theme.surface);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
        QHeaderView::paintSection(painter,
            rect.adjusted(ContainerDelegate::nameLeft - ContainerDelegate::cellPadding, 0, 0, 0), section);
    }
};

} // namespace

ContainerTable::ContainerTable(
    ContainerModel &model, ContainerFilter &filter, QSettings &settings, QWidget *parent)
    : QTreeView(parent), m_containers(model), m_filter(filter), m_delegate(new ContainerDelegate(this))
{
    setObjectName(QStringLiteral("containerTable"));
    setAccessibleName(tr("Containers"));
    setHeader(new TableHeader(this));
    setModel(&m_filter);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setItemsExpandable(true);
    setExpandsOnDoubleClick(false);
    setIndentation(0);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setAllColumnsShowFocus(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setSortingEnabled(true);
    sortByColumn(ContainerModel::Name, Qt::AscendingOrder);
    verticalScrollBar()->setSingleStep(24);

    m_columns = new TableColumns(*this, settings, QStringLiteral("containers/columns"));
    m_columns->restore();
    connect(header(), &QHeaderView::sortIndicatorChanged, m_columns, &TableColumns::save);
    connect(header(), &QHeaderView::sectionMoved, m_columns, &TableColumns::save);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header(), &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_columns->fillMenu(*menu);
        menu->popup(header()->mapToGlobal(position));
    });
    connect(&m_filter, &QAbstractItemModel::modelReset, this, &ContainerTable::openGroups);
    connect(&m_containers, &ContainerModel::checkedChanged, this, &ContainerTable::onChecked);
    openGroups();
}

void ContainerTable::setDensity(Density density)
{
    m_delegate->setDensity(density);
    scheduleDelayedItemsLayout();
}

void ContainerTable::onChecked()
{
    m_delegate->setCheckBoxes(m_containers.checkedEntries().empty() ? ContainerDelegate::CheckBoxes::OnHover
                                                                    : ContainerDelegate::CheckBoxes::Always);
    viewport()->update();
}

void ContainerTable::openGroups()
{
    for (int row = 0; row < m_filter.rowCount(); ++row) {
        const QModelIndex group = m_filter.index(row, 0);
        setExpanded(group, !m_closed.contains(group.data(ContainerModel::SortRole).toString()));
    }
}

void ContainerTable::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTreeView::rowsInserted(parent, start, end);
    if (!parent.isValid() && m_containers.grouping() != Grouping::None) {
        openGroups();
    }
}

QString ContainerTable::currentContainer() const
{
    return currentIndex().data(ContainerModel::ContainerIdRole).toString();
}

void ContainerTable::showContainer(const QString &id)
{
    if (const QModelIndex index = m_filter.indexOf(id); index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    }
}

void ContainerTable::dataChanged(
    const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    if (roles == QList<int>{ContainerModel::MetricsRole}) {
        // The view would look for each changed row; here only what is on the screen is painted again.
        for (const int column : {ContainerModel::Cpu, ContainerModel::Memory}) {
            viewport()->update(columnViewportPosition(column), 0, columnWidth(column), viewport()->height());
        }
        return;
    }
    QTreeView::dataChanged(topLeft, bottomRight, roles);
}

void ContainerTable::drawRow(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(this);
    const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
    const QModelIndex first = index.siblingAtColumn(0);
    const bool current = first == currentIndex().siblingAtColumn(0);
    if (const auto *group = first.data(ContainerModel::GroupRole).value<const GroupEntry *>()) {
        painter->fillRect(row, theme.window);
        ContainerDelegate::paintGroup(*painter, row, *group,
            isExpanded(first) ? ContainerDelegate::Expansion::Expanded
                              : ContainerDelegate::Expansion::Collapsed,
            theme);
    } else {
        const auto *entry = first.data(ContainerModel::EntryRole).value<const ContainerEntry *>();
        const bool selected = selectionModel()->isSelected(first) || (entry != nullptr && entry->checked);
        const QPoint pointer = viewport()->mapFromGlobal(QCursor::pos());
        const bool hovered = viewport()->underMouse() && row.contains(pointer);
        painter->fillRect(row, selected ? theme.selected : hovered ? theme.hover : theme.surface);
        QTreeView::drawRow(painter, option, index);
        if (current && selectionModel()->isSelected(first)) {
            painter->fillRect(QRect(row.left(), row.top(), 3, row.height() - 1), theme.accent);
        }
    }
    const bool group = first.data(ContainerModel::ContainerIdRole).toString().isEmpty();
    painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1), group ? theme.border : theme.grid);
    if (current && painting::showsFocus(*this)) {
        painting::focusRing(*painter, QRectF(row).adjusted(1, 0, -1, -1), 4, theme);
    }
}

void ContainerTable::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    m_columns->fit(viewport()->width());
}

void ContainerTable::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        viewport()->update();
    }
}

void ContainerTable::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid()) {
        const QModelIndex first = index.siblingAtColumn(0);
        if (first.data(ContainerModel::ContainerIdRole).toString().isEmpty()) {
            toggleGroup(first);
            setCurrentIndex(first);
            event->accept();
            return;
        }
        if (event->pos().x() < ContainerDelegate::nameLeft - 8) {
            toggleCheck(first);
            event->accept();
            return;
        }
    }
    QTreeView::mousePressEvent(event);
}

void ContainerTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->pos().x() < ContainerDelegate::nameLeft - 8 ||
        indexAt(event->pos()).siblingAtColumn(0).data(ContainerModel::ContainerIdRole).toString().isEmpty()) {
        // The second press of a quick pair is a press like the first.
        mousePressEvent(event);
        return;
    }
    QTreeView::mouseDoubleClickEvent(event);
    Q_EMIT containerActivated();
}

void ContainerTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex().siblingAtColumn(0);
    const bool onContainer = !currentContainer().isEmpty();
    switch (event->key()) {
    case Qt::Key_Space:
        if (onContainer) {
            toggleCheck(current);
        } else if (current.isValid()) {
            toggleGroup(current);
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (onContainer) {
            Q_EMIT containerActivated();
        } else if (current.isValid()) {
            toggleGroup(current);
        }
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (current.isValid() && !onContainer && isExpanded(current) == (event->key() == Qt::Key_Left)) {
            toggleGroup(current);
            return;
        }
        if (onContainer && event->key() == Qt::Key_Left && current.parent().isValid()) {
            setCurrentIndex(current.parent());
            return;
        }
        break;
    default:
        break;
    }
    QTreeView::keyPressEvent(event);
}

void ContainerTable::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        position = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    } else if (const QModelIndex index = indexAt(viewport()->mapFromGlobal(position)); index.isValid()) {
        setCurrentIndex(index.siblingAtColumn(0));
    } else {
        return;
    }
    if (!currentContainer().isEmpty()) {
        Q_EMIT menuRequested(position);
    }
}

void ContainerTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT currentContainerChanged();
}

void ContainerTable::toggleCheck(const QModelIndex &index)
{
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    model()->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void ContainerTable::toggleGroup(const QModelIndex &index)
{
    const QString key = index.data(ContainerModel::SortRole).toString();
    if (isExpanded(index)) {
        m_closed.insert(key);
        collapse(index);
    } else {
        m_closed.remove(key);
        expand(index);
    }
}

} // namespace dockerauto::ui
