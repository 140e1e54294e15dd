#include "reviewpictures.h"

#include "decisionsamples.h"
#include "picturescene.h"
#include "plansamples.h"

#include <QCheckBox>
#include <QScrollArea>
#include <QScrollBar>

namespace dockerauto::test {

namespace {

void review(Scene &scene)
{
    scene.choose(QStringLiteral("c-home-assistant"));
    scene.press("detailUpdate");
    settle(200);
}

void openSheet(Scene &scene, const char *action)
{
    scene.choose(QStringLiteral("c-home-assistant"));
    scene.press("detailMore");
    settle();
    auto *menu = scene.containers->findChild<QMenu *>(QStringLiteral("containerMenu"));
    menu->findChild<QAction *>(QLatin1String(action))->trigger();
    menu->close();
    settle(200);
}

QWidget *part(const Scene &scene, const char *name)
{
    auto *sheet = scene.window->findChild<QDialog *>(QStringLiteral("reviewSheet"));
    return sheet == nullptr ? nullptr : sheet->findChild<QWidget *>(QLatin1String(name));
}

void unfold(const Scene &scene, const char *name)
{
    part(scene, name)->findChild<QPushButton *>(QStringLiteral("foldButton"))->setChecked(true);
    settle();
}

} // namespace

void drawReviews(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name) + suffix); };
    Scene scene(appearance, scriptDecisions);
    review(scene);
    scene.saveSheet(path("review"), scale);
    review(scene);
    unfold(scene, "goodFindings");
    unfold(scene, "planConfig");
    unfold(scene, "planPayload");
    scene.window->findChild<QDialog *>(QStringLiteral("reviewSheet"))
        ->findChild<QScrollArea *>()
        ->verticalScrollBar()
        ->setValue(10'000);
    scene.saveSheet(path("review-below"), scale);
    scene.fixture.backend.answer<contracts::GetPlan>(databasePlan());
    review(scene);
    static_cast<QCheckBox *>(part(scene, "backup"))->setChecked(false);
    scene.saveSheet(path("review-without-copy"), scale);
    scene.fixture.backend.answer<contracts::GetPlan>(blockedPlan());
    review(scene);
    scene.saveSheet(path("review-blocked"), scale);
    scene.fixture.backend.refuse<contracts::GetPlan>(
        QStringLiteral("Nothing answers on /var/run/docker.sock. Is the Docker service running?"));
    review(scene);
    scene.saveSheet(path("review-failed"), scale);
    openSheet(scene, "exportContainer");
    scene.saveSheet(path("export"), scale);
    scene.window->showPage(ui::PageId::Settings);
    auto *hooks = scene.window->findChild<QWidget *>(QStringLiteral("hooksSection"));
    for (QWidget *parent = hooks; parent != nullptr; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent); area != nullptr) {
            settle();
            area->ensureWidgetVisible(hooks);
        }
    }
    scene.save(path("settings-hooks"), scale);
    scene.window->showPage(ui::PageId::Containers);
    scene.fixture.backend.hold();
    review(scene);
    scene.saveSheet(path("review-loading"), scale);
}

} // namespace dockerauto::test
