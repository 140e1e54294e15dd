#pragma once

#include <ui/preferences.h>
#include <ui/theme.h>

#include <QObject>
#include <QPointer>

class QApplication;

namespace dockerauto::ui {

class DockerAutoStyle;

/// Gives the application its style, palette and font, and changes them when the person or the desktop does.
/// Owned by the composition root; make it before the first window.
class ThemeController : public QObject
{
    Q_OBJECT

public:
    /// Applies a theme at once: the chosen one, or for Auto the one last seen, and asks the desktop for its
    /// own (settings portal, org.freedesktop.appearance color-scheme) without waiting for the answer. Without
    /// a portal Auto is light.
    ThemeController(QApplication &application, Preferences &preferences, QObject *parent = nullptr);

    [[nodiscard]] const Theme &theme() const;

Q_SIGNALS:
    /// After the palette was changed. Widgets need not listen: they get QEvent::PaletteChange.
    void themeChanged();

private:
    [[nodiscard]] bool wantsDark() const;
    void apply();
    void takeDesktopTheme(bool dark);

    Preferences &m_preferences;
    QPointer<DockerAutoStyle> m_style;
    bool m_desktopIsDark = false;
};

} // namespace dockerauto::ui
