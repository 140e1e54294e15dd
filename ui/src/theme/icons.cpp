#include <ui/icons.h>

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace dockerauto::ui::icons {

namespace {

QString fileOf(const QString &name)
{
    return QStringLiteral(":/dockerauto/icons/lucide/") + name + QStringLiteral(".svg");
}

/// `size` in device pixels.
QPixmap render(const QString &name, const QColor &color, int size, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("dockerauto:%1:%2:%3:%4")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(size)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;

    pixmap = QPixmap(size, size);
    pixmap.fill(Qt::transparent);
    QFile file(fileOf(name));
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        // Small icons look thin beside text of medium weight; large ones heavy.
        const qreal logicalSize = size / devicePixelRatio;
        if (logicalSize <= 16)
            svg.replace("stroke-width=\"2\"", "stroke-width=\"2.1\"");
        else if (logicalSize >= 28)
            svg.replace("stroke-width=\"2\"", "stroke-width=\"1.9\"");
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setOpacity(color.alphaF());
        QSvgRenderer(svg).render(&painter, QRectF(0, 0, size, size));
    } else {
        qWarning("There is no icon called %s.", qPrintable(name));
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class Engine : public QIconEngine
{
public:
    Engine(QString name, ThemeColor color) : m_name(std::move(name)), m_color(color) {}

    void paint(QPainter *painter, const QRect &box, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        const int size = qMin(box.width(), box.height());
        QRectF square(0, 0, size, size);
        square.moveCenter(QRectF(box).center());
        icons::paint(*painter, square, m_name, colorFor(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    /// `size` is in device pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State /*state*/, qreal scale) override
    {
        return render(m_name, colorFor(mode), qMin(size.width(), size.height()), scale);
    }

    QIconEngine *clone() const override { return new Engine(*this); }
    QString key() const override { return QStringLiteral("dockerauto"); }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        const Theme &theme = themeOf();
        if (mode == QIcon::Disabled) {
            QColor faded = theme.muted;
            faded.setAlphaF(0.6F);
            return faded;
        }
        return theme.*m_color;
    }

    QString m_name;
    ThemeColor m_color;
};

} // namespace

QIcon icon(const QString &name, ThemeColor color)
{
    return QIcon(new Engine(name, color));
}

void paint(QPainter &painter, const QRectF &box, const QString &name, const QColor &color)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int size = qRound(box.width() * ratio);
    if (size <= 0 || name.isEmpty())
        return;
    const QTransform toDevice = painter.deviceTransform();
    QPointF corner = box.topLeft();
    if (toDevice.type() <= QTransform::TxScale) {
        const QPointF onDevice = toDevice.map(corner);
        corner = toDevice.inverted().map(QPointF(std::round(onDevice.x()), std::round(onDevice.y())));
    }
    painter.drawPixmap(corner, render(name, color, size, ratio));
}

QPixmap pixmap(const QString &name, const QColor &color, int size, qreal devicePixelRatio)
{
    return render(name, color, qRound(size * devicePixelRatio), devicePixelRatio);
}

bool exists(const QString &name)
{
    return QFile::exists(fileOf(name));
}

} // namespace dockerauto::ui::icons
