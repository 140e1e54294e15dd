#pragma once

#include <ui/theme.h>

#include <QIcon>
#include <QPixmap>
#include <QString>

class QPainter;
class QRectF;

/// Line icons (Lucide) by file name without `.svg`, from resources/icons/lucide. A name that is not there is
/// an error of the programmer: debug builds warn and nothing is drawn.
namespace dockerauto::ui::icons {

/// An icon that follows changes of the theme. Crisp at every scale; disabled it takes the muted colour.
QIcon icon(const QString &name, ThemeColor color = &Theme::text2);

/// For delegates and painted widgets. `box` is in logical pixels; the picture is snapped to device pixels.
void paint(QPainter &painter, const QRectF &box, const QString &name, const QColor &color);

/// `size` in logical pixels.
QPixmap pixmap(const QString &name, const QColor &color, int size, qreal devicePixelRatio);

[[nodiscard]] bool exists(const QString &name);

} // namespace dockerauto::ui::icons
