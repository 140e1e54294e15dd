#include <ui/painting.h>
#include <ui/skeletonlist.h>
#include <ui/theme.h>

#include <QPainter>
#include <QTimerEvent>

#include <array>

namespace dockerauto::ui {

SkeletonList::SkeletonList(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Loading"));
}

void SkeletonList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_visibleRows = false;
    m_delay.start(300, this);
}

void SkeletonList::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_delay.stop();
}

void SkeletonList::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_delay.timerId())
        return;
    m_delay.stop();
    m_visibleRows = true;
    update();
}

void SkeletonList::paintEvent(QPaintEvent * /*event*/)
{
    if (!m_visibleRows)
        return;
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const QColor color = theme.neuBg;
    constexpr std::array titleWidths{98, 118, 138};
    constexpr int rowHeight = 48;
    const int chipLeft = qMax(width() / 2, 214);
    for (int row = 0; row * rowHeight < height() - rowHeight; ++row) {
        const int top = 20 + row * rowHeight;
        painting::roundedBox(painter, QRectF(24, top, 16, 16), 4, color);
        const int titleWidth = titleWidths[static_cast<std::size_t>(row % 3)];
        painting::roundedBox(painter, QRectF(52, top, titleWidth, 11), 4, color);
        painting::roundedBox(painter, QRectF(52, top + 18, 68, 8), 4, color);
        if (width() < chipLeft + 160)
            continue;
        painting::roundedBox(painter, QRectF(chipLeft, top, 80, 20), 10, color);
        painting::roundedBox(painter, QRectF(chipLeft + 92, top + 4, 60, 12), 4, color);
    }
}

} // namespace dockerauto::ui
