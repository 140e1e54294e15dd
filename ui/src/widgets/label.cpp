#include <ui/fonts.h>
#include <ui/label.h>
#include <ui/painting.h>

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace dockerauto::ui {

namespace {

QFont fontOf(LabelRole role)
{
    switch (role) {
    case LabelRole::PageTitle:
        return font(TextStyle::PageTitle);
    case LabelRole::SheetTitle:
        return font(TextStyle::SheetTitle);
    case LabelRole::Body:
        return font(TextStyle::Body);
    case LabelRole::Strong:
        return font(TextStyle::Strong);
    case LabelRole::Secondary:
    case LabelRole::Muted:
        return font(TextStyle::Small);
    case LabelRole::Mono:
        return font(TextStyle::Mono);
    case LabelRole::MonoStrong:
        return font(TextStyle::MonoStrong);
    }
    return font(TextStyle::Body);
}

ThemeColor colorOf(LabelRole role)
{
    switch (role) {
    case LabelRole::Secondary:
    case LabelRole::Mono:
        return &Theme::text2;
    case LabelRole::Muted:
        return &Theme::muted;
    default:
        return &Theme::text;
    }
}

} // namespace

Label::Label(LabelRole role, const QString &text, QWidget *parent)
    : QLabel(text, parent), m_color(colorOf(role))
{
    setTextFormat(Qt::PlainText);
    // On a surface it would be the colour of the surface's text, and the role's would not be seen.
    setForegroundRole(QPalette::WindowText);
    setFont(fontOf(role));
    applyColor();
}

void Label::setColor(ThemeColor color)
{
    m_color = color;
    applyColor();
}

void Label::setWrapping(bool wraps)
{
    setWordWrap(wraps);
    QSizePolicy policy(QSizePolicy::Preferred, wraps ? QSizePolicy::Minimum : QSizePolicy::Preferred);
    policy.setHeightForWidth(wraps);
    setSizePolicy(policy);
}

void Label::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    // A colour that was set once does not follow the theme by itself.
    if (event->type() == QEvent::PaletteChange)
        applyColor();
}

void Label::applyColor()
{
    const Theme &theme = themeOf(this);
    const QColor &wanted = theme.*m_color;
    if (palette().color(QPalette::Active, QPalette::WindowText) == wanted)
        return;
    QPalette own = palette();
    own.setColor(QPalette::WindowText, wanted);
    own.setColor(QPalette::Disabled, QPalette::WindowText, theme.muted);
    setPalette(own);
}

ElidedLabel::ElidedLabel(LabelRole role, const QString &text, QWidget *parent)
    : QWidget(parent), m_color(colorOf(role))
{
    setFont(fontOf(role));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text && !text.isEmpty())
        return;
    m_text = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElidedLabel::setColor(ThemeColor color)
{
    m_color = color;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(font());
    return {qMin(metrics.horizontalAdvance(m_text) + 1, 24), metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painting::elidedText(painter, rect(), m_text, font(), themeOf(this).*m_color, m_mode);
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::updateToolTip()
{
    setToolTip(QFontMetrics(font()).horizontalAdvance(m_text) > width() ? m_text : QString());
}

} // namespace dockerauto::ui
