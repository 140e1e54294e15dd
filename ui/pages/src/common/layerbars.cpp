#include "layerbars.h"

#include <models/displaytext.h>
#include <ui/fonts.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <numeric>

namespace dockerauto::ui {

namespace {

constexpr int barHeight = 14;
constexpr int barDistance = 20;
constexpr int legendTop = 46;
constexpr int areaHeight = 66;
constexpr qreal gap = 2;
constexpr qreal leastWidth = 3;
constexpr qreal longestName = 110;
constexpr qreal swatch = 10;

qint64 sum(const std::vector<qint64> &sizes)
{
    return std::accumulate(sizes.begin(), sizes.end(), qint64(0));
}

enum class Fill
{
    Shared,
    Added,
    Removed
};

void paintBox(QPainter &painter, const QRectF &box, Fill fill, const Theme &theme)
{
    constexpr qreal radius = 2;
    if (fill != Fill::Removed) {
        painting::roundedBox(painter, box, radius, fill == Fill::Shared ? theme.scrollbar : theme.updFill);
        return;
    }
    QPainterPath shape;
    shape.addRoundedRect(box, radius, radius);
    painter.save();
    painter.setClipPath(shape);
    painter.setPen(QPen(theme.muted, 1));
    painter.setRenderHint(QPainter::Antialiasing);
    for (qreal x = box.left() - box.height(); x < box.right(); x += 4) {
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()));
    }
    painter.restore();
    painting::roundedBox(painter, box, radius, {}, theme.muted);
}

/// Each layer in its share of the width. Gives where it ends.
qreal paintLayers(QPainter &painter, QRectF area, const std::vector<qint64> &sizes, qreal perByte, Fill fill,
    const Theme &theme)
{
    qreal left = area.left();
    for (const qint64 size : sizes) {
        const qreal width = std::max(leastWidth, static_cast<qreal>(size) * perByte - gap);
        paintBox(
            painter, QRectF(left, area.top(), std::min(width, area.right() - left), barHeight), fill, theme);
        left += width + gap;
        if (left >= area.right() - 1) {
            break;
        }
    }
    return left;
}

} // namespace

LayerBars::LayerBars(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Layers of both images"));
}

void LayerBars::setLayers(
    const QString &from, const QString &to, const std::vector<contracts::LayerChange> &layers)
{
    m_from = from;
    m_to = to;
    m_shared.clear();
    m_added.clear();
    m_removed.clear();
    for (const contracts::LayerChange &layer : layers) {
        auto &kind = layer.kind == QLatin1String("added")     ? m_added
                     : layer.kind == QLatin1String("removed") ? m_removed
                                                              : m_shared;
        kind.push_back(std::max<qint64>(layer.sizeBytes, 0));
    }
    m_legend = {tr("shared %1").arg(byteText(sum(m_shared))), tr("new %1").arg(byteText(sum(m_added))),
        tr("dropped %1").arg(byteText(sum(m_removed)))};
    setAccessibleDescription(
        QStringList{m_legend.shared, m_legend.added, m_legend.removed}.join(QStringLiteral(", ")));
    update();
}

QSize LayerBars::sizeHint() const
{
    return {300, areaHeight};
}

QSize LayerBars::minimumSizeHint() const
{
    return {200, areaHeight};
}

void LayerBars::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const QFont mono = ui::font(TextStyle::Mono);
    const QFontMetricsF metrics(mono);
    const qreal names = std::min(
        longestName, std::max(metrics.horizontalAdvance(m_from), metrics.horizontalAdvance(m_to)) + 1);
    const QRectF bars = QRectF(rect()).adjusted(names + 10, 2, -1, 0);
    const auto line = [&](const QString &name, qreal top) {
        painting::elidedText(
            painter, QRectF(0, top - 3, names, 20), name, mono, theme.text2, Qt::ElideMiddle);
    };
    line(m_from, bars.top());
    line(m_to, bars.top() + barDistance);
    const qint64 longest = sum(m_shared) + std::max(sum(m_added), sum(m_removed));
    if (longest > 0) {
        // Small layers are drawn wider than they are; the others give way.
        const auto count = static_cast<qreal>(m_shared.size() + std::max(m_added.size(), m_removed.size()));
        const qreal perByte =
            std::max(0.0, bars.width() - count * (leastWidth - 1)) / static_cast<qreal>(longest);
        const QRectF upper = bars;
        const QRectF lower = bars.translated(0, barDistance);
        const qreal common = paintLayers(painter, upper, m_shared, perByte, Fill::Shared, theme);
        paintLayers(painter, lower, m_shared, perByte, Fill::Shared, theme);
        paintLayers(painter, QRectF(QPointF(common, upper.top()), upper.bottomRight()), m_removed, perByte,
            Fill::Removed, theme);
        paintLayers(painter, QRectF(QPointF(common, lower.top()), lower.bottomRight()), m_added, perByte,
            Fill::Added, theme);
    }
    paintLegend(painter, theme);
}

void LayerBars::paintLegend(QPainter &painter, const Theme &theme) const
{
    const QFont small = ui::font(TextStyle::Small);
    const QFontMetricsF metrics(small);
    qreal left = 0;
    const auto entry = [&](Fill fill, const QString &text) {
        paintBox(painter, QRectF(left, legendTop + 5, swatch, swatch), fill, theme);
        const qreal width = metrics.horizontalAdvance(text) + 1;
        painting::elidedText(
            painter, QRectF(left + swatch + 5, legendTop, width, 20), text, small, theme.text2);
        left += swatch + 5 + width + 14;
    };
    entry(Fill::Shared, m_legend.shared);
    entry(Fill::Added, m_legend.added);
    entry(Fill::Removed, m_legend.removed);
}

} // namespace dockerauto::ui
