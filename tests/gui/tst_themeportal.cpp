#include <ui/preferences.h>
#include <ui/style.h>
#include <ui/theme.h>
#include <ui/themecontroller.h>

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace dockerauto::test {

/// The settings portal of a desktop, as far as it is asked.
class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint colorScheme = 0;
    bool animations = true;

    void change(uint scheme)
    {
        colorScheme = scheme;
        Q_EMIT SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
            QDBusVariant(scheme));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString & /*group*/, const QString &key)
    {
        // The real one wraps the value twice.
        if (key == QLatin1String("color-scheme"))
            return QDBusVariant(QVariant::fromValue(QDBusVariant(colorScheme)));
        return QDBusVariant(QVariant::fromValue(QDBusVariant(animations)));
    }

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

class ThemePortalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDBusConnection::sessionBus().isConnected());
        QDBusConnection desktop =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &m_portal,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    }

    void init()
    {
        m_settings =
            std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_settings->clear();
        m_preferences = std::make_unique<ui::Preferences>(*m_settings);
    }

    void cleanup()
    {
        m_preferences.reset();
        m_settings.reset();
    }

    void auto_takesThemeOfDesktop_andFollowsIt()
    {
        m_portal.colorScheme = 1;
        ui::ThemeController controller(*qApp, *m_preferences);
        QVERIFY(!controller.theme().dark);
        QTRY_VERIFY(controller.theme().dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), controller.theme().window);
        m_portal.change(2);
        QTRY_VERIFY(!controller.theme().dark);
        m_portal.change(1);
        QTRY_VERIFY(controller.theme().dark);
    }

    void auto_startsWithThemeLastSeen()
    {
        m_portal.colorScheme = 1;
        {
            ui::ThemeController first(*qApp, *m_preferences);
            QTRY_VERIFY(first.theme().dark);
        }
        const ui::ThemeController second(*qApp, *m_preferences);
        QVERIFY(second.theme().dark);
    }

    void choice_winsOverDesktop()
    {
        m_portal.colorScheme = 1;
        m_preferences->setAppearance(ui::Appearance::Light);
        ui::ThemeController controller(*qApp, *m_preferences);
        QSignalSpy changes(&controller, &ui::ThemeController::themeChanged);
        // The answers come in order: once this setting is known, so is the other.
        m_portal.animations = false;
        m_portal.change(1);
        QTRY_VERIFY(m_settings->value(QStringLiteral("appearance/desktopWasDark")).toBool());
        QVERIFY(!controller.theme().dark);
        QCOMPARE(changes.count(), 0);
        m_preferences->setAppearance(ui::Appearance::Auto);
        QVERIFY(controller.theme().dark);
    }

    void spinners_standStill_whenDesktopAsksForIt()
    {
        m_portal.animations = false;
        const ui::ThemeController controller(*qApp, *m_preferences);
        const auto *style = qobject_cast<ui::DockerAutoStyle *>(QApplication::style());
        QVERIFY(style != nullptr);
        QVERIFY(style->animated());
        QTRY_VERIFY(!style->animated());
    }

private:
    QTemporaryDir m_folder;
    FakePortal m_portal;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ui::Preferences> m_preferences;
};

} // namespace dockerauto::test

int main(int argc, char **argv)
{
    // A bus of its own, so that neither the desktop of the developer nor its absence matters.
    QProcess bus;
    bus.start(QStringLiteral("dbus-daemon"),
        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (!bus.waitForReadyRead(10'000))
        qFatal("dbus-daemon did not start.");
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readAllStandardOutput().trimmed());
    int result = 0;
    {
        QApplication application(argc, argv);
        dockerauto::test::ThemePortalTest test;
        result = QTest::qExec(&test, argc, argv);
    }
    bus.terminate();
    bus.waitForFinished(5'000);
    return result;
}

#include "tst_themeportal.moc"
