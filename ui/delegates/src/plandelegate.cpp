#include <delegates/plandelegate.h>

#include <delegates/tones.h>
#include <models/planmodel.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QMouseEvent>
#include <QPainter>

namespace dockerauto::ui {

namespace {

constexpr int padding = 8;
constexpr int nameLeft = 24;
constexpr QSize switchSize{34, 20};

void paintName(QPainter &painter, const QRect &cell, const PlanRow &row, const Theme &theme, Density density)
{
    const QColor &color = row.enabled ? theme.text : theme.muted;
    const bool compact = density == Density::Compact;
    const qreal side = compact ? 20 : 28;
    const QRectF circle(cell.left() + nameLeft, cell.center().y() - side / 2 + 0.5, side, side);
    const ChipColors colors = chipColors(
        theme, !row.enabled || row.kind == PlanKind::Freeze ? ChipKind::Neutral : ChipKind::Update);
    painting::roundedBox(painter, circle, side / 2, colors.background);
    const qreal inset = compact ? 4 : 6;
    icons::paint(painter, circle.adjusted(inset, inset, -inset, -inset), row.icon, colors.text);
    QRectF text = QRectF(cell).adjusted(nameLeft + side + 10, 0, -padding, 0);
    if (compact) {
        painting::elidedText(painter, text, row.name, font(TextStyle::Strong), color);
        return;
    }
    text.setTop(cell.center().y() - 18);
    text.setHeight(19);
    painting::elidedText(painter, text, row.name, font(TextStyle::Strong), color);
    painting::elidedText(painter, text.translated(0, 19).adjusted(0, 0, 0, -1), row.detail,
        font(TextStyle::Small), theme.text2);
}

void paintSwitch(QPainter &painter, const QRect &box, bool on, bool hovered, const Theme &theme)
{
    const QColor fill = on ? (hovered ? theme.accentHover : theme.accentFill) : theme.surface;
    const QColor border = on ? QColor() : hovered ? theme.text2 : theme.borderStrong;
    painting::roundedBox(painter, box, box.height() / 2.0, fill, border);
    const qreal knob = box.height() - 8;
    const QRectF place(on ? box.right() + 1 - knob - 4 : box.left() + 4, box.top() + 4, knob, knob);
    painting::roundedBox(painter, place, knob / 2, on ? theme.onAccent : theme.borderStrong);
}

} // namespace

QSize PlanDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, m_density == Density::Compact ? 30 : 48};
}

QRect PlanDelegate::switchRect(const QRect &cell)
{
    QRect box(QPoint(cell.left() + padding, 0), switchSize);
    box.moveTop(cell.center().y() - switchSize.height() / 2 + 1);
    return box;
}

void PlanDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const auto *row = index.data(PlanModel::RowRole).value<const PlanRow *>();
    if (row == nullptr) {
        return;
    }
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected || hovered) {
        painter->fillRect(option.rect, selected ? theme.selected : theme.hover);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.border);
    if (index.column() == 0) {
        if (selected) {
            painter->fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1), theme.accentFill);
        }
        paintName(*painter, option.rect, *row, theme, m_density);
    } else if (const auto *cell = index.data(PlanModel::CellRole).value<const PlanCell *>();
               cell != nullptr) {
        const QRect box = option.rect.adjusted(padding, 0, -padding, 0);
        if (cell->tone) {
            chips::paint(*painter, box, {chipKind(*cell->tone), cell->text, cell->icon}, theme,
                selected ? chips::Ground::Selected : chips::Ground::Plain);
        } else {
            painting::elidedText(
                *painter, box, cell->text, font(TextStyle::Small), row->enabled ? theme.text : theme.muted);
        }
    } else {
        paintSwitch(*painter, switchRect(option.rect), row->enabled, hovered, theme);
    }
    painter->restore();
}

bool PlanDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease || !index.flags().testFlag(Qt::ItemIsUserCheckable)) {
        return false;
    }
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton ||
        !switchRect(option.rect).adjusted(-6, -6, 6, 6).contains(mouse->position().toPoint())) {
        return false;
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    return true;
}

} // namespace dockerauto::ui
