#include <ui/painting.h>

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

namespace dockerauto::ui::painting {

namespace {

qreal digitWidth(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (const char digit : {'0', '2', '4', '6', '8', '9'})
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

qreal cellWidth(const QFontMetricsF &metrics, qreal digits, QChar character)
{
    return character.isDigit() ? digits : metrics.horizontalAdvance(character);
}

} // namespace

void roundedBox(QPainter &painter, const QRectF &box, qreal radius, const QColor &fill, const QColor &border)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        painter.setPen(QPen(border, 1));
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(box, radius, radius);
    }
    painter.restore();
}

void focusRing(QPainter &painter, const QRectF &box, qreal radius, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
    painter.restore();
}

bool showsFocus(const QWidget &widget)
{
    return widget.hasFocus() && widget.window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

void tabularNumber(
    QPainter &painter, const QRectF &box, const QString &text, const QFont &font, const QColor &color)
{
    const QFontMetricsF metrics(font);
    const qreal digits = digitWidth(metrics);
    const qreal baseline = box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent();
    painter.setFont(font);
    painter.setPen(color);
    qreal right = box.right();
    for (auto character = text.crbegin(); character != text.crend(); ++character) {
        const qreal cell = cellWidth(metrics, digits, *character);
        const qreal inset = (cell - metrics.horizontalAdvance(*character)) / 2;
        right -= cell;
        painter.drawText(QPointF(right + inset, baseline), QString(*character));
    }
}

qreal tabularNumberWidth(const QString &text, const QFont &font)
{
    const QFontMetricsF metrics(font);
    const qreal digits = digitWidth(metrics);
    qreal width = 0;
    for (const QChar character : text)
        width += cellWidth(metrics, digits, character);
    return width;
}

float sparklineScale(std::span<const float> values)
{
    float largest = 0;
    for (const float value : values) {
        if (std::isfinite(value))
            largest = std::max(largest, value);
    }
    for (const float step : {5.F, 10.F, 20.F, 40.F, 60.F, 100.F}) {
        if (largest <= step)
            return step;
    }
    return std::ceil(largest / 100.F) * 100.F;
}

void sparkline(QPainter &painter, const QRectF &box, std::span<const float> values, const QColor &color,
    std::optional<float> scale)
{
    if (values.empty())
        return;
    // Room for the dot at the end and for half the line at the top.
    const QRectF area = box.adjusted(0, 1.5, -2.5, -1.5);
    const qreal top = scale.value_or(sparklineScale(values));
    const qreal step = values.size() > 1 ? area.width() / static_cast<qreal>(values.size() - 1) : 0;
    const auto pointAt = [&](std::size_t index) {
        const qreal part = std::clamp(static_cast<qreal>(values[index]) / top, 0.0, 1.0);
        const qreal x = values.size() > 1 ? area.left() + step * static_cast<qreal>(index) : area.right();
        return QPointF(x, area.bottom() - part * area.height());
    };

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient shade(area.topLeft(), area.bottomLeft());
    QColor tint = color;
    tint.setAlphaF(0.20F);
    shade.setColorAt(0, tint);
    tint.setAlphaF(0.02F);
    shade.setColorAt(1, tint);
    QPolygonF run;
    const auto flush = [&] {
        if (run.size() > 1) {
            QPolygonF ground = run;
            ground << QPointF(run.last().x(), area.bottom()) << QPointF(run.first().x(), area.bottom());
            painter.setPen(Qt::NoPen);
            painter.setBrush(shade);
            painter.drawPolygon(ground);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(run);
        }
        run.clear();
    };
    for (std::size_t index = 0; index < values.size(); ++index) {
        if (std::isfinite(values[index]))
            run << pointAt(index);
        else
            flush();
    }
    flush();
    if (std::isfinite(values.back())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(pointAt(values.size() - 1), 2, 2);
    }
    painter.restore();
}

void bar(QPainter &painter, const QRectF &box, double fraction, const QColor &fill, const QColor &track)
{
    const qreal radius = box.height() / 2;
    roundedBox(painter, box, radius, track);
    const double part = std::clamp(fraction, 0.0, 1.0);
    if (part <= 0)
        return;
    QRectF done = box;
    done.setWidth(std::max(box.height(), box.width() * part));
    roundedBox(painter, done, radius, fill);
}

void memoryBar(QPainter &painter, const QRectF &box, double fraction, const Theme &theme)
{
    const QColor &fill = fraction >= 0.92 ? theme.errFill : fraction >= 0.8 ? theme.warnFill : theme.chart3;
    bar(painter, box, fraction, fill, theme.dark ? theme.border : theme.border.lighter(102));
}

void progressRing(QPainter &painter, const QRectF &box, qreal width, std::optional<double> fraction,
    qreal angle, const QColor &arc, const QColor &track)
{
    const QRectF middle = box.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(track, width));
    painter.drawEllipse(middle);
    painter.setPen(QPen(arc, width, Qt::SolidLine, Qt::FlatCap));
    const double part = fraction ? std::clamp(*fraction, 0.0, 1.0) : 0.25;
    // Sixteenths of a degree, counted against the clock from three o'clock.
    const qreal start = fraction ? 90 : 90 - angle;
    painter.drawArc(middle, qRound(start * 16), qRound(-part * 360 * 16));
    painter.restore();
}

void elidedText(QPainter &painter, const QRectF &box, const QString &text, const QFont &font,
    const QColor &color, Qt::TextElideMode mode, Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(color);
    const QFontMetricsF metrics(font);
    const bool fits = metrics.horizontalAdvance(text) <= box.width() + 0.5;
    painter.drawText(box, static_cast<int>(alignment) | Qt::TextSingleLine | Qt::TextDontClip,
        fits ? text : metrics.elidedText(text, mode, box.width()));
}

} // namespace dockerauto::ui::painting
