#include "containeractions.h"

#include "common/confirmsheet.h"

#include <models/displaytext.h>
#include <ui/toast.h>

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
void ContainerActions::control(const QString &id, const QString &done, std::function<void()> undo)
{
    m_backend.call<Op>({id}, this, [this, done, undo = std::move(undo)](core::Result<Container> answer) {
        if (!answer) {
            showFailure(answer.error().message);
            return;
        }
        m_model.upsert(std::move(*answer));
        Toast::show(m_page, {.text = done,
                                .icon = QStringLiteral("circle-check"),
                                .action = undo ? tr("Undo") : QString(),
                                .trigger = undo});
    });
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
    const core::UpdatePolicy before = entry->container.updatePolicy;
    contracts::ContainerSettings settings;
    settings.id = id;
    settings.updatePolicy = policy;
    m_backend.call<contracts::ChangeContainer>(
        settings, this, [this, id, before, policy](core::Result<Container> answer) {
            if (!answer) {
                showFailure(answer.error().message);
                return;
            }
            m_model.upsert(std::move(*answer));
            Toast::show(m_page, {.text = tr("%1: %2").arg(nameOf(id), policyWord(policy).text),
                                    .icon = policyWord(policy).icon,
                                    .action = tr("Undo"),
                                    .trigger = [this, id, before] { setPolicy(id, before); }});
        });
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
    const int count = static_cast<int>(chosen.size());
    question.title = count == 1
                         ? tr("Update %1 to %2?").arg(question.items.front().name, question.items.front().to)
                         : tr("Update %n container(s)?", nullptr, count);
    question.text = tr("Each container stops for a short time. Volumes stay as they are. If the new one does "
                       "not come up well, the old one is put back by itself.");
    question.verb = count == 1 ? tr("Update now") : tr("Update %n container(s)", nullptr, count);
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
            QStringList updates;
            for (const contracts::StartedUpdate &update : started->items) {
                updates << update.id;
            }
            showNotice(tr("%n update(s) begun", nullptr, static_cast<int>(updates.size())),
                QStringLiteral("circle-arrow-up"));
            Q_EMIT updatesStarted(updates);
        });
}

void ContainerActions::copy(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    showNotice(tr("%1 copied").arg(what), QStringLiteral("copy"));
}

} // namespace dockerauto::ui
