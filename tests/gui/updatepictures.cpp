#include "updatepictures.h"

#include "picturescene.h"
#include "updatesamples.h"

namespace dockerauto::test {

void drawAfterwards(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale)
{
    const auto path = [&](const char *name) { return folder.filePath(QLatin1String(name) + suffix); };
    Scene scene(appearance, scriptAfterwards);
    scene.window->showPage(ui::PageId::Updates);
    const auto show = [&](const char *id) {
        scene.updates->showUpdate(QLatin1String(id));
        settle(200);
    };
    show("u-20");
    scene.save(path("updates-watched"), scale);
    show("u-21");
    scene.window->findChild<QWidget *>(QStringLiteral("harmless"))->findChild<QPushButton *>()->click();
    scene.save(path("updates-kept"), scale);
    scene.press("rollBack");
    settle(200);
    scene.saveSheet(path("rollback-sheet"), scale);
    show("u-5");
    scene.save(path("updates-sick"), scale);
    show("u-22");
    scene.save(path("updates-regressed"), scale);
    scene.press("rolledBackBy");
    settle(200);
    scene.save(path("updates-wayback"), scale);
    show("u-24");
    scene.save(path("updates-parked"), scale);
    scene.press("resumeBack");
    scene.saveSheet(path("resume-back"), scale);
    scene.window->resize(960, 600);
    scene.save(path("updates-parked-smallest"), scale);
    show("u-20");
    scene.save(path("updates-watched-smallest"), scale);
}

} // namespace dockerauto::test
