#pragma once

#include "guifixture.h"
#include "planningsamples.h"

#include <pages/containerspage.h>
#include <pages/hookssection.h>
#include <pages/registriessection.h>
#include <pages/schedulespage.h>
#include <pages/updatespage.h>
#include <ui/mainwindow.h>

#include <QDialog>
#include <QElapsedTimer>
#include <QMenu>
#include <QPixmap>
#include <QPushButton>
#include <QTreeView>

#include <functional>
#include <memory>

namespace dockerauto::test {

inline void settle(int milliseconds = 60)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
}

struct Scene
{
    GuiFixture fixture;
    std::unique_ptr<ui::MainWindow> window;
    ui::ContainersPage *containers = nullptr;
    ui::UpdatesPage *updates = nullptr;
    ui::SchedulesPage *schedules = nullptr;

    explicit Scene(ui::Appearance appearance, const std::function<void(FakeBackend &)> &prepare = {})
    {
        fixture.preferences.setAppearance(appearance);
        scriptPlanning(fixture.backend);
        if (prepare) {
            prepare(fixture.backend);
        }
        window = std::make_unique<ui::MainWindow>(fixture.backend, fixture.preferences);
        containers = new ui::ContainersPage(fixture.backend, fixture.preferences, nullptr, sampleNow);
        updates = new ui::UpdatesPage(fixture.backend, fixture.preferences, nullptr, sampleNow);
        window->addPage(ui::PageId::Containers, QStringLiteral("container"),
            QCoreApplication::translate("dockerauto::ui::ContainersPage", "Containers"), containers);
        window->addPage(ui::PageId::Updates, QStringLiteral("circle-arrow-up"),
            QCoreApplication::translate("dockerauto::ui::UpdatesPage", "Updates"), updates);
        schedules = new ui::SchedulesPage(fixture.backend, fixture.preferences, nullptr, sampleNow);
        window->addPage(ui::PageId::Schedules, QStringLiteral("calendar-clock"),
            QCoreApplication::translate("dockerauto::ui::SchedulesPage", "Schedules"), schedules);
        window->addSettings(new ui::RegistriesSection(fixture.backend, nullptr, sampleNow));
        window->addSettings(new ui::HooksSection(fixture.backend));
        window->showPage(ui::PageId::Containers);
        window->resize(1440, 900);
        window->show();
        settle();
        for (int moment = 0; moment < 60; ++moment) {
            fixture.backend.emitEvent(contracts::events::metricsSample, sampleMetrics(moment));
        }
        settle(1200);
    }

    [[nodiscard]] QTreeView *table() const
    {
        return containers->findChild<QTreeView *>(QStringLiteral("containerTable"));
    }
    void choose(const QString &id) const { containers->showContainer(id); }
    void save(const QString &path, qreal scale = 1)
    {
        settle();
        QPixmap picture(window->size() * scale);
        picture.setDevicePixelRatio(scale);
        window->render(&picture);
        picture.save(path);
    }
    /// The sheet that is open, alone; closes it.
    void saveSheet(const QString &path, qreal scale = 1)
    {
        settle(500);
        auto *sheet = window->findChild<QDialog *>();
        if (sheet == nullptr) {
            qWarning("no sheet for %s", qPrintable(path));
            return;
        }
        QPixmap picture(sheet->size() * scale);
        picture.setDevicePixelRatio(scale);
        sheet->render(&picture);
        picture.save(path);
        sheet->reject();
        settle();
    }
    void press(const char *button) const { window->findChild<QPushButton *>(QLatin1String(button))->click(); }
};

} // namespace dockerauto::test
