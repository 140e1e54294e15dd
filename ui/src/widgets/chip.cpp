#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace dockerauto::ui {

namespace {

constexpr int leftPadding = 6;
constexpr int iconSize = 14;
constexpr int iconGap = 5;
constexpr int rightPadding = 9;

const QString &iconOf(const ChipContent &chip)
{
    static const QString names[] = {QStringLiteral("circle-check"), QStringLiteral("triangle-alert"),
        QStringLiteral("octagon-alert"), QStringLiteral("octagon-alert"), QStringLiteral("circle-arrow-up"),
        QStringLiteral("circle-stop")};
    return chip.icon.isEmpty() ? names[static_cast<std::size_t>(chip.kind)] : chip.icon;
}

} // namespace

ChipColors chipColors(const Theme &theme, ChipKind kind)
{
    switch (kind) {
    case ChipKind::Ok:
        return {theme.ok, theme.okBg, theme.okFill};
    case ChipKind::Warn:
        return {theme.warn, theme.warnBg, theme.warnFill};
    case ChipKind::Err:
        return {theme.err, theme.errBg, theme.errFill};
    case ChipKind::ErrSolid:
        return {theme.onErrFill, theme.errFill, theme.errFill};
    case ChipKind::Update:
        return {theme.upd, theme.updBg, theme.updFill};
    case ChipKind::Neutral:
        break;
    }
    return {theme.neu, theme.neuBg, theme.neuFill};
}

QString chipIcon(ChipKind kind)
{
    return iconOf(ChipContent{.kind = kind, .text = {}});
}

namespace chips {

int width(const ChipContent &chip)
{
    const QFontMetricsF metrics(font(TextStyle::SmallMedium));
    return leftPadding + iconSize + iconGap + rightPadding +
           static_cast<int>(std::ceil(metrics.horizontalAdvance(chip.text)));
}

int paint(QPainter &painter, const QRect &box, const ChipContent &chip, const Theme &theme, Ground ground)
{
    const int used = qMin(width(chip), box.width());
    if (used < leftPadding + iconSize + leftPadding)
        return 0;
    const QRectF pill(box.left(), box.top() + (box.height() - height) / 2, used, height);
    ChipColors colors = chipColors(theme, chip.kind);
    if (ground == Ground::Selected && chip.kind != ChipKind::ErrSolid)
        colors.background = theme.surface;
    painter.save();
    painting::roundedBox(painter, pill, height / 2.0, colors.background);
    icons::paint(painter,
        QRectF(pill.left() + leftPadding, pill.top() + (height - iconSize) / 2.0, iconSize, iconSize),
        iconOf(chip), colors.text);
    painting::elidedText(painter, pill.adjusted(leftPadding + iconSize + iconGap, 0, -rightPadding + 1, 0),
        chip.text, font(TextStyle::SmallMedium), colors.text);
    painter.restore();
    return used;
}

} // namespace chips

Chip::Chip(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

Chip::Chip(const ChipContent &content, QWidget *parent) : Chip(parent)
{
    setContent(content);
}

void Chip::setContent(const ChipContent &content)
{
    m_content = content;
    setAccessibleName(content.text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    return {chips::width(m_content), chips::height};
}

QSize Chip::minimumSizeHint() const
{
    return {qMin(48, chips::width(m_content)), chips::height};
}

void Chip::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    chips::paint(painter, rect(), m_content, themeOf(this));
}

void Chip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace dockerauto::ui
