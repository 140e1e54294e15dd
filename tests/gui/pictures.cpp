// Draws the pages in their states into a folder, to be looked at: docker-auto-pictures FOLDER [zh_CN]

#include "guifixture.h"

#include <pages/containerspage.h>
#include <pages/updatespage.h>
#include <ui/mainwindow.h>
#include <ui/translations.h>

#include <QAbstractItemModel>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QTreeView>

#include <functional>

using namespace dockerauto;
using namespace dockerauto::test;

namespace {

void settle(int milliseconds = 60)
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

    explicit Scene(ui::Appearance appearance, const std::function<void(FakeBackend &)> &prepare = {})
    {
        fixture.preferences.setAppearance(appearance);
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
};

void drawMain(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale = 1)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name) + suffix); };
    Scene scene(appearance);
    scene.save(path("containers"), scale);
    scene.choose(QStringLiteral("c-home-assistant"));
    scene.save(path("containers-detail"), scale);
    scene.window->showPage(ui::PageId::Updates);
    scene.save(path("updates-running"), scale);
    scene.updates->showUpdate(QStringLiteral("u-5"));
    scene.save(path("updates-rolledback"), scale);
}

void drawVariants(const QDir &folder)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name)); };
    {
        Scene scene(ui::Appearance::Light);
        scene.fixture.preferences.setDensity(ui::Density::Compact);
        scene.save(path("containers-compact.png"));
        scene.fixture.preferences.setDensity(ui::Density::Comfortable);
        QAbstractItemModel *model = scene.table()->model();
        for (int row = 0; row < 3; ++row) {
            model->setData(model->index(row, 0, model->index(0, 0)), Qt::Checked, Qt::CheckStateRole);
        }
        scene.save(path("containers-bulk.png"));
        scene.window->resize(1100, 680);
        scene.save(path("containers-narrow.png"));
        scene.window->resize(960, 600);
        scene.save(path("containers-smallest.png"));
        scene.window->showPage(ui::PageId::Updates);
        scene.save(path("updates-smallest.png"));
    }
    {
        Scene scene(ui::Appearance::Light, [](FakeBackend &backend) {
            backend.answer<contracts::ListUpdates>({{pullingUpdate()}, std::nullopt});
            backend.answer<contracts::GetUpdate>(pullingUpdate());
        });
        scene.window->showPage(ui::PageId::Updates);
        settle();
        for (int second = 0; second < 4; ++second) {
            contracts::UpdateStepChanged change;
            change.id = QStringLiteral("u-1");
            change.step = pullingUpdate().steps.at(1);
            change.step.progress->done += second * 8'400'000;
            scene.fixture.backend.emitEvent(
                contracts::events::updateStep, change, sampleNow() + std::chrono::seconds(second));
        }
        scene.save(path("updates-pulling.png"));
    }
}

void drawStates(const QDir &folder)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name)); };
    {
        Scene scene(ui::Appearance::Dark, [](FakeBackend &backend) { backend.hold(); });
        scene.save(path("state-loading.png"));
    }
    {
        Scene scene(ui::Appearance::Dark, [](FakeBackend &backend) {
            backend.answer<contracts::ListContainers>({});
            contracts::Host host;
            host.id = QStringLiteral("local");
            host.name = QStringLiteral("homelab-01");
            host.state = core::HostState::Unreachable;
            host.detail =
                QStringLiteral("Nothing answers on /var/run/docker.sock. Is the Docker service running, "
                               "and is your user in the docker group?");
            backend.answer<contracts::ListHosts>({{host}});
        });
        scene.save(path("state-unreachable.png"));
    }
    {
        Scene scene(ui::Appearance::Dark);
        scene.containers->findChild<QLineEdit *>()->setText(QStringLiteral("postgers"));
        scene.save(path("state-nothing-matches.png"));
        scene.fixture.backend.setConnection(contracts::Backend::Connection::Disconnected);
        scene.containers->findChild<QLineEdit *>()->clear();
        scene.save(path("state-offline.png"));
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QDir folder(arguments.value(1, QStringLiteral("pictures")));
    folder.mkpath(QStringLiteral("."));
    if (arguments.value(2) == QLatin1String("zh_CN")) {
        QLocale::setDefault(QLocale(QStringLiteral("zh_CN")));
        ui::installTranslations(application, QLocale(QStringLiteral("zh_CN")));
        drawMain(folder, ui::Appearance::Light, QStringLiteral("-zh.png"));
        drawMain(folder, ui::Appearance::Dark, QStringLiteral("-zh-dark-2x.png"), 2);
        return 0;
    }
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    ui::installTranslations(application, QLocale(QStringLiteral("en_US")));
    drawMain(folder, ui::Appearance::Light, QStringLiteral(".png"));
    drawMain(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
    drawMain(folder, ui::Appearance::Light, QStringLiteral("-2x.png"), 2);
    drawVariants(folder);
    drawStates(folder);
    return 0;
}
