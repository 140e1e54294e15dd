#include <ui/themecontroller.h>

#include "desktopsettings.h"

#include <ui/fonts.h>
#include <ui/style.h>

#include <QApplication>
#include <QPalette>
#include <QSettings>
#include <QToolTip>

namespace dockerauto::ui {

namespace {

const QString lastSeenKey = QStringLiteral("appearance/desktopWasDark");

} // namespace

ThemeController::ThemeController(QApplication &application, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_desktopIsDark(preferences.settings().value(lastSeenKey, false).toBool())
{
    loadFonts();
    m_style = new DockerAutoStyle(wantsDark() ? Theme::darkTheme() : Theme::light());
    application.setStyle(m_style);
    application.setFont(font(TextStyle::Body));
    apply();
    connect(&preferences, &Preferences::appearanceChanged, this, &ThemeController::apply);

    auto *desktop = new DesktopSettings(this);
    connect(desktop, &DesktopSettings::darkChanged, this, &ThemeController::takeDesktopTheme);
    connect(desktop, &DesktopSettings::animatedChanged, this, [this](bool animated) {
        if (m_style)
            m_style->setAnimated(animated);
    });
    desktop->ask();
}

const Theme &ThemeController::theme() const
{
    return themeOf();
}

bool ThemeController::wantsDark() const
{
    return m_preferences.appearance() == Appearance::Dark ||
           (m_preferences.appearance() == Appearance::Auto && m_desktopIsDark);
}

void ThemeController::takeDesktopTheme(bool dark)
{
    if (dark == m_desktopIsDark)
        return;
    m_desktopIsDark = dark;
    m_preferences.settings().setValue(lastSeenKey, dark);
    if (m_preferences.appearance() == Appearance::Auto)
        apply();
}

void ThemeController::apply()
{
    // The application owns the style, and whoever sets another one ends ours.
    if (!m_style)
        return;
    if (wantsDark() != m_style->theme().dark)
        m_style->setTheme(wantsDark() ? Theme::darkTheme() : Theme::light());
    const QPalette palette = m_style->theme().palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(font(TextStyle::Small));
    Q_EMIT themeChanged();
}

} // namespace dockerauto::ui
