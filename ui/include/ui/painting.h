#pragma once

#include <ui/theme.h>

#include <QFont>
#include <QRectF>
#include <QString>

#include <optional>
#include <span>

class QPainter;
class QWidget;

/// Small pictures that widgets and delegates share. Each saves nothing and expects an open painter; boxes are
/// logical pixels.
namespace dockerauto::ui::painting {

/// Fills and outlines with a one-pixel line that lies inside `box`. Either colour may be invalid for none.
void roundedBox(
    QPainter &painter, const QRectF &box, qreal radius, const QColor &fill, const QColor &border = {});

/// Two pixels in the accent colour inside `box`.
void focusRing(QPainter &painter, const QRectF &box, qreal radius, const Theme &theme);

/// True when the widget has the focus and it came by the keyboard; only then a ring is drawn.
[[nodiscard]] bool showsFocus(const QWidget &widget);

/// Text right-aligned in `box` with equal cells for digits, so that live numbers do not jump.
void tabularNumber(
    QPainter &painter, const QRectF &box, const QString &text, const QFont &font, const QColor &color);
[[nodiscard]] qreal tabularNumberWidth(const QString &text, const QFont &font);

/// Line with soft area and a dot at the last value. `values` are oldest first; a NaN leaves a gap. The scale
/// is sparklineScale(values) unless given.
void sparkline(QPainter &painter, const QRectF &box, std::span<const float> values, const QColor &color,
    std::optional<float> scale = {});
/// The step of 5, 10, 20, 40, 60, 100 (then hundreds) that holds the largest value.
[[nodiscard]] float sparklineScale(std::span<const float> values);

/// A thin rounded bar; `fraction` 0 to 1. Green below 0.8, amber below 0.92, red above.
void memoryBar(QPainter &painter, const QRectF &box, double fraction, const Theme &theme);

/// A thin rounded bar of any colour.
void bar(QPainter &painter, const QRectF &box, double fraction, const QColor &fill, const QColor &track);

/// A ring with an arc: of `fraction` from the top, or when it is absent a quarter that starts at `angle`
/// degrees.
void progressRing(QPainter &painter, const QRectF &box, qreal width, std::optional<double> fraction,
    qreal angle, const QColor &arc, const QColor &track);

/// Text with "…" where it does not fit; right for names, middle for images. One line, vertically centred.
void elidedText(QPainter &painter, const QRectF &box, const QString &text, const QFont &font,
    const QColor &color, Qt::TextElideMode mode = Qt::ElideRight,
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);

} // namespace dockerauto::ui::painting
