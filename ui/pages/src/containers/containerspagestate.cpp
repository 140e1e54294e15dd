#include <pages/containerspage.h>

#include "common/pageheader.h"
#include "containeractions.h"
#include "containertable.h"

#include <models/containerfeed.h>
#include <models/containerfilter.h>
#include <ui/button.h>
#include <ui/searchfield.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>

#include <QStackedWidget>

#include <algorithm>

// The part of ContainersPage that turns what is known into what is seen.

namespace dockerauto::ui {

void ContainersPage::refresh()
{
    refreshSentence();
    refreshCounts();
    refreshButtons();
    refreshBody();
}

QString ContainersPage::checkSentence() const
{
    if (const auto &check = m_feed->runningCheck()) {
        return check->total > 0 ? tr("asking registries, %1 of %2").arg(check->done).arg(check->total)
                                : tr("asking registries");
    }
    if (const auto last = m_feed->lastCheckAt()) {
        return tr("registries checked %1").arg(agoText(*last, m_model->now()));
    }
    return tr("registries not checked yet");
}

void ContainersPage::refreshSentence()
{
    if (m_feed->state() != ContainerFeed::State::Ready) {
        m_header->setSentence({});
        return;
    }
    const int containers = m_model->counts().containers;
    const int projects = m_model->projectCount();
    const QString what = projects > 0 ? tr("%1 in %n project(s)", nullptr, projects).arg(containers)
                                      : tr("%n container(s)", nullptr, containers);
    m_header->setSentence(what + QStringLiteral(" · ") + checkSentence());
}

void ContainersPage::refreshCounts()
{
    const GroupCounts &counts = m_model->counts();
    m_quick->setCount(static_cast<int>(QuickFilter::All), counts.containers);
    m_quick->setCount(static_cast<int>(QuickFilter::Updates), counts.updates);
    m_quick->setCount(static_cast<int>(QuickFilter::Unhealthy), counts.unhealthy);
    m_quick->setCount(static_cast<int>(QuickFilter::Stopped), counts.stopped);
    if (counts.updates != m_updateCount) {
        m_updateCount = counts.updates;
        Q_EMIT updateCountChanged(m_updateCount);
    }
}

void ContainersPage::refreshButtons()
{
    const bool online = m_actions->isEnabled();
    const bool ready = m_feed->state() == ContainerFeed::State::Ready;
    const auto entries = m_model->entries();
    m_check->setEnabled(online && ready && !m_feed->runningCheck() && !entries.empty());
    m_check->setText(m_feed->runningCheck() ? tr("Checking…") : tr("Check now"));
    m_updateAll->setEnabled(online && std::ranges::any_of(entries, [](const ContainerEntry *entry) {
        return ContainerActions::canUpdate(*entry);
    }));
}

void ContainersPage::refreshBody()
{
    const bool hasRows = m_model->counts().containers > 0;
    if (hasRows && m_filter->shownContainers() > 0) {
        m_stateKey.clear();
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (m_feed->state() == ContainerFeed::State::Loading) {
        m_stateKey.clear();
        m_stack->setCurrentWidget(m_skeleton);
        return;
    }
    if (m_feed->state() == ContainerFeed::State::Failed) {
        showFailed();
    } else if (hasRows && m_search->text().isEmpty() &&
               m_quick->current() == static_cast<int>(QuickFilter::Updates)) {
        showUpToDate();
    } else if (hasRows) {
        showNothingMatches();
    } else if (!m_feed->unreachableHosts().empty()) {
        showUnreachable();
    } else {
        showEmpty();
    }
    m_stack->setCurrentWidget(m_state);
}

void ContainersPage::showFailed()
{
    const QString text = harmless(m_feed->error() ? m_feed->error()->message : QString());
    if (const QString key = QStringLiteral("failed/") + text; std::exchange(m_stateKey, key) == key) {
        return;
    }
    m_state->setContent({.icon = QStringLiteral("octagon-alert"),
        .iconColor = &Theme::err,
        .title = tr("The containers could not be read"),
        .text = text,
        .actions = {{.text = tr("Try again"),
            .icon = QStringLiteral("refresh-cw"),
            .kind = ButtonKind::Primary,
            .trigger = [this] { m_feed->reload(); }}}});
}

void ContainersPage::showUnreachable()
{
    const auto hosts = m_feed->unreachableHosts();
    QStringList details;
    for (const contracts::Host &host : hosts) {
        details << harmless(host.detail.isEmpty() ? host.address : host.detail);
    }
    const QString text = details.join(QLatin1Char('\n'));
    const bool testing = m_feed->isTestingHosts();
    const QString key = QStringLiteral("unreachable/") + text + (testing ? QStringLiteral("/t") : QString());
    if (std::exchange(m_stateKey, key) == key) {
        return;
    }
    m_state->setContent({.icon = QStringLiteral("plug-zap"),
        .iconColor = &Theme::warn,
        .title = tr("Docker is not reachable"),
        .text = text,
        .actions = {{.text = testing ? tr("Trying…") : tr("Try again"),
            .icon = QStringLiteral("refresh-cw"),
            .kind = ButtonKind::Primary,
            .trigger = [this] { m_feed->testHosts(); }}}});
}

void ContainersPage::showEmpty()
{
    if (const QString key = QStringLiteral("empty"); std::exchange(m_stateKey, key) == key) {
        return;
    }
    m_state->setContent({.icon = QStringLiteral("box"),
        .title = tr("No containers yet"),
        .text = tr("Start one with Docker or compose and it appears here by itself.")});
}

QString ContainersPage::filterNames() const
{
    const QString quick = m_quick->current() == static_cast<int>(QuickFilter::Updates)     ? tr("Updates")
                          : m_quick->current() == static_cast<int>(QuickFilter::Unhealthy) ? tr("Unhealthy")
                          : m_quick->current() == static_cast<int>(QuickFilter::Stopped)   ? tr("Stopped")
                                                                                           : QString();
    return quick;
}

void ContainersPage::showNothingMatches()
{
    const QString words = m_search->text();
    const QString quick = filterNames();
    const QString key = QStringLiteral("nothing/") + words + QLatin1Char('/') + quick;
    if (std::exchange(m_stateKey, key) == key) {
        return;
    }
    m_state->setContent({.icon = QStringLiteral("search-x"),
        .title = words.isEmpty() ? tr("No containers match the filter “%1”").arg(quick)
                                 : tr("No containers match “%1”").arg(harmless(words, 60)),
        .text = words.isEmpty() || quick.isEmpty() ? QString() : tr("The filter “%1” is on too.").arg(quick),
        .actions = {{.text = tr("Clear filters"), .trigger = [this] { clearFilters(); }}}});
}

void ContainersPage::showUpToDate()
{
    const auto entries = m_model->entries();
    const auto unknown = static_cast<int>(std::ranges::count_if(entries, [](const ContainerEntry *entry) {
        return entry->container.update.decision == core::Decision::NotChecked;
    }));
    const QString text =
        unknown > 0
            ? tr("%n container(s) could not be checked: see the reason beside the version.", nullptr, unknown)
        : m_feed->lastCheckAt() ? tr("%n container(s) checked %1.", nullptr, m_model->counts().containers)
                                      .arg(agoText(*m_feed->lastCheckAt(), m_model->now()))
                                : QString();
    const QString key = QStringLiteral("uptodate/") + text;
    if (std::exchange(m_stateKey, key) == key) {
        return;
    }
    StateContent content{.icon = unknown > 0 ? QStringLiteral("circle-help") : QStringLiteral("party-popper"),
        .iconColor = unknown > 0 ? &Theme::warn : &Theme::ok,
        .title = unknown > 0 ? tr("No updates are known") : tr("Everything is up to date"),
        .text = text,
        .actions = {{.text = tr("Check now"), .icon = QStringLiteral("refresh-cw"), .trigger = [this] {
                         checkNow();
                     }}}};
    if (unknown > 0) {
        content.actions.push_back({.text = tr("Show all"), .trigger = [this] { clearFilters(); }});
    }
    m_state->setContent(content);
}

void ContainersPage::onCheckFinished(int failed)
{
    if (!isVisible()) {
        return;
    }
    if (failed > 0) {
        m_actions->showNotice(tr("Checked. %n container(s) could not be checked.", nullptr, failed),
            QStringLiteral("triangle-alert"));
    } else {
        m_actions->showNotice(tr("Checked. %n update(s) available.", nullptr, m_model->counts().updates),
            QStringLiteral("circle-check"));
    }
}

int ContainersPage::updateCount() const
{
    return m_updateCount;
}

} // namespace dockerauto::ui
