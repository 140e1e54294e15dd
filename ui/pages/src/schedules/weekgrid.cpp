#include "weekgrid.h"

#include <ui/painting.h>

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

// What the grid knows and how it is moved through; the painting is in weekgridpainting.cpp.

namespace dockerauto::ui {

namespace {

constexpr int axisWidth = 52;
constexpr int headHeight = 36;
constexpr int bottomRoom = 10;
constexpr int leastHourHeight = 15;
constexpr qreal runHeight = 20;
constexpr qreal frozenInset = 14;
constexpr qreal bandTitleHeight = 38;

} // namespace

WeekGrid::WeekGrid(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("weekGrid"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The next seven days"));
    setMouseTracking(true);
}

QSize WeekGrid::minimumSizeHint() const
{
    return {axisWidth + 7 * 90, headHeight + 24 * leastHourHeight + bottomRoom};
}

void WeekGrid::setWeek(QDate first, std::vector<WeekItem> items, core::Timestamp now)
{
    // The chosen one stays chosen as long as it is there.
    const WeekItem kept = current() == nullptr ? WeekItem() : *current();
    const bool had = m_current >= 0;
    m_first = first;
    m_items = std::move(items);
    m_now = weekPlace(now, first);
    m_current = -1;
    for (std::size_t index = 0; had && index < m_items.size(); ++index) {
        const WeekItem &item = m_items.at(index);
        if (item.id == kept.id && item.kind == kept.kind && item.day == kept.day && item.name == kept.name) {
            m_current = static_cast<int>(index);
            break;
        }
    }
    place();
    describe();
    update();
    if (had) {
        Q_EMIT currentChanged();
    }
}

const WeekItem *WeekGrid::current() const
{
    return m_current < 0 ? nullptr : &m_items.at(static_cast<std::size_t>(m_current));
}

QRect WeekGrid::rectOf(int item) const
{
    return m_places.at(static_cast<std::size_t>(item)).toAlignedRect();
}

QRectF WeekGrid::dayRect(int day) const
{
    const qreal room = (width() - axisWidth) / 7.0;
    return {axisWidth + day * room, headHeight, room, static_cast<qreal>(height() - headHeight - bottomRoom)};
}

qreal WeekGrid::yOf(double hour) const
{
    return headHeight + hour / 24 * (height() - headHeight - bottomRoom);
}

void WeekGrid::place()
{
    m_places.assign(m_items.size(), {});
    m_titles.assign(m_items.size(), 0);
    for (int day = 0; day < 7; ++day) {
        placeDay(day);
    }
}

void WeekGrid::placeDay(int day)
{
    const QRectF column = dayRect(day).adjusted(2, 0, -4, 0);
    // What has text that a mark must not cover.
    std::vector<QRectF> taken;
    const auto blocked = [&](const QRectF &box) {
        return std::ranges::find_if(taken, [&](const QRectF &other) { return other.intersects(box); });
    };
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        const WeekItem &item = m_items.at(index);
        if (item.day != day || !item.isBand()) {
            continue;
        }
        // A freeze stays in sight at the left of the windows that it closes.
        const QRectF place = item.frozen ? column.adjusted(frozenInset, 0, 0, 0) : column;
        const qreal room = place.width() / item.lanes;
        const qreal top = yOf(item.from);
        const qreal height = std::max(yOf(item.until) - top, 4.0);
        m_places.at(index) =
            QRectF(place.left() + item.lane * room, top, room - (item.lanes > 1 ? 2 : 0), height);
    }
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        if (m_items.at(index).day == day && m_items.at(index).isBand()) {
            m_titles.at(index) = titleTop(index);
            QRectF title = m_places.at(index);
            title.setTop(m_titles.at(index));
            title.setHeight(std::min(title.height(), bandTitleHeight));
            taken.push_back(title);
        }
    }
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        const WeekItem &item = m_items.at(index);
        if (item.day != day || item.isBand()) {
            continue;
        }
        const qreal lowest = column.bottom() - runHeight;
        QRectF box(column.left() + 6, std::min(yOf(item.from), lowest), column.width() - 8, runHeight);
        for (auto other = blocked(box); other != taken.end() && box.top() < lowest; other = blocked(box)) {
            box.moveTop(std::min(other->bottom() + 1, lowest));
        }
        m_places.at(index) = box;
        taken.push_back(box);
    }
}

qreal WeekGrid::titleTop(std::size_t item) const
{
    const WeekItem &band = m_items.at(item);
    const QRectF &place = m_places.at(item);
    qreal top = place.top();
    if (band.kind != WeekItem::Kind::Freeze) {
        return top;
    }
    // Windows lie over a freeze: its name stands where none of them hides it.
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        const WeekItem &other = m_items.at(index);
        const QRectF &over = m_places.at(index);
        if (other.day == band.day && other.kind == WeekItem::Kind::Window &&
            over.top() < top + bandTitleHeight && over.bottom() > top) {
            top = over.bottom();
        }
    }
    return top + bandTitleHeight / 2 <= place.bottom() ? top : place.top();
}

int WeekGrid::itemAt(const QPoint &position) const
{
    // Marks lie over windows, and windows over freezes.
    const auto layer = [](const WeekItem &item) {
        return item.kind == WeekItem::Kind::Freeze ? 0 : item.isBand() ? 1 : 2;
    };
    int found = -1;
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        const bool higher =
            found < 0 || layer(m_items.at(index)) > layer(m_items.at(static_cast<std::size_t>(found)));
        if (higher && m_places.at(index).contains(position)) {
            found = static_cast<int>(index);
        }
    }
    return found;
}

void WeekGrid::choose(int item)
{
    if (item == m_current) {
        return;
    }
    m_current = item;
    describe();
    update();
    Q_EMIT currentChanged();
}

void WeekGrid::describe()
{
    QString words;
    if (current() != nullptr) {
        words = current()->sentence;
    } else {
        const auto bands = static_cast<int>(std::ranges::count_if(m_items, &WeekItem::isBand));
        words = tr("%1 times of windows and freezes, %2 runs. Arrow keys step through them.")
                    .arg(bands)
                    .arg(static_cast<int>(m_items.size()) - bands);
    }
    setAccessibleDescription(words);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

int WeekGrid::neighbourDay(int direction) const
{
    const WeekItem *from = current();
    for (int day = from->day + direction; day >= 0 && day < 7; day += direction) {
        int best = -1;
        double distance = 0;
        for (std::size_t index = 0; index < m_items.size(); ++index) {
            const double away = std::abs(m_items.at(index).from - from->from);
            if (m_items.at(index).day == day && (best < 0 || away < distance)) {
                best = static_cast<int>(index);
                distance = away;
            }
        }
        if (best >= 0) {
            return best;
        }
    }
    return -1;
}

void WeekGrid::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_items.size()) - 1;
    if (last < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    int wanted = m_current;
    switch (event->key()) {
    case Qt::Key_Down:
        wanted = std::min(m_current + 1, last);
        break;
    case Qt::Key_Up:
        wanted = std::max(m_current - 1, 0);
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (current() == nullptr) {
            wanted = 0;
        } else if (const int next = neighbourDay(event->key() == Qt::Key_Left ? -1 : 1); next >= 0) {
            wanted = next;
        }
        break;
    case Qt::Key_Home:
        wanted = 0;
        break;
    case Qt::Key_End:
        wanted = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current() != nullptr) {
            Q_EMIT activated(*current());
        }
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    choose(wanted);
}

void WeekGrid::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    const bool byKeyboard =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byKeyboard && m_current < 0 && !m_items.empty()) {
        choose(0);
    }
}

void WeekGrid::mousePressEvent(QMouseEvent *event)
{
    choose(itemAt(event->position().toPoint()));
}

void WeekGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int item = itemAt(event->position().toPoint()); item >= 0) {
        Q_EMIT activated(m_items.at(static_cast<std::size_t>(item)));
    }
}

void WeekGrid::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int item = byKey ? m_current : itemAt(event->pos());
    if (item < 0) {
        return;
    }
    choose(item);
    Q_EMIT menuWanted(m_items.at(static_cast<std::size_t>(item)),
        byKey ? mapToGlobal(rectOf(item).center()) : event->globalPos());
}

bool WeekGrid::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int item = itemAt(help->pos());
        if (item >= 0) {
            QToolTip::showText(help->globalPos(), m_items.at(static_cast<std::size_t>(item)).sentence, this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void WeekGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace dockerauto::ui
