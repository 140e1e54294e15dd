#include <ui/button.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QFontMetrics>
#include <QPainter>

namespace dockerauto::ui {

namespace {

constexpr int buttonHeight = 32;
constexpr int padding = 14;
constexpr int glyphSize = 16;
constexpr int iconGap = 8;
constexpr int menuRoom = 18;
constexpr qreal radius = 6;

struct Look
{
    QColor fill;
    QColor border;
    QColor text;
    QColor icon;
};

QColor faded(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

Look disabledLook(const Theme &theme, ButtonKind kind)
{
    Look look{.fill = {}, .border = {}, .text = faded(theme.muted, 0.75F), .icon = faded(theme.muted, 0.75F)};
    if (kind == ButtonKind::Primary)
        look.fill = theme.neuBg;
    else if (kind == ButtonKind::Secondary || kind == ButtonKind::Danger)
        look.border = theme.border;
    return look;
}

Look lookOf(const Theme &theme, ButtonKind kind, bool hovered, bool pressed, bool checked)
{
    const QColor active = pressed ? theme.border : theme.hover;
    switch (kind) {
    case ButtonKind::Primary:
        return {.fill = hovered || pressed ? theme.accentHover : theme.accentFill,
            .border = {},
            .text = theme.onAccent,
            .icon = theme.onAccent};
    case ButtonKind::Secondary:
        return {.fill = hovered || pressed ? active : theme.surface,
            .border = theme.buttonBorder,
            .text = theme.text,
            .icon = theme.text2};
    case ButtonKind::Danger:
        return {.fill = hovered || pressed ? theme.errBg : theme.surface,
            .border = theme.err,
            .text = theme.err,
            .icon = theme.err};
    case ButtonKind::Ghost:
        if (checked)
            return {.fill = theme.selected, .border = {}, .text = theme.accent, .icon = theme.accent};
        return {.fill = hovered || pressed ? (pressed ? theme.border : faded(theme.borderStrong, 0.16F))
                                           : QColor(),
            .border = {},
            .text = theme.text,
            .icon = hovered ? theme.text : theme.text2};
    case ButtonKind::Link:
        break;
    }
    return {.fill = hovered ? faded(theme.accentFill, 0.10F) : QColor(),
        .border = {},
        .text = theme.accent,
        .icon = theme.accent};
}

} // namespace

Button::Button(ButtonKind kind, const QString &text, QWidget *parent) : Button(kind, {}, text, parent) {}

Button::Button(ButtonKind kind, const QString &icon, const QString &text, QWidget *parent)
    : QPushButton(text, parent), m_kind(kind), m_icon(icon)
{
    setFont(ui::font(TextStyle::Medium));
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    if (kind == ButtonKind::Link)
        setCursor(Qt::PointingHandCursor);
}

Button *Button::iconOnly(const QString &icon, const QString &label, QWidget *parent)
{
    auto *button = new Button(ButtonKind::Ghost, icon, {}, parent);
    button->setLabel(label);
    return button;
}

void Button::setKind(ButtonKind kind)
{
    m_kind = kind;
    update();
}

void Button::setIconName(const QString &icon)
{
    m_icon = icon;
    updateGeometry();
    update();
}

void Button::setLabel(const QString &label)
{
    setToolTip(label);
    setAccessibleName(label);
}

void Button::setOpensMenu(bool opens)
{
    m_opensMenu = opens;
    updateGeometry();
    update();
}

QSize Button::sizeHint() const
{
    if (text().isEmpty())
        return {m_opensMenu ? buttonHeight + menuRoom : buttonHeight, buttonHeight};
    const int side = m_kind == ButtonKind::Link ? 6 : padding;
    int width = 2 * side + QFontMetrics(font()).size(Qt::TextShowMnemonic, text()).width();
    if (!m_icon.isEmpty())
        width += glyphSize + iconGap;
    if (m_opensMenu)
        width += menuRoom;
    return {width, m_kind == ButtonKind::Link ? 24 : buttonHeight};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

void Button::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const Look look = isEnabled() ? lookOf(theme, m_kind, underMouse(), isDown(), isChecked())
                                  : disabledLook(theme, m_kind);
    const QRectF box(rect());
    if (look.fill.isValid() || look.border.isValid())
        painting::roundedBox(painter, box, radius, look.fill, look.border);

    const QFontMetrics metrics(font());
    const int textWidth = text().isEmpty() ? 0 : metrics.size(Qt::TextShowMnemonic, text()).width();
    int content = textWidth;
    if (!m_icon.isEmpty())
        content += glyphSize + (textWidth > 0 ? iconGap : 0);
    if (m_opensMenu)
        content += menuRoom;
    qreal left = box.left() + qMax(0.0, (box.width() - content) / 2);
    if (!m_icon.isEmpty()) {
        const int size = textWidth > 0 ? glyphSize : 18;
        const qreal inset = (glyphSize - size) / 2.0;
        icons::paint(
            painter, QRectF(left + inset, box.center().y() - size / 2.0, size, size), m_icon, look.icon);
        left += glyphSize + iconGap;
    }
    if (textWidth > 0) {
        painter.setFont(font());
        painter.setPen(look.text);
        painter.drawText(QRectF(left, 0, textWidth + 1, box.height()),
            static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine | Qt::TextHideMnemonic,
            text());
        left += textWidth + 4;
    }
    if (m_opensMenu)
        icons::paint(
            painter, QRectF(left, box.center().y() - 7, 14, 14), QStringLiteral("chevron-down"), look.icon);

    if (painting::showsFocus(*this)) {
        painting::focusRing(painter, box, radius, theme);
        // The ring has the colour of the fill here: a gap makes it visible.
        if (m_kind == ButtonKind::Primary)
            painting::roundedBox(painter, box.adjusted(2, 2, -2, -2), radius - 2, {}, theme.onAccent);
    }
}

} // namespace dockerauto::ui
