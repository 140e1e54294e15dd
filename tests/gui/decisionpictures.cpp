#include "decisionpictures.h"

#include "decisionsamples.h"
#include "picturescene.h"

#include <QComboBox>
#include <QListView>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>

namespace dockerauto::test {

namespace {

QTabBar *tabs(const Scene &scene)
{
    return scene.window->findChild<QTabBar *>(QStringLiteral("detailTabs"));
}

void scrollPanel(const Scene &scene, int amount)
{
    auto *why = scene.containers->findChild<QWidget *>(QStringLiteral("whyView"));
    for (QWidget *parent = why; parent != nullptr; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent); area != nullptr) {
            area->verticalScrollBar()->setValue(amount);
            return;
        }
    }
}

void showMenu(Scene &scene, const QString &path, qreal scale)
{
    for (QPushButton *button : scene.containers->findChildren<QPushButton *>()) {
        if (button->objectName() == QLatin1String("detailMore")) {
            button->click();
        }
    }
    settle();
    if (auto *menu = scene.containers->findChild<QMenu *>(QStringLiteral("containerMenu")); menu != nullptr) {
        QPixmap picture(menu->size() * scale);
        picture.setDevicePixelRatio(scale);
        menu->render(&picture);
        picture.save(path);
        menu->close();
    }
    settle();
}

void draw(Scene &scene, const std::function<QString(const char *)> &path, qreal scale)
{
    scene.save(path("decisions-table"), scale);
    scene.choose(QStringLiteral("c-home-assistant"));
    scene.save(path("decisions-panel"), scale);
    scene.press("whyLink");
    scene.save(path("decisions-why"), scale);
    scrollPanel(scene, 420);
    scene.save(path("decisions-why-below"), scale);
    scene.press("whyLink");
    tabs(scene)->setCurrentIndex(1);
    scene.save(path("decisions-changes"), scale);
    tabs(scene)->setCurrentIndex(0);
    scene.choose(QStringLiteral("c-grafana"));
    scene.save(path("decisions-skipped"), scale);
    showMenu(scene, path("decisions-menu"), scale);
    scene.choose(QStringLiteral("c-prometheus"));
    scene.save(path("decisions-quarantine"), scale);
}

void openSheet(Scene &scene, const QString &action)
{
    for (QPushButton *button : scene.containers->findChildren<QPushButton *>()) {
        if (button->objectName() == QLatin1String("detailMore")) {
            button->click();
        }
    }
    settle();
    auto *menu = scene.containers->findChild<QMenu *>(QStringLiteral("containerMenu"));
    for (QAction *entry : menu->findChildren<QAction *>()) {
        if (entry->objectName() == action) {
            entry->trigger();
        }
    }
    menu->close();
    settle();
}

} // namespace

void drawDecisions(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name) + suffix); };
    Scene scene(appearance, scriptDecisions);
    draw(scene, path, scale);
    scene.choose(QStringLiteral("c-home-assistant"));
    openSheet(scene, QStringLiteral("editRules"));
    scene.saveSheet(path("rules-sheet"), scale);
    openSheet(scene, QStringLiteral("editRules"));
    scene.window->findChild<QPushButton *>(QStringLiteral("moreRules"))->click();
    auto *sheet = scene.window->findChild<QDialog *>(QStringLiteral("rulesSheet"));
    sheet->resize(sheet->width(), 900);
    settle();
    sheet->findChild<QScrollArea *>()->verticalScrollBar()->setValue(10'000);
    scene.saveSheet(path("rules-sheet-more"), scale);
    openSheet(scene, QStringLiteral("editRules"));
    sheet = scene.window->findChild<QDialog *>(QStringLiteral("rulesSheet"));
    auto *care = sheet->findChild<QWidget *>(QStringLiteral("careRules"));
    care->findChild<QPushButton *>(QStringLiteral("foldButton"))->click();
    sheet->resize(sheet->width(), 1000);
    settle();
    sheet->findChild<QScrollArea *>()->verticalScrollBar()->setValue(10'000);
    scene.saveSheet(path("rules-sheet-safety"), scale);
    openSheet(scene, QStringLiteral("snoozeUntil"));
    scene.saveSheet(path("snooze-sheet"), scale);
    scene.window->showPage(ui::PageId::Updates);
    scene.updates->showUpdate(QStringLiteral("u-21"));
    scene.save(path("updates-approval"), scale);
    scene.press("approveButton");
    scene.saveSheet(path("approve-sheet"), scale);
    scene.press("rejectUpdate");
    scene.saveSheet(path("reject-sheet"), scale);
    auto *list = scene.updates->findChild<QListView *>(QStringLiteral("updateList"));
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        if (list->model()->index(row, 0).data().toString() == QLatin1String("grafana")) {
            list->setCurrentIndex(list->model()->index(row, 0));
        }
    }
    scene.save(path("updates-heldback"), scale);
}

void drawDecisionVariants(const QDir &folder)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name)); };
    {
        Scene scene(ui::Appearance::Light, scriptDecisions);
        scene.window->resize(960, 600);
        scene.window->showPage(ui::PageId::Updates);
        scene.updates->showUpdate(QStringLiteral("u-21"));
        scene.save(path("updates-approval-smallest.png"));
        scene.window->showPage(ui::PageId::Containers);
        scene.choose(QStringLiteral("c-home-assistant"));
        tabs(scene)->setCurrentIndex(1);
        scene.save(path("decisions-changes-smallest.png"));
    }
    {
        Scene scene(ui::Appearance::Dark, [](FakeBackend &backend) {
            scriptDecisions(backend);
            backend.refuse<contracts::GetImageChanges>(
                QStringLiteral("ghcr.io does not answer. It is asked again at 03:20."));
            backend.refuse<contracts::ExplainContainer>(
                QStringLiteral("Something went wrong. Tell your administrator the request id 7f3a-19c2."));
        });
        scene.choose(QStringLiteral("c-home-assistant"));
        scene.press("whyLink");
        scene.save(path("decisions-why-failed.png"));
        tabs(scene)->setCurrentIndex(1);
        scene.save(path("decisions-changes-failed.png"));
        scene.fixture.backend.hold();
        scene.choose(QStringLiteral("c-traefik"));
        scene.save(path("decisions-changes-loading.png"));
        scene.choose(QStringLiteral("c-loki"));
        scene.save(path("decisions-changes-none.png"));
    }
}

} // namespace dockerauto::test
