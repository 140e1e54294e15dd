#include <pages/schedulespage.h>

#include "common/formsheet.h"
#include "common/pageheader.h"
#include "planactions.h"
#include "plantable.h"
#include "weekgrid.h"

#include <models/planwords.h>
#include <ui/button.h>
#include <ui/label.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>
#include <ui/toast.h>

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QStackedWidget>

// The part of SchedulesPage that turns what is known into what is seen.

namespace dockerauto::ui {

namespace {

bool isRun(const contracts::UpcomingItem &item)
{
    return item.kind == QLatin1String("check") || item.kind == QLatin1String("update");
}

} // namespace

void SchedulesPage::refresh()
{
    const core::Timestamp now = m_now();
    m_plans->setRows(scheduleRows(*m_feed, *m_directory, now));
    m_policies->setRows(policyRows(*m_feed, *m_directory));
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count()).date();
    m_grid->setWeek(today, weekItems(*m_feed, *m_directory, today, now), now);
    for (PlanTable *table : {m_list, m_rules}) {
        if (table->currentRow() == nullptr) {
            table->choose({});
        }
    }
    refreshSentence();
    refreshButtons();
    refreshWeekNote();
    refreshBody();
}

void SchedulesPage::refreshSentence()
{
    if (view() == View::Rules) {
        m_header->setSentence(m_feed->policiesState() == ReadState::Ready
                                  ? tr("%n rule(s) for groups; what is set on a container itself weighs more",
                                        nullptr, static_cast<int>(m_feed->policies().size()))
                                  : QString());
        return;
    }
    if (m_feed->state() != ReadState::Ready) {
        m_header->setSentence({});
        return;
    }
    const QString count = tr("%n schedule(s)", nullptr, static_cast<int>(m_feed->schedules().size()));
    const core::Timestamp now = m_now();
    const contracts::UpcomingItem *next = nextRun(m_feed->upcoming(), now);
    m_header->setSentence(
        count + QStringLiteral(" · ") +
        (next == nullptr ? tr("nothing runs by itself")
                         : tr("next: %1 %2, %3", "name, in 3 h, today 10:00")
                               .arg(runName(*next), untilText(next->at, now), dayMomentText(next->at, now))));
}

void SchedulesPage::refreshButtons()
{
    const bool rules = view() == View::Rules;
    const bool table = view() != View::Week && m_stack->currentWidget() != m_state;
    const bool online = m_actions->isEnabled();
    m_newWindow->setVisible(!rules);
    m_newWindow->setEnabled(online);
    m_new->setText(rules ? tr("New rules…") : tr("New schedule…"));
    m_new->setEnabled(online);
    const PlanRow *row = shownTable()->currentRow();
    for (Button *button : {m_edit, m_run, m_turn, m_remove}) {
        button->setVisible(table);
        button->setEnabled(online && row != nullptr);
    }
    m_run->setVisible(table && !rules);
    m_run->setEnabled(online && row != nullptr && row->kind == PlanKind::Schedule);
    m_turn->setText(row == nullptr || row->enabled ? tr("Turn off") : tr("Turn on"));
}

void SchedulesPage::refreshWeekNote()
{
    if (const WeekItem *item = m_grid->current(); item != nullptr) {
        m_note->setText(item->sentence);
        return;
    }
    const auto runs = static_cast<int>(std::ranges::count_if(m_feed->upcoming(), isRun));
    m_note->setText(tr(
        "%n run(s) in the next seven days. Click one, or press the arrow keys, to see more.", nullptr, runs));
}

bool SchedulesPage::hasNothing() const
{
    switch (view()) {
    case View::Week:
        // The regular check is there without any schedule.
        return m_feed->schedules().empty() && m_feed->windows().empty() && m_feed->upcoming().empty();
    case View::List:
        return m_feed->schedules().empty() && m_feed->windows().empty();
    case View::Rules:
        return m_feed->policies().empty();
    }
    return true;
}

void SchedulesPage::refreshBody()
{
    const bool rules = view() == View::Rules;
    const ReadState state = rules ? m_feed->policiesState() : m_feed->state();
    const auto &error = rules ? m_feed->policiesError() : m_feed->error();
    if (state == ReadState::Loading) {
        m_stack->setCurrentWidget(m_skeleton);
    } else if (state == ReadState::Failed && error) {
        showProblem(*error);
        m_stack->setCurrentWidget(m_state);
    } else if (hasNothing()) {
        showEmpty();
        m_stack->setCurrentWidget(m_state);
    } else {
        m_stateKey.clear();
        m_stack->setCurrentWidget(rules ? m_rulesView : view() == View::Week ? m_week : m_listView);
    }
    refreshButtons();
}

void SchedulesPage::showProblem(const core::Error &error)
{
    const QString key = QStringLiteral("failed/") + reportOf(error);
    if (std::exchange(m_stateKey, key) == key) {
        return;
    }
    const bool denied = error.code == core::ErrorCode::PermissionDenied;
    const auto copy = [this, report = reportOf(error)] {
        QGuiApplication::clipboard()->setText(report);
        Toast::show(this, {.text = tr("Copied"), .icon = QStringLiteral("copy")});
    };
    if (denied) {
        m_state->setContent({.icon = QStringLiteral("lock"),
            .title = tr("You may not see this"),
            .text = harmless(error.message),
            .actions = {{.text = tr("Copy request"), .icon = QStringLiteral("copy"), .trigger = copy}}});
        return;
    }
    m_state->setContent({.icon = QStringLiteral("octagon-alert"),
        .iconColor = &Theme::err,
        .title = tr("The schedules could not be read"),
        .text = harmless(error.message),
        .actions = {{.text = tr("Try again"),
                        .icon = QStringLiteral("refresh-cw"),
                        .kind = ButtonKind::Primary,
                        .trigger = [this] { m_feed->reload(); }},
            {.text = tr("Copy details"), .icon = QStringLiteral("copy"), .trigger = copy}}});
}

void SchedulesPage::showEmpty()
{
    const bool rules = view() == View::Rules;
    const QString key = rules ? QStringLiteral("empty/rules") : QStringLiteral("empty/plans");
    if (std::exchange(m_stateKey, key) == key) {
        return;
    }
    if (rules) {
        m_state->setContent({.icon = QStringLiteral("layers"),
            .title = tr("No rules for groups yet"),
            .text = tr("Begin with one for a project or a label, for example: the project media follows "
                       "patches by itself and asks for the rest."),
            .actions = {{.text = tr("New rules…"), .icon = QStringLiteral("plus"), .trigger = [this] {
                             m_actions->newPolicy();
                         }}}});
        return;
    }
    m_state->setContent({.icon = QStringLiteral("calendar-clock"),
        .title = tr("Nothing is scheduled yet"),
        .text = tr("Begin with a schedule that checks and updates every night at 02:00. A window then says "
                   "when updates may begin, a freeze when they may not."),
        .actions = {{.text = tr("New schedule…"), .icon = QStringLiteral("plus"), .trigger = [this] {
                         m_actions->newSchedule();
                     }}}});
}

} // namespace dockerauto::ui
