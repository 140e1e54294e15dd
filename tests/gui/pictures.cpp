// Draws the pages in their states into a folder, to be looked at: docker-auto-pictures FOLDER
// [zh_CN|planning|decisions|review]

#include "decisionpictures.h"
#include "picturescene.h"
#include "reviewpictures.h"

#include <ui/translations.h>

#include <QAbstractItemModel>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>

#include <functional>

using namespace dockerauto;
using namespace dockerauto::test;

namespace {

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

void drawPlanning(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale = 1)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name) + suffix); };
    using View = ui::SchedulesPage::View;
    Scene scene(appearance);
    scene.window->showPage(ui::PageId::Schedules);
    scene.schedules->showView(View::Week);
    scene.save(path("schedules-week"), scale);
    scene.schedules->showView(View::List);
    scene.save(path("schedules-list"), scale);
    scene.press("newSchedule");
    scene.saveSheet(path("schedule-editor"), scale);
    scene.press("newSchedule");
    if (auto *cron = scene.window->findChild<QLineEdit *>(QStringLiteral("cron")); cron != nullptr) {
        cron->setText(QStringLiteral("99 2 * * *"));
        Q_EMIT cron->textEdited(cron->text());
        scene.saveSheet(path("schedule-editor-error"), scale);
    }
    scene.press("newWindow");
    scene.saveSheet(path("window-editor"), scale);
    scene.press("newWindow");
    scene.window->findChild<QDialog *>()
        ->findChild<QWidget *>(QStringLiteral("mode"))
        ->setProperty("current", 1);
    scene.saveSheet(path("window-editor-once"), scale);
    scene.schedules->showView(View::Rules);
    scene.save(path("schedules-rules"), scale);
    scene.press("newSchedule");
    if (auto *tags = scene.window->findChild<QPlainTextEdit *>(QStringLiteral("trialTags"));
        tags != nullptr) {
        scene.window->findChild<QLineEdit *>(QStringLiteral("trialCurrent"))
            ->setText(QStringLiteral("1.4.2"));
        tags->setPlainText(QStringLiteral("1.5.0\n2.0.0-rc1\n1.4.3"));
        settle(500);
    }
    scene.saveSheet(path("policy-editor"), scale);
    scene.window->showPage(ui::PageId::Settings);
    scene.press("testRegistry");
    scene.save(path("settings-registries"), scale);
    scene.press("editRegistry");
    scene.saveSheet(path("registry-editor"), scale);
    scene.press("newWebhook");
    scene.saveSheet(path("webhook-sheet"), scale);
}

void drawPlanningVariants(const QDir &folder)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name)); };
    using View = ui::SchedulesPage::View;
    {
        Scene scene(ui::Appearance::Light);
        scene.window->showPage(ui::PageId::Schedules);
        scene.window->resize(960, 600);
        scene.save(path("schedules-week-smallest.png"));
        scene.schedules->showView(View::List);
        scene.save(path("schedules-list-smallest.png"));
        scene.fixture.backend.setConnection(contracts::Backend::Connection::Disconnected);
        scene.save(path("schedules-offline.png"));
    }
    {
        Scene scene(ui::Appearance::Dark, [](FakeBackend &backend) {
            backend.answer<contracts::ListSchedules>({});
            backend.answer<contracts::ListWindows>({});
            backend.answer<contracts::ListUpcoming>({});
            backend.on<contracts::ListPolicies>([](const auto &) {
                return core::Result<contracts::PolicyList>(core::fail(core::ErrorCode::PermissionDenied,
                    QStringLiteral("Your role “Viewer” has no right policies:read. Ask an administrator.")));
            });
        });
        scene.window->showPage(ui::PageId::Schedules);
        scene.save(path("schedules-empty.png"));
        scene.schedules->showView(View::Rules);
        scene.save(path("rules-denied.png"));
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
    if (arguments.value(2) == QLatin1String("decisions")) {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        ui::installTranslations(application, QLocale(QStringLiteral("en_US")));
        drawDecisions(folder, ui::Appearance::Light, QStringLiteral(".png"));
        drawDecisions(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
        drawDecisionVariants(folder);
        return 0;
    }
    if (arguments.value(2) == QLatin1String("review")) {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        ui::installTranslations(application, QLocale(QStringLiteral("en_US")));
        drawReviews(folder, ui::Appearance::Light, QStringLiteral(".png"));
        drawReviews(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
        return 0;
    }
    if (arguments.value(2) == QLatin1String("planning")) {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        ui::installTranslations(application, QLocale(QStringLiteral("en_US")));
        drawPlanning(folder, ui::Appearance::Light, QStringLiteral(".png"));
        drawPlanning(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
        drawPlanningVariants(folder);
        return 0;
    }
    if (arguments.value(2) == QLatin1String("zh_CN")) {
        QLocale::setDefault(QLocale(QStringLiteral("zh_CN")));
        ui::installTranslations(application, QLocale(QStringLiteral("zh_CN")));
        drawMain(folder, ui::Appearance::Light, QStringLiteral("-zh.png"));
        drawMain(folder, ui::Appearance::Dark, QStringLiteral("-zh-dark-2x.png"), 2);
        drawDecisions(folder, ui::Appearance::Light, QStringLiteral("-zh.png"));
        drawDecisions(folder, ui::Appearance::Dark, QStringLiteral("-zh-dark-2x.png"), 2);
        drawReviews(folder, ui::Appearance::Light, QStringLiteral("-zh.png"));
        drawReviews(folder, ui::Appearance::Dark, QStringLiteral("-zh-dark-2x.png"), 2);
        return 0;
    }
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    ui::installTranslations(application, QLocale(QStringLiteral("en_US")));
    drawMain(folder, ui::Appearance::Light, QStringLiteral(".png"));
    drawMain(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
    drawMain(folder, ui::Appearance::Light, QStringLiteral("-2x.png"), 2);
    drawDecisions(folder, ui::Appearance::Light, QStringLiteral(".png"));
    drawDecisions(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
    drawDecisions(folder, ui::Appearance::Light, QStringLiteral("-2x.png"), 2);
    drawDecisionVariants(folder);
    drawReviews(folder, ui::Appearance::Light, QStringLiteral(".png"));
    drawReviews(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
    drawReviews(folder, ui::Appearance::Light, QStringLiteral("-2x.png"), 2);
    drawPlanning(folder, ui::Appearance::Light, QStringLiteral(".png"));
    drawPlanning(folder, ui::Appearance::Dark, QStringLiteral("-dark.png"));
    drawPlanning(folder, ui::Appearance::Light, QStringLiteral("-2x.png"), 2);
    drawPlanningVariants(folder);
    drawVariants(folder);
    drawStates(folder);
    return 0;
}
