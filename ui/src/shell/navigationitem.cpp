#include "navigationitem.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QFontMetrics>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

namespace dockerauto::ui {

namespace {

constexpr int itemHeight = 36;
constexpr int glyphSize = 18;

QColor mixed(const QColor &one, const QColor &other, float part)
{
    return QColor::fromRgbF(one.redF() + (other.redF() - one.redF()) * part,
        one.greenF() + (other.greenF() - one.greenF()) * part,
        one.blueF() + (other.blueF() - one.blueF()) * part);
}

QString shortNumber(int count)
{
    return count > 99 ? QStringLiteral("99+") : QLocale().toString(count);
}

} // namespace

NavigationItem::NavigationItem(const QString &icon, const QString &title, QWidget *parent)
    : QAbstractButton(parent), m_icon(icon)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void NavigationItem::setCompact(bool compact)
{
    m_compact = compact;
    describe();
    update();
}

void NavigationItem::setBadge(int count, ChipKind kind)
{
    if (count == m_badge && kind == m_badgeKind)
        return;
    m_badge = count;
    m_badgeKind = kind;
    describe();
    update();
}

void NavigationItem::setShortcutText(const QString &shortcut)
{
    m_shortcutText = shortcut;
    describe();
}

QSize NavigationItem::sizeHint() const
{
    return {44, itemHeight};
}

void NavigationItem::describe()
{
    setAccessibleName(m_badge > 0 ? tr("%1, %2").arg(text(), QLocale().toString(m_badge)) : text());
    const QString withShortcut =
        m_shortcutText.isEmpty() ? text() : tr("%1 (%2)").arg(text(), m_shortcutText);
    setToolTip(m_compact ? withShortcut : m_shortcutText);
}

void NavigationItem::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const QRectF box(0, 1, width(), height() - 2);
    const bool current = isChecked();
    if (current && theme.dark)
        painting::roundedBox(painter, box, 8, mixed(theme.surface, theme.selected, 0.25F));
    else if (current)
        painting::roundedBox(painter, box, 8, theme.surface, theme.border);
    else if (underMouse())
        painting::roundedBox(
            painter, box, 8, theme.dark ? theme.surface : mixed(theme.sidebar, theme.border, 0.7F));
    if (current)
        painting::roundedBox(painter, QRectF(0, box.center().y() - 9, 3, 18), 1.5, theme.accent);

    const qreal iconLeft = m_compact ? (width() - glyphSize) / 2.0 : 14;
    icons::paint(painter, QRectF(iconLeft, box.center().y() - glyphSize / 2.0, glyphSize, glyphSize), m_icon,
        current ? theme.accent : theme.text2);
    if (!m_compact) {
        const qreal right = m_badge > 0 ? 48 : 12;
        painting::elidedText(painter, QRectF(44, 0, width() - 44 - right, height()), text(),
            ui::font(current ? TextStyle::Strong : TextStyle::Medium), current ? theme.text : theme.text2);
    }
    if (m_badge > 0)
        paintBadge(painter);
    if (painting::showsFocus(*this))
        painting::focusRing(painter, box, 8, theme);
}

void NavigationItem::paintBadge(QPainter &painter) const
{
    const Theme &theme = themeOf(this);
    const ChipColors colors = chipColors(theme, m_badgeKind);
    const QString number = shortNumber(m_badge);
    const QFont font = ui::font(m_compact ? TextStyle::Axis : TextStyle::SmallStrong);
    const int textWidth = QFontMetrics(font).horizontalAdvance(number);
    painter.setFont(font);
    if (m_compact) {
        // On the icon there is no room for a tint: filled, in the colour of the text.
        const int side = qMax(16, textWidth + 7);
        const QRectF pill(width() / 2.0 + 2, 1, side, 16);
        painting::roundedBox(painter, pill, 8, colors.text);
        painter.setPen(theme.dark ? theme.window : theme.onAccent);
        painter.drawText(pill, Qt::AlignCenter, number);
        return;
    }
    const int side = qMax(20, textWidth + 12);
    const QRectF pill(width() - 10 - side, (height() - 19) / 2.0, side, 19);
    painting::roundedBox(painter, pill, 9.5, colors.background);
    painter.setPen(colors.text);
    painter.drawText(pill, Qt::AlignCenter, number);
}

void NavigationItem::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace dockerauto::ui
