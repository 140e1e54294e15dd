#include "desktopsettings.h"

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <utility>

namespace dockerauto::ui {

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearanceGroup = QStringLiteral("org.freedesktop.appearance");
const QString colorSchemeKey = QStringLiteral("color-scheme");
const QString interfaceGroup = QStringLiteral("org.gnome.desktop.interface");
const QString animationsKey = QStringLiteral("enable-animations");
constexpr int timeoutMs = 5000;

/// Read() wraps its answer in one variant more than the signal does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

void DesktopSettings::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    // Without the name of the service: to look up its owner would wait for the portal to be started.
    if (!bus.connect({}, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
            SLOT(takeSignal(QDBusMessage))))
        qWarning("Changes of the desktop's theme cannot be followed.");
    for (const auto &[group, key] :
        {std::pair{appearanceGroup, colorSchemeKey}, std::pair{interfaceGroup, animationsKey}}) {
        QDBusMessage question = QDBusMessage::createMethodCall(
            portalService, portalPath, portalInterface, QStringLiteral("Read"));
        question << group << key;
        auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(question, timeoutMs), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this,
            [this, group = group, key = key](QDBusPendingCallWatcher *watcher) {
                const QDBusPendingReply<QDBusVariant> reply = *watcher;
                if (reply.isValid())
                    take(group, key, reply.value().variant());
                watcher->deleteLater();
            });
    }
}

void DesktopSettings::takeSignal(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    if (arguments.size() == 3)
        take(arguments.at(0).toString(), arguments.at(1).toString(), arguments.at(2));
}

void DesktopSettings::take(const QString &group, const QString &key, const QVariant &value)
{
    // 0 no preference, 1 dark, 2 light.
    if (group == appearanceGroup && key == colorSchemeKey)
        Q_EMIT darkChanged(unwrapped(value).toUInt() == 1);
    else if (group == interfaceGroup && key == animationsKey)
        Q_EMIT animatedChanged(unwrapped(value).toBool());
}

} // namespace dockerauto::ui
