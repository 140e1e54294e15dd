#pragma once

#include <ui/theme.h>

#include <QProxyStyle>

namespace dockerauto::ui {

/// Fusion, redrawn in the colours and measures of this program. It carries the theme that themeOf() gives.
class DockerAutoStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit DockerAutoStyle(const Theme &theme);

    [[nodiscard]] const Theme &theme() const { return m_theme; }
    /// Takes effect with the palette that is set afterwards.
    void setTheme(const Theme &theme) { m_theme = theme; }

    /// False when the desktop asks for reduced motion: spinners then stand still.
    [[nodiscard]] bool animated() const { return m_animated; }
    void setAnimated(bool animated) { m_animated = animated; }

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    QRect subElementRect(
        SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
        const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
        const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *returnData) const override;

private:
    Theme m_theme;
    bool m_animated = true;
};

} // namespace dockerauto::ui
