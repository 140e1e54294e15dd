#include "containeractions.h"

#include "common/confirmsheet.h"
#include "common/reviewsheet.h"
#include "exportsheet.h"
#include "rulessheet.h"
#include "snoozesheet.h"

#include <models/displaytext.h>
#include <models/planwords.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QWidget>

namespace dockerauto::ui {

using contracts::Backend;
using contracts::Container;

ContainerActions::ContainerActions(Backend &backend, ContainerModel &model, QWidget *page)
    : QObject(page), m_backend(backend), m_model(model), m_page(page)
{
}

bool ContainerActions::isEnabled() const
{
    return m_backend.connection() == Backend::Connection::Connected;
}

bool ContainerActions::canUpdate(const ContainerEntry &entry)
{
    return entry.hasUpdate() && entry.activity == Activity::None;
}

QString ContainerActions::nameOf(const QString &id) const
{
    const ContainerEntry *entry = m_model.find(id);
    return entry == nullptr ? harmless(id, 40) : entry->name;
}

void ContainerActions::showNotice(const QString &text, const QString &icon)
{
    Toast::show(m_page, {.text = text, .icon = icon});
}

void ContainerActions::showFailure(const QString &text)
{
    showNotice(harmless(text), QStringLiteral("octagon-alert"));
}

template <class Op>
void ContainerActions::change(const typename Op::Request &request, const ToastContent &done)
{
    m_backend.call<Op>(request, this, [this, done](core::Result<Container> answer) {
        if (!answer) {
            showFailure(answer.error().message);
            return;
        }
        m_model.upsert(std::move(*answer));
        Toast::show(m_page, done);
    });
}

template <class Op>
void ContainerActions::control(const QString &id, const QString &done, std::function<void()> undo)
{
    change<Op>({id}, {.text = done,
                         .icon = QStringLiteral("circle-check"),
                         .action = undo ? tr("Undo") : QString(),
                         .trigger = undo});
}

void ContainerActions::start(const QString &id)
{
    control<contracts::StartContainer>(id, tr("%1 was started").arg(nameOf(id)));
}

void ContainerActions::stop(const QString &id)
{
    control<contracts::StopContainer>(id, tr("%1 was stopped").arg(nameOf(id)), [this, id] { start(id); });
}

void ContainerActions::restart(const std::vector<QString> &ids)
{
    for (const QString &id : ids) {
        control<contracts::RestartContainer>(id, tr("%1 was restarted").arg(nameOf(id)));
    }
}

void ContainerActions::pause(const QString &id)
{
    control<contracts::PauseContainer>(id, tr("%1 was paused").arg(nameOf(id)), [this, id] { unpause(id); });
}

void ContainerActions::unpause(const QString &id)
{
    control<contracts::UnpauseContainer>(id, tr("%1 goes on").arg(nameOf(id)));
}

void ContainerActions::setPolicy(const QString &id, core::UpdatePolicy policy)
{
    const ContainerEntry *entry = m_model.find(id);
    if (entry == nullptr || entry->container.updatePolicy == policy) {
        return;
    }
    const contracts::UpdateRules before = entry->container.ownRules;
    contracts::ContainerSettings settings;
    settings.id = id;
    settings.updatePolicy = policy;
    change<contracts::ChangeContainer>(
        settings, {.text = tr("%1: %2").arg(nameOf(id), policyWord(policy).text),
                      .icon = policyWord(policy).icon,
                      .action = tr("Undo"),
                      .trigger = [this, id, before] { restoreRules(id, before); }});
}

void ContainerActions::restoreRules(const QString &id, const contracts::UpdateRules &rules)
{
    contracts::ContainerSettings settings;
    settings.id = id;
    settings.rules = rules;
    change<contracts::ChangeContainer>(settings,
        {.text = tr("%1 has its earlier rules again").arg(nameOf(id)), .icon = QStringLiteral("undo-2")});
}

void ContainerActions::editRules(const QString &id)
{
    const ContainerEntry *entry = m_model.find(id);
    if (entry == nullptr || !isEnabled()) {
        return;
    }
    auto *sheet = new RulesSheet(m_page, m_backend, entry->container);
    connect(sheet, &RulesSheet::saved, this,
        [this, id, before = entry->container.ownRules](const Container &container) {
            m_model.upsert(container);
            Toast::show(m_page, {.text = tr("The rules of %1 were changed").arg(nameOf(id)),
                                    .icon = QStringLiteral("circle-check"),
                                    .action = tr("Undo"),
                                    .trigger = [this, id, before] { restoreRules(id, before); }});
        });
    sheet->open();
}

bool ContainerActions::canSkip(const Container &container)
{
    return container.update.candidate && container.update.heldBy != core::Hold::Skipped &&
           container.update.heldBy != core::Hold::Quarantine &&
           (container.update.decision == core::Decision::UpdateAvailable ||
               container.update.decision == core::Decision::HeldBack);
}

void ContainerActions::skip(const QString &id)
{
    const ContainerEntry *entry = m_model.find(id);
    if (entry == nullptr || !entry->container.update.candidate) {
        return;
    }
    const QString digest = entry->container.update.candidate->digest;
    change<contracts::SkipVersion>({id, digest.isEmpty() ? std::nullopt : std::optional(digest)},
        {.text = tr("%1 of %2 is skipped").arg(candidateVersion(entry->container), entry->name),
            .icon = QStringLiteral("skip-forward"),
            .action = tr("Undo"),
            .trigger = [this, id] { offerAgain(id); }});
}

void ContainerActions::snooze(const QString &id, core::Timestamp until)
{
    change<contracts::SnoozeUpdates>(
        {id, until}, {.text = tr("No update of %1 until %2").arg(nameOf(id), dayMomentText(until, now())),
                         .icon = QStringLiteral("moon"),
                         .action = tr("Undo"),
                         .trigger = [this, id] { offerAgain(id); }});
}

void ContainerActions::askSnooze(const QString &id)
{
    auto *sheet = new SnoozeSheet(m_page, nameOf(id), now());
    connect(sheet, &SnoozeSheet::chosen, this, [this, id](core::Timestamp until) { snooze(id, until); });
    sheet->open();
}

void ContainerActions::offerAgain(const QString &id)
{
    const ContainerEntry *entry = m_model.find(id);
    if (entry == nullptr) {
        return;
    }
    // A quarantine was nobody's wish, so there is nothing to go back to.
    const contracts::UpdateState &before = entry->container.update;
    std::function<void()> undo;
    if (before.heldBy == core::Hold::Skipped) {
        undo = [this, id] { skip(id); };
    } else if (before.heldBy == core::Hold::Snoozed && before.possibleAt) {
        undo = [this, id, until = *before.possibleAt] { snooze(id, until); };
    }
    change<contracts::OfferAgain>({id}, {.text = tr("Updates of %1 are offered again").arg(entry->name),
                                            .icon = QStringLiteral("circle-arrow-up"),
                                            .action = undo ? tr("Undo") : QString(),
                                            .trigger = undo});
}

void ContainerActions::review(const QString &id)
{
    const ContainerEntry *entry = m_model.find(id);
    if (entry == nullptr || !isEnabled()) {
        return;
    }
    if (entry->activity != Activity::None) {
        showNotice(tr("%1 is being updated already").arg(entry->name), QStringLiteral("refresh-cw"));
        return;
    }
    if (!entry->container.update.candidate) {
        showNotice(tr("Nothing to update: %1. %2", "container, why")
                       .arg(entry->name, decisionSentence(entry->container.update)),
            QStringLiteral("circle-check"));
        return;
    }
    auto *sheet = new ReviewSheet(m_page, m_backend, entry->container);
    connect(sheet, &ReviewSheet::started, this, &ContainerActions::tellStarted);
    connect(sheet, &ReviewSheet::skipRequested, this, [this, id] { skip(id); });
    sheet->open();
}

void ContainerActions::confirmUpdate(const std::vector<QString> &ids)
{
    ConfirmQuestion question;
    std::vector<QString> chosen;
    for (const QString &id : ids) {
        const ContainerEntry *entry = m_model.find(id);
        if (entry == nullptr || !canUpdate(*entry)) {
            continue;
        }
        const QString target = candidateVersion(entry->container);
        const bool sameTag = entry->container.update.candidate &&
                             (entry->container.update.candidate->tag.isEmpty() ||
                                 entry->container.update.candidate->tag == entry->container.tag);
        question.items.push_back(
            {entry->name, sameTag ? shortDigest(entry->container.digest) : entry->version, target});
        chosen.push_back(id);
    }
    if (chosen.empty() || !isEnabled()) {
        return;
    }
    if (chosen.size() == 1) {
        review(chosen.front());
        return;
    }
    const int count = static_cast<int>(chosen.size());
    question.title = tr("Update %n container(s)?", nullptr, count);
    question.text = tr("Each container stops for a short time. Volumes stay as they are. If the new one does "
                       "not come up well, the old one is put back by itself.");
    question.verb = tr("Update %n container(s)", nullptr, count);
    question.icon = QStringLiteral("circle-arrow-up");
    ConfirmSheet::ask(m_page, question, [this, chosen] { startUpdates(chosen); });
}

void ContainerActions::startUpdates(const std::vector<QString> &ids)
{
    contracts::StartUpdatesRequest request;
    request.containers = ids;
    m_backend.call<contracts::StartUpdates>(
        request, this, [this](core::Result<contracts::StartedUpdates> started) {
            if (!started) {
                showFailure(started.error().message);
                return;
            }
            tellStarted(*started);
        });
}

void ContainerActions::tellStarted(const contracts::StartedUpdates &started)
{
    QStringList updates;
    for (const contracts::StartedUpdate &update : started.items) {
        updates << update.id;
    }
    showNotice(tr("%n update(s) begun", nullptr, static_cast<int>(updates.size())),
        QStringLiteral("circle-arrow-up"));
    Q_EMIT updatesStarted(updates);
}

void ContainerActions::exportText(const QString &id)
{
    const ContainerEntry *entry = m_model.find(id);
    if (entry == nullptr || !isEnabled()) {
        return;
    }
    auto *sheet = new ExportSheet(m_page, m_backend, entry->container);
    connect(sheet, &ExportSheet::saved, this,
        [this](const QString &file) { showNotice(tr("Saved as %1").arg(file), QStringLiteral("save")); });
    sheet->open();
}

void ContainerActions::copy(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    showNotice(tr("%1 copied").arg(what), QStringLiteral("copy"));
}

} // namespace dockerauto::ui
