#include "containermenu.h"

#include "containeractions.h"

#include <models/containerentry.h>
#include <ui/icons.h>

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

namespace dockerauto::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ContainerMenu)
};

void addPolicies(QMenu &menu, const ContainerEntry &entry, ContainerActions &actions)
{
    const QString id = entry.container.id;
    auto *group = new QActionGroup(&menu);
    for (const core::UpdatePolicy policy : allPolicies) {
        const Word word = policyWord(policy);
        QAction *action = menu.addAction(
            icons::icon(word.icon), word.text, [&actions, id, policy] { actions.setPolicy(id, policy); });
        action->setToolTip(policyMeaning(policy));
        action->setCheckable(true);
        action->setChecked(policy == entry.container.updatePolicy);
        group->addAction(action);
    }
    menu.setToolTipsVisible(true);
}

/// What a person can say about the candidate.
void addHolds(QMenu &menu, const ContainerEntry &entry, ContainerActions &actions)
{
    const QString id = entry.container.id;
    const bool online = actions.isEnabled();
    const bool known = entry.container.update.candidate.has_value();
    QAction *skip = menu.addAction(icons::icon(QStringLiteral("skip-forward")), Text::tr("Skip this version"),
        [&actions, id] { actions.skip(id); });
    skip->setObjectName(QStringLiteral("skipVersion"));
    skip->setEnabled(online && ContainerActions::canSkip(entry.container));
    QMenu *snooze = menu.addMenu(icons::icon(QStringLiteral("moon")), Text::tr("Snooze"));
    snooze->setObjectName(QStringLiteral("snoozeMenu"));
    snooze->setEnabled(online && known);
    const auto until = [&](const QString &text, std::chrono::hours time) {
        snooze->addAction(text, [&actions, id, time] { actions.snooze(id, actions.now() + time); });
    };
    until(Text::tr("For a day"), std::chrono::days(1));
    until(Text::tr("For a week"), std::chrono::weeks(1));
    snooze->addAction(Text::tr("Until a day…"), [&actions, id] { actions.askSnooze(id); })
        ->setObjectName(QStringLiteral("snoozeUntil"));
    if (canBeOfferedAgain(entry.container.update)) {
        QAction *again = menu.addAction(icons::icon(QStringLiteral("circle-arrow-up")),
            Text::tr("Offer again"), [&actions, id] { actions.offerAgain(id); });
        again->setObjectName(QStringLiteral("offerAgain"));
        again->setEnabled(online);
    }
}

} // namespace

QMenu *containerMenu(
    const ContainerEntry &entry, ContainerActions &actions, const ContainerMenuHooks &hooks, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(Text::tr("Actions for %1").arg(entry.name));
    const QString id = entry.container.id;
    const bool online = actions.isEnabled();
    const bool idle = online && entry.activity == Activity::None;
    const auto add = [&](const char *icon, const QString &text, bool enabled, auto &&trigger,
                         const QKeySequence &keys = {}) {
        QAction *action = menu->addAction(icons::icon(QString::fromLatin1(icon)), text, trigger);
        action->setEnabled(enabled);
        // Shown only: the page has the shortcut itself.
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        return action;
    };
    add(
        "circle-arrow-up", Text::tr("Review update…"), idle && entry.container.update.candidate.has_value(),
        [&actions, id] { actions.review(id); }, QKeySequence(Qt::CTRL | Qt::Key_U))
        ->setObjectName(QStringLiteral("reviewUpdate"));
    add("refresh-cw", Text::tr("Check now"), idle, hooks.checkNow);
    addHolds(*menu, entry, actions);
    menu->addSeparator();
    add(
        "rotate-cw", Text::tr("Restart"), idle && !entry.isStopped(),
        [&actions, id] { actions.restart({id}); }, QKeySequence(Qt::CTRL | Qt::Key_R));
    if (entry.isStopped()) {
        add(
            "play", Text::tr("Start"), idle, [&actions, id] { actions.start(id); },
            QKeySequence(Qt::CTRL | Qt::Key_Period));
    } else {
        add(
            "square", Text::tr("Stop"), idle, [&actions, id] { actions.stop(id); },
            QKeySequence(Qt::CTRL | Qt::Key_Period));
    }
    if (entry.container.status == QLatin1String("paused")) {
        add("play", Text::tr("Let it go on"), idle, [&actions, id] { actions.unpause(id); });
    } else {
        add("pause", Text::tr("Pause"), idle && entry.container.status == QLatin1String("running"),
            [&actions, id] { actions.pause(id); });
    }
    QMenu *policies =
        menu->addMenu(icons::icon(policyWord(entry.container.updatePolicy).icon), Text::tr("Policy"));
    policies->setObjectName(QStringLiteral("policyMenu"));
    policies->setEnabled(online);
    addPolicies(*policies, entry, actions);
    add("list-filter", Text::tr("Update rules…"), online, [&actions, id] {
        actions.editRules(id);
    })->setObjectName(QStringLiteral("editRules"));
    menu->addSeparator();
    add("file-text", Text::tr("Logs"), online, hooks.showLogs, QKeySequence(Qt::CTRL | Qt::Key_L));
    add("file-up", Text::tr("Export…"), online, [&actions, id] {
        actions.exportText(id);
    })->setObjectName(QStringLiteral("exportContainer"));
    menu->addSeparator();
    const QString name = entry.container.name;
    const QString image = entry.container.tag.isEmpty()
                              ? entry.container.image
                              : QString(entry.container.image + QLatin1Char(':') + entry.container.tag);
    const QString engineId = entry.container.engineId;
    add("copy", Text::tr("Copy name"), true, [&actions, name] { actions.copy(name, Text::tr("Name")); });
    add("copy", Text::tr("Copy ID"), true, [&actions, engineId] { actions.copy(engineId, Text::tr("ID")); });
    add("copy", Text::tr("Copy image"), true, [&actions, image] { actions.copy(image, Text::tr("Image")); });
    return menu;
}

} // namespace dockerauto::ui
