#include "stylepainting.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QPainter>
#include <QStyleOption>

namespace dockerauto::ui::stylepainting {

namespace {

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

bool keyboardFocus(const QStyleOption &option)
{
    return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

QRectF centredSquare(const QRect &box, qreal size)
{
    QRectF square(0, 0, size, size);
    square.moveCenter(QRectF(box).center());
    square.moveTo(qRound(square.left()), qRound(square.top()));
    return square;
}

/// A shortcut in a menu stands behind a tab.
std::pair<QString, QString> textAndShortcut(const QString &text)
{
    const qsizetype tab = text.indexOf(QLatin1Char('\t'));
    return tab < 0 ? std::pair{text, QString()} : std::pair{text.left(tab), text.mid(tab + 1)};
}

} // namespace

void checkBox(QPainter &painter, const QStyleOption &option, const Theme &theme)
{
    const QRectF box = centredSquare(option.rect, 16);
    const bool on = has(option, QStyle::State_On);
    const bool partly = has(option, QStyle::State_NoChange);
    const bool enabled = has(option, QStyle::State_Enabled);
    if (on || partly) {
        QColor fill = has(option, QStyle::State_MouseOver) ? theme.accentHover : theme.accentFill;
        if (!enabled)
            fill = theme.neuFill;
        painting::roundedBox(painter, box, 4, fill);
        const QString mark = on ? QStringLiteral("check") : QStringLiteral("minus");
        icons::paint(painter, box.adjusted(2, 2, -2, -2), mark, theme.onAccent);
    } else {
        const bool hovered = has(option, QStyle::State_MouseOver) && enabled;
        painting::roundedBox(painter, box, 4, enabled ? theme.surface : theme.hover,
            hovered ? theme.accent : (enabled ? theme.borderStrong : theme.buttonBorder));
    }
    if (keyboardFocus(option))
        painting::focusRing(painter, box.adjusted(-3, -3, 3, 3), 6, theme);
}

void radioButton(QPainter &painter, const QStyleOption &option, const Theme &theme)
{
    const QRectF box = centredSquare(option.rect, 16);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hovered = has(option, QStyle::State_MouseOver) && enabled;
    if (has(option, QStyle::State_On)) {
        const QColor &fill = enabled ? (hovered ? theme.accentHover : theme.accentFill) : theme.neuFill;
        painting::roundedBox(painter, box, 8, fill);
        painting::roundedBox(painter, box.adjusted(5, 5, -5, -5), 3, theme.onAccent);
    } else {
        painting::roundedBox(painter, box, 8, theme.surface, hovered ? theme.accent : theme.borderStrong);
    }
    if (keyboardFocus(option))
        painting::focusRing(painter, box.adjusted(-3, -3, 3, 3), 11, theme);
}

void input(QPainter &painter, const QStyleOption &option, const Theme &theme)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool focused = has(option, QStyle::State_HasFocus);
    QColor border = enabled ? theme.borderStrong : theme.border;
    if (enabled && has(option, QStyle::State_MouseOver))
        border = theme.text2;
    painting::roundedBox(painter, option.rect, 6, enabled ? theme.surface : theme.window, border);
    // Typing goes here: said by the ring for pointer and keyboard alike, as a caret alone is easily missed.
    if (focused)
        painting::focusRing(painter, option.rect, 6, theme);
}

void commandButton(QPainter &painter, const QStyleOption &option, const Theme &theme)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool primary = button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hovered = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    if (primary && enabled)
        painting::roundedBox(painter, option.rect, 6, hovered ? theme.accentHover : theme.accentFill);
    else
        painting::roundedBox(painter, option.rect, 6, hovered && enabled ? theme.hover : theme.surface,
            enabled ? theme.buttonBorder : theme.border);
}

void headerSection(QPainter &painter, const QStyleOptionHeader &option, const Theme &theme)
{
    painter.fillRect(option.rect, theme.surface);
    const bool hovered = has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
    if (hovered && !option.text.isEmpty())
        painter.fillRect(option.rect, theme.hover);
    const bool horizontal = option.orientation == Qt::Horizontal;
    if (horizontal)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.border);
    if (option.text.isEmpty())
        return;

    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const QFont font = ui::font(sorted ? TextStyle::SmallStrong : TextStyle::SmallMedium);
    QRectF box = QRectF(option.rect).adjusted(8, 0, -8, -1);
    const qreal room = sorted ? 20 : 0;
    const qreal width = qMin(QFontMetricsF(font).horizontalAdvance(option.text), box.width() - room);
    if (option.textAlignment.testFlag(Qt::AlignRight))
        box.setLeft(box.right() - width - room);
    else if (option.textAlignment.testFlag(Qt::AlignHCenter))
        box.setLeft(box.center().x() - (width + room) / 2);
    painting::elidedText(painter, QRectF(box.left(), box.top(), width + 0.5, box.height()), option.text, font,
        sorted ? theme.text : theme.text2);
    if (sorted) {
        // As everywhere but in Qt: the arrow shows where the larger values are.
        const QString arrow = option.sortIndicator == QStyleOptionHeader::SortDown
                                  ? QStringLiteral("arrow-down")
                                  : QStringLiteral("arrow-up");
        icons::paint(
            painter, QRectF(box.left() + width + 5, box.center().y() - 7, 14, 14), arrow, theme.accent);
    }
    if (keyboardFocus(option))
        painting::focusRing(painter, option.rect, 4, theme);
}

void branch(QPainter &painter, const QStyleOption &option, const Theme &theme)
{
    if (!has(option, QStyle::State_Children))
        return;
    const QString name =
        has(option, QStyle::State_Open) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
    icons::paint(painter, centredSquare(option.rect, 16), name, theme.text2);
}

void menuItem(QPainter &painter, const QStyleOptionMenuItem &option, const Theme &theme)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(
            QRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1), theme.border);
        return;
    }
    const bool enabled = has(option, QStyle::State_Enabled);
    const QRectF row = QRectF(option.rect).adjusted(4, 0, -4, 0);
    if (has(option, QStyle::State_Selected) && enabled)
        painting::roundedBox(painter, row, 5, theme.dark ? theme.selected : theme.hover);

    QColor faded = theme.muted;
    faded.setAlphaF(0.75F);
    const QColor color = enabled ? theme.text : faded;
    const QRectF mark(row.left() + 10, row.center().y() - 8, 16, 16);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
        icons::paint(painter, mark, QStringLiteral("check"), theme.accent);
    else if (!option.icon.isNull())
        option.icon.paint(
            &painter, mark.toRect(), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);

    const auto [text, shortcut] = textAndShortcut(option.text);
    const bool leadingColumn =
        option.maxIconWidth > 0 || option.menuHasCheckableItems || !option.icon.isNull();
    QRectF box = row.adjusted(leadingColumn ? 36 : 12, 0, -12, 0);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic;
    painter.setFont(option.font);
    painter.setPen(color);
    painter.drawText(box, flags | Qt::AlignLeft, text);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        icons::paint(painter, QRectF(box.right() - 12, box.center().y() - 7, 14, 14),
            QStringLiteral("chevron-right"), enabled ? theme.text2 : faded);
    } else if (!shortcut.isEmpty()) {
        painter.setFont(ui::font(TextStyle::Small));
        painter.setPen(enabled ? theme.muted : faded);
        painter.drawText(box, flags | Qt::AlignRight, shortcut);
    }
}

void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const Theme &theme)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hovered = has(option, QStyle::State_MouseOver) && enabled;
    painting::roundedBox(painter, option.rect, 6,
        !enabled ? theme.window : (hovered && !option.editable ? theme.hover : theme.surface),
        enabled ? theme.buttonBorder : theme.border);
    const QRectF arrow(option.rect.right() - 25, option.rect.center().y() - 7, 16, 16);
    icons::paint(painter, arrow, QStringLiteral("chevron-down"), enabled ? theme.text2 : theme.muted);
    if (keyboardFocus(option))
        painting::focusRing(painter, option.rect, 6, theme);
}

void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle, const Theme &theme)
{
    if (option.minimum == option.maximum)
        return;
    const bool active = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const qreal inset = active ? 2 : 3;
    const QRectF box = horizontal ? QRectF(handle).adjusted(2, inset, -2, -inset)
                                  : QRectF(handle).adjusted(inset, 2, -inset, -2);
    const qreal radius = qMin(box.width(), box.height()) / 2;
    painting::roundedBox(painter, box, radius, active ? theme.borderStrong : theme.scrollbar);
}

void tab(QPainter &painter, const QStyleOptionTab &option, const Theme &theme)
{
    const bool current = has(option, QStyle::State_Selected);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hovered = has(option, QStyle::State_MouseOver) && enabled;
    const QFont font = ui::font(current ? TextStyle::Strong : TextStyle::Medium);
    painter.setFont(font);
    painter.setPen(!enabled ? theme.muted : (current || hovered ? theme.text : theme.text2));
    painter.drawText(option.rect.adjusted(0, 0, 0, -3),
        Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic, option.text);
    if (current) {
        const qreal width = QFontMetricsF(font).horizontalAdvance(option.text) + 6;
        QRectF line(0, 0, width, 3);
        line.moveCenter(QPointF(option.rect.center().x() + 0.5, 0));
        line.moveBottom(option.rect.bottom() + 1);
        painting::roundedBox(painter, line, 1.5, theme.accent);
    }
    if (keyboardFocus(option))
        painting::focusRing(painter, QRectF(option.rect).adjusted(2, 4, -2, -6), 6, theme);
}

} // namespace dockerauto::ui::stylepainting
