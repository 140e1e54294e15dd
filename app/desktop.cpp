#include "desktop.h"

#include "bootstrap/terminationsignals.h"
#include "composition/backendhost.h"

#include <client/inprocessbackend.h>
#include <core/logging.h>
#include <pages/containerspage.h>
#include <pages/updatespage.h>
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
namespace {

void addPages(ui::MainWindow &window, contracts::Backend &backend, ui::Preferences &preferences)
{
    auto *containers = new ui::ContainersPage(backend, preferences);
    auto *updates = new ui::UpdatesPage(backend, preferences);
    window.addPage(ui::PageId::Containers, QStringLiteral("container"),
        QCoreApplication::translate("Desktop", "Containers"), containers);
    window.addPage(ui::PageId::Updates, QStringLiteral("circle-arrow-up"),
        QCoreApplication::translate("Desktop", "Updates"), updates);
    QObject::connect(containers, &ui::ContainersPage::updateCountChanged, &window,
        [&window](int count) { window.setBadge(ui::PageId::Updates, count); });
    QObject::connect(containers, &ui::ContainersPage::updatesStarted, &window, [&window, updates](const QStringList &ids) {
        window.showPage(ui::PageId::Updates);
        if (!ids.isEmpty()) {
            updates->showUpdate(ids.first());
        }
    });
    QObject::connect(&window, &ui::MainWindow::runningUpdateActivated, updates, &ui::UpdatesPage::showUpdate);
}

} // namespace

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
    QObject::connect(&signalsOfTheSystem, &TerminationSignals::requested, &application, &QCoreApplication::quit);

    auto host = BackendHost::start(settings);
    if (!host) {
        qCCritical(core::logApp).noquote() << host.error().text();
        QMessageBox::critical(nullptr, QCoreApplication::translate("Desktop", "Docker Auto can’t start"),
            host.error().text());
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
