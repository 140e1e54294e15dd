#include "planactions.h"

#include "common/confirmsheet.h"
#include "policyeditor.h"
#include "windoweditor.h"

#include <models/directory.h>
#include <ui/icons.h>
#include <ui/toast.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace dockerauto::ui {

PlanActions::PlanActions(
    QWidget &page, PlanningFeed &feed, Directory &directory, const ScheduleEditor::Surroundings &around)
    : m_page(page), m_feed(feed), m_directory(directory), m_around(around)
{
}

bool PlanActions::isEnabled() const
{
    return m_around.backend.connection() == contracts::Backend::Connection::Connected;
}

void PlanActions::say(const QString &text, const QString &icon)
{
    Toast::show(&m_page, {.text = text, .icon = icon});
}

void PlanActions::sayError(const core::Error &error)
{
    Toast::show(&m_page,
        {.text = harmless(error.message),
            .icon = QStringLiteral("octagon-alert"),
            .action = tr("Copy"),
            .trigger = [report = reportOf(error)] { QGuiApplication::clipboard()->setText(report); }});
}

template <class Op>
void PlanActions::call(const typename Op::Request &request, const QString &done)
{
    m_around.backend.call<Op>(request, this, [this, done](core::Result<typename Op::Reply> answer) {
        if (!answer) {
            sayError(answer.error());
        } else if (!done.isEmpty()) {
            say(done, QStringLiteral("circle-check"));
        }
        m_feed.reload();
    });
}

void PlanActions::newSchedule()
{
    editSchedule({});
}

void PlanActions::newWindow()
{
    editWindow({});
}

void PlanActions::newPolicy()
{
    editPolicy({});
}

void PlanActions::editSchedule(const std::optional<contracts::Schedule> &schedule)
{
    m_directory.refresh();
    auto *sheet = new ScheduleEditor(&m_page, m_around, schedule);
    connect(sheet, &ScheduleEditor::saved, this, [this](const QString &name) {
        say(tr("%1 is saved").arg(harmless(name, 60)), QStringLiteral("circle-check"));
        m_feed.reload();
    });
    sheet->open();
}

void PlanActions::editWindow(const std::optional<contracts::Window> &window)
{
    m_directory.refresh();
    auto *sheet = new WindowEditor(&m_page, m_around, window);
    connect(sheet, &WindowEditor::saved, this, [this](const QString &name) {
        say(tr("%1 is saved").arg(harmless(name, 60)), QStringLiteral("circle-check"));
        m_feed.reload();
    });
    sheet->open();
}

void PlanActions::editPolicy(const std::optional<contracts::Policy> &policy)
{
    m_directory.refresh();
    auto *sheet = new PolicyEditor(&m_page, m_around, policy);
    connect(sheet, &PolicyEditor::saved, this, [this](const QString &name) {
        say(tr("%1 is saved").arg(harmless(name, 60)), QStringLiteral("circle-check"));
        m_feed.reload();
    });
    sheet->open();
}

void PlanActions::edit(const QString &id)
{
    if (const contracts::Schedule *schedule = m_feed.schedule(id); schedule != nullptr) {
        editSchedule(*schedule);
    } else if (const contracts::Window *window = m_feed.window(id); window != nullptr) {
        editWindow(*window);
    } else if (const contracts::Policy *policy = m_feed.policy(id); policy != nullptr) {
        editPolicy(*policy);
    }
}

void PlanActions::runNow(const QString &id)
{
    if (const contracts::Schedule *schedule = m_feed.schedule(id); schedule != nullptr) {
        call<contracts::RunSchedule>({id}, tr("%1 runs now").arg(harmless(schedule->name, 60)));
    }
}

void PlanActions::setEnabled(const QString &id, bool enabled)
{
    if (!isEnabled()) {
        return;
    }
    const auto words = [&](const QString &name) {
        return (enabled ? tr("%1 is on") : tr("%1 is off")).arg(harmless(name, 60));
    };
    if (const contracts::Schedule *schedule = m_feed.schedule(id); schedule != nullptr) {
        call<contracts::ChangeSchedule>(
            {schedule->id, schedule->name, enabled, schedule->action, schedule->cron, schedule->zone,
                schedule->scope, schedule->jitterSeconds, schedule->missed},
            words(schedule->name));
    } else if (const contracts::Window *window = m_feed.window(id); window != nullptr) {
        call<contracts::ChangeWindow>(
            {window->id, window->name, enabled, window->kind, window->scope, window->times, {}},
            words(window->name));
    } else if (const contracts::Policy *policy = m_feed.policy(id); policy != nullptr) {
        call<contracts::ChangePolicy>(
            {policy->id, policy->name, enabled, policy->scope, policy->rules}, words(policy->name));
    }
}

void PlanActions::ask(
    const QString &title, const QString &text, const QString &name, std::function<void()> confirmed)
{
    const ConfirmQuestion question{.title = title,
        .text = text,
        .items = {{name}},
        .verb = tr("Remove"),
        .icon = QStringLiteral("trash-2"),
        .kind = ButtonKind::Danger};
    ConfirmSheet::ask(&m_page, question, std::move(confirmed));
}

void PlanActions::remove(const QString &id)
{
    if (!isEnabled()) {
        return;
    }
    if (const contracts::Schedule *schedule = m_feed.schedule(id); schedule != nullptr) {
        const QString name = harmless(schedule->name, 80);
        ask(tr("Remove the schedule %1?").arg(name), tr("It does not run again. What runs now goes on."),
            name, [this, id, name] { call<contracts::RemoveSchedule>({id}, tr("%1 is removed").arg(name)); });
    } else if (const contracts::Window *window = m_feed.window(id); window != nullptr) {
        const QString name = harmless(window->name, 80);
        const bool freeze = window->kind == core::WindowKind::Freeze;
        ask(freeze ? tr("Remove the freeze %1?").arg(name) : tr("Remove the window %1?").arg(name),
            freeze ? tr("Updates that it holds back may begin at once.")
                   : tr("Containers that no other window covers may be updated at any time."),
            name, [this, id, name] { call<contracts::RemoveWindow>({id}, tr("%1 is removed").arg(name)); });
    } else if (const contracts::Policy *policy = m_feed.policy(id); policy != nullptr) {
        const QString name = harmless(policy->name, 80);
        ask(tr("Remove the rules %1?").arg(name),
            tr("%n container(s) follow the rules that weigh less, or the default.", nullptr,
                policy->containers),
            name, [this, id, name] { call<contracts::RemovePolicy>({id}, tr("%1 is removed").arg(name)); });
    }
}

void PlanActions::fillMenu(QMenu &menu, const QString &id)
{
    const contracts::Schedule *schedule = m_feed.schedule(id);
    const contracts::Window *window = m_feed.window(id);
    const contracts::Policy *policy = m_feed.policy(id);
    if (schedule == nullptr && window == nullptr && policy == nullptr) {
        return;
    }
    const auto add = [&](const char *icon, const QString &text, auto trigger) {
        auto *action = menu.addAction(icons::icon(QLatin1String(icon)), text, this, trigger);
        action->setEnabled(isEnabled());
        return action;
    };
    add("pencil", tr("Edit…"), [this, id] { edit(id); })->setShortcut(Qt::Key_Return);
    if (schedule != nullptr) {
        add("play", tr("Run now"), [this, id] { runNow(id); });
    }
    const bool on = schedule != nullptr ? schedule->enabled
                    : window != nullptr ? window->enabled
                                        : policy->enabled;
    add("power", on ? tr("Turn off") : tr("Turn on"), [this, id, on] {
        setEnabled(id, !on);
    })->setShortcut(Qt::Key_Space);
    menu.addSeparator();
    add("trash-2", tr("Remove…"), [this, id] { remove(id); })->setShortcut(Qt::Key_Delete);
}

} // namespace dockerauto::ui
