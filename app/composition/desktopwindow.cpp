#include "composition/desktopwindow.h"

#include <contracts/backend.h>
#include <pages/containerspage.h>
#include <pages/hookssection.h>
#include <pages/registriessection.h>
#include <pages/schedulespage.h>
#include <pages/updatespage.h>
#include <ui/mainwindow.h>

#include <QCoreApplication>

namespace dockerauto::app {

void addPages(ui::MainWindow &window, contracts::Backend &backend, ui::Preferences &preferences)
{
    auto *containers = new ui::ContainersPage(backend, preferences);
    auto *updates = new ui::UpdatesPage(backend, preferences);
    window.addPage(ui::PageId::Containers, QStringLiteral("container"),
        QCoreApplication::translate("Desktop", "Containers"), containers);
    window.addPage(ui::PageId::Updates, QStringLiteral("circle-arrow-up"),
        QCoreApplication::translate("Desktop", "Updates"), updates);
    window.addPage(ui::PageId::Schedules, QStringLiteral("calendar-clock"),
        QCoreApplication::translate("Desktop", "Schedules"), new ui::SchedulesPage(backend, preferences));
    window.addSettings(new ui::RegistriesSection(backend));
    window.addSettings(new ui::HooksSection(backend));
    QObject::connect(containers, &ui::ContainersPage::updateCountChanged, &window,
        [&window](int count) { window.setBadge(ui::PageId::Updates, count); });
    QObject::connect(
        containers, &ui::ContainersPage::updatesStarted, &window, [&window, updates](const QStringList &ids) {
            window.showPage(ui::PageId::Updates);
            if (!ids.isEmpty()) {
                updates->showUpdate(ids.first());
            }
        });
    QObject::connect(&window, &ui::MainWindow::runningUpdateActivated, updates, &ui::UpdatesPage::showUpdate);
}

} // namespace dockerauto::app
