#pragma once

#include <QColor>

class QPalette;
class QWidget;

namespace dockerauto::ui {

/// The colours of one appearance. Values come from resources/theme/tokens.json, compiled in; each text colour
/// keeps a contrast of at least 4.5 on every background it is used on.
struct Theme
{
    bool dark = false;

    QColor window, surface, sidebar, hover, selected;
    QColor border, buttonBorder, borderStrong;
    QColor text, text2, muted;
    QColor accent, accentFill, accentHover, onAccent;
    QColor ok, okBg, okFill;
    QColor warn, warnBg, warnFill;
    QColor err, errBg, errFill, onErrFill;
    QColor upd, updBg, updFill;
    QColor neu, neuBg, neuFill;
    QColor chart1, chart2, chart3, chart4, grid;
    QColor tooltipBg, tooltipText, scrollbar;

    static Theme light();
    static Theme darkTheme();

    /// What the widgets of Qt itself are drawn with.
    [[nodiscard]] QPalette palette() const;
};

/// A colour of a theme by name, so that it follows a change of the theme: `&Theme::muted`.
using ThemeColor = QColor Theme::*;

/// The theme that the widget is painted with; for delegates pass `option.widget`. Cheap, for use in paint
/// functions. Without a widget, the theme of the application. Main thread.
const Theme &themeOf(const QWidget *widget = nullptr);

} // namespace dockerauto::ui
