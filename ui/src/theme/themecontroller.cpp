#include <ui/fonts.h>
#include <ui/style.h>
#include <ui/themecontroller.h>

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>
#include <QSettings>
#include <QToolTip>

namespace dockerauto::ui {

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearanceGroup = QStringLiteral("org.freedesktop.appearance");
const QString colorSchemeKey = QStringLiteral("color-scheme");
const QString interfaceGroup = QStringLiteral("org.gnome.desktop.interface");
const QString animationsKey = QStringLiteral("enable-animations");
const QString lastSeenKey = QStringLiteral("appearance/desktopWasDark");

/// Read() wraps its answer in one variant more than the signal does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

ThemeController::ThemeController(QApplication &application, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_preferences(preferences)
    , m_desktopIsDark(preferences.settings().value(lastSeenKey, false).toBool())
{
    loadFonts();
    const bool dark = preferences.appearance() == Appearance::Dark ||
                      (preferences.appearance() == Appearance::Auto && m_desktopIsDark);
    m_style = new DockerAutoStyle(dark ? Theme::darkTheme() : Theme::light());
    QApplication::setStyle(m_style);
    QApplication::setFont(font(TextStyle::Body));
    apply();
    connect(&preferences, &Preferences::appearanceChanged, this, &ThemeController::apply);
    askDesktop();
}

const Theme &ThemeController::theme() const
{
    return themeOf();
}

void ThemeController::askDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
        SLOT(onPortalSettingChanged(QString, QString, QDBusVariant)));
    for (const auto &[group, key] :
        {std::pair{appearanceGroup, colorSchemeKey}, std::pair{interfaceGroup, animationsKey}}) {
        QDBusMessage question = QDBusMessage::createMethodCall(
            portalService, portalPath, portalInterface, QStringLiteral("Read"));
        question << group << key;
        auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(question, 5000), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this,
            [this, group = group, key = key](QDBusPendingCallWatcher *watcher) {
                const QDBusPendingReply<QDBusVariant> reply = *watcher;
                if (reply.isValid())
                    onPortalSettingChanged(group, key, reply.value());
                watcher->deleteLater();
            });
    }
}

void ThemeController::onPortalSettingChanged(
    const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearanceGroup && key == colorSchemeKey)
        takeColorScheme(unwrapped(value.variant()));
    else if (group == interfaceGroup && key == animationsKey && m_style)
        m_style->setAnimated(unwrapped(value.variant()).toBool());
}

void ThemeController::takeColorScheme(const QVariant &value)
{
    // 0 no preference, 1 dark, 2 light.
    const bool dark = value.toUInt() == 1;
    if (dark == m_desktopIsDark)
        return;
    m_desktopIsDark = dark;
    m_preferences.settings().setValue(lastSeenKey, dark);
    if (m_preferences.appearance() == Appearance::Auto)
        apply();
}

void ThemeController::apply()
{
    if (!m_style)
        return;
    const bool dark = m_preferences.appearance() == Appearance::Dark ||
                      (m_preferences.appearance() == Appearance::Auto && m_desktopIsDark);
    if (dark != m_style->theme().dark)
        m_style->setTheme(dark ? Theme::darkTheme() : Theme::light());
    const QPalette palette = m_style->theme().palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(font(TextStyle::Small));
    Q_EMIT themeChanged();
}

} // namespace dockerauto::ui
