#include "desktop.h"

#include "bootstrap/terminationsignals.h"
#include "composition/backendhost.h"
#include "composition/desktopwindow.h"

#include <client/inprocessbackend.h>
#include <core/logging.h>
#include <ui/fonts.h>
#include <ui/mainwindow.h>
#include <ui/preferences.h>
#include <ui/themecontroller.h>
#include <ui/translations.h>

#include <QApplication>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>

namespace dockerauto::app {

int runDesktop(int &argc, char **argv, const Settings &settings)
{
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("docker-auto"));
    QCoreApplication::setOrganizationName(QStringLiteral("docker-auto"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DOCKERAUTO_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Docker Auto"));
    ui::loadFonts();
    ui::installTranslations(application, QLocale());
    QSettings store(settings.dataDir + QStringLiteral("/desktop.ini"), QSettings::IniFormat);
    ui::Preferences preferences(store);
    const ui::ThemeController theme(application, preferences);
    TerminationSignals signalsOfTheSystem;
    QObject::connect(
        &signalsOfTheSystem, &TerminationSignals::requested, &application, &QCoreApplication::quit);

    auto host = BackendHost::start(settings);
    if (!host) {
        qCCritical(core::logApp).noquote() << host.error().text();
        QMessageBox::critical(
            nullptr, QCoreApplication::translate("Desktop", "Docker Auto can’t start"), host.error().text());
        return 1;
    }
    client::InProcessBackend backend(
        (*host)->dispatcher(), (*host)->events(), contracts::Principal::localAdministrator());
    ui::MainWindow window(backend, preferences);
    addPages(window, backend, preferences);
    window.show();
    return QApplication::exec();
}

} // namespace dockerauto::app
