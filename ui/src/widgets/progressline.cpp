#include <ui/painting.h>
#include <ui/progressline.h>

#include <QPainter>

namespace dockerauto::ui {

ProgressLine::ProgressLine(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
}

void ProgressLine::setFraction(std::optional<double> fraction)
{
    if (fraction == m_fraction)
        return;
    m_fraction = fraction;
    setAccessibleDescription(fraction ? tr("%1 %").arg(qRound(*fraction * 100)) : QString());
    update();
}

void ProgressLine::setColor(ThemeColor color)
{
    m_color = color;
    update();
}

QSize ProgressLine::sizeHint() const
{
    return {120, 6};
}

void ProgressLine::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painting::bar(painter, rect(), m_fraction.value_or(0), theme.*m_color, theme.border);
}

} // namespace dockerauto::ui
