#include <pages/updatespage.h>

#include "common/confirmsheet.h"
#include "rollbacksheet.h"
#include "verdictsheet.h"

#include <models/containerentry.h>
#include <models/heldbackfeed.h>
#include <models/updatemodel.h>
#include <models/words.h>
#include <ui/toast.h>

#include <QClipboard>
#include <QGuiApplication>

// What a person can do on the UpdatesPage.

namespace dockerauto::ui {

void UpdatesPage::askCancel()
{
    const contracts::Update *update = m_model->find(m_chosen);
    if (update == nullptr) {
        return;
    }
    const QString name = harmless(update->containerName);
    const bool running = update->status == core::UpdateStatus::Running;
    const ConfirmQuestion question{.title = running ? tr("Put %1 of %2 back?").arg(fromVersion(*update), name)
                                                    : tr("Cancel the update of %1?").arg(name),
        .text = running
                    ? tr("The update stops where it is, the new container is removed and the old one runs "
                         "again.")
                    : tr("Nothing was touched yet. The update can be asked for again at any time."),
        .items = {{name, toVersion(*update), fromVersion(*update)}},
        .verb = running ? tr("Put it back") : tr("Cancel the update"),
        .icon = QStringLiteral("undo-2"),
        .kind = ButtonKind::Danger};
    ConfirmSheet::ask(this, question, [this, id = update->id] {
        m_backend.call<contracts::CancelUpdate>(
            {id}, this, [this](core::Result<contracts::Update> answer) { takeAnswer(std::move(answer)); });
    });
}

void UpdatesPage::takeAnswer(core::Result<contracts::Update> answer)
{
    if (answer) {
        m_model->upsert(std::move(*answer));
    } else {
        showFailure(answer.error());
    }
}

void UpdatesPage::askRollback()
{
    // Only this answer has the saved volumes, and says whether they are still kept.
    m_backend.call<contracts::GetUpdate>({m_chosen}, this, [this](core::Result<contracts::Update> answer) {
        if (!answer) {
            showFailure(answer.error());
            return;
        }
        m_model->upsert(*answer);
        if (!answer->canRollBack) {
            Toast::show(this, {.text = tr("What is needed to go back is not kept any more"),
                                  .icon = QStringLiteral("info")});
            return;
        }
        auto *sheet = new RollbackSheet(this, m_backend, std::move(*answer), m_model->now());
        connect(sheet, &RollbackSheet::begun, this, [this](const contracts::Update &operation) {
            m_model->upsert(operation);
            showUpdate(operation.id);
        });
        sheet->open();
    });
}

void UpdatesPage::askResume(core::ResumeDirection direction)
{
    const contracts::Update *update = m_model->find(m_chosen);
    if (update == nullptr) {
        return;
    }
    const QString name = harmless(update->containerName);
    const bool forward = direction == core::ResumeDirection::Forward;
    const ConfirmQuestion question{.title = forward
                                                ? tr("Go on with the update of %1?").arg(name)
                                                : tr("Put %1 of %2 back?").arg(fromVersion(*update), name),
        .text = forward
                    ? tr("What is on the host is looked at first. The new container is started and has to "
                         "pass its checks; if it does not, or there is no way forward, the update "
                         "stops again.")
                    : tr("What is on the host is looked at first. The new container is taken away and the "
                         "old one runs again, with its volumes as they were saved; if there is no way "
                         "back, the update stops again."),
        .items = {{name, forward ? fromVersion(*update) : toVersion(*update),
            forward ? toVersion(*update) : fromVersion(*update)}},
        .verb = forward ? tr("Resume forward") : tr("Go back"),
        .icon = forward ? QStringLiteral("play") : QStringLiteral("undo-2"),
        .kind = forward ? ButtonKind::Primary : ButtonKind::Danger};
    ConfirmSheet::ask(this, question, [this, id = update->id, direction] {
        m_backend.call<contracts::ResumeUpdate>({id, direction}, this,
            [this](core::Result<contracts::Update> answer) { takeAnswer(std::move(answer)); });
    });
}

void UpdatesPage::askClose()
{
    const contracts::Update *update = m_model->find(m_chosen);
    if (update == nullptr) {
        return;
    }
    const QString name = harmless(update->containerName);
    const ConfirmQuestion question{.title = tr("Is %1 as it shall be?").arg(name),
        .text = tr("The update is closed and everything on the host stays as it is now. What it has left "
                   "there, such as a container that was set aside, is yours to remove."),
        .items = {{name}},
        .verb = tr("Close the update"),
        .icon = QStringLiteral("check")};
    ConfirmSheet::ask(this, question, [this, id = update->id] {
        m_backend.call<contracts::CancelUpdate>(
            {id}, this, [this](core::Result<contracts::Update> answer) { takeAnswer(std::move(answer)); });
    });
}

void UpdatesPage::openUpdate(const QString &id)
{
    showUpdate(id);
    if (m_model->find(id) == nullptr) {
        m_backend.call<contracts::GetUpdate>(
            {id}, this, [this](core::Result<contracts::Update> answer) { takeAnswer(std::move(answer)); });
    }
}

void UpdatesPage::askRetry()
{
    const contracts::Update *update = m_model->find(m_chosen);
    if (update == nullptr) {
        return;
    }
    const QString name = harmless(update->containerName);
    const ConfirmQuestion question{.title = tr("Update %1 again?").arg(name),
        .text =
            tr("The update starts from the beginning, to what the last check has found. If the new one does "
               "not come up well, the old one is put back by itself."),
        .items = {{name, fromVersion(*update), toVersion(*update)}},
        .verb = tr("Update now"),
        .icon = QStringLiteral("circle-arrow-up")};
    ConfirmSheet::ask(this, question, [this, container = update->container] { startUpdate(container); });
}

void UpdatesPage::askUpdateHeldBack()
{
    const contracts::Container *container = m_model->findHeldBack(m_chosenHeldBack);
    if (container == nullptr) {
        return;
    }
    const QString name = harmless(container->name);
    const QString target = candidateVersion(*container);
    const ConfirmQuestion question{.title = tr("Update %1 to %2 now?").arg(name, target),
        .text = QStringList{decisionSentence(container->update),
            tr("The container stops for a short time. If the new one does not come up well, the old one is "
               "put "
               "back by itself.")}
                    .join(QLatin1Char('\n')),
        .items = {{name, harmless(container->tag, 128), target}},
        .verb = tr("Update now"),
        .icon = QStringLiteral("circle-arrow-up")};
    ConfirmSheet::ask(this, question, [this, id = container->id] { startUpdate(id); });
}

void UpdatesPage::startUpdate(const QString &container)
{
    contracts::StartUpdatesRequest request;
    request.containers = {container};
    m_backend.call<contracts::StartUpdates>(
        request, this, [this](const core::Result<contracts::StartedUpdates> &started) {
            if (!started) {
                showFailure(started.error());
            } else if (!started->items.empty()) {
                showUpdate(started->items.front().id);
            }
        });
}

void UpdatesPage::offerAgain(const QString &container)
{
    m_backend.call<contracts::OfferAgain>(
        {container}, this, [this](core::Result<contracts::Container> answer) {
            if (!answer) {
                showFailure(answer.error());
                return;
            }
            const QString text = tr("Updates of %1 are offered again").arg(harmless(answer->name));
            m_heldBackFeed->take(std::move(*answer));
            refresh();
            Toast::show(this, {.text = text, .icon = QStringLiteral("circle-arrow-up")});
        });
}

void UpdatesPage::approveChosen()
{
    const std::vector<QString> checked = m_model->checkedUpdates();
    askApproval(checked.empty() ? std::vector{m_chosen} : checked);
}

void UpdatesPage::askApproval(const std::vector<QString> &ids)
{
    std::vector<contracts::Update> updates;
    for (const QString &id : ids) {
        const contracts::Update *update = m_model->find(id);
        if (update != nullptr && update->status == core::UpdateStatus::AwaitingApproval) {
            updates.push_back(*update);
        }
    }
    if (updates.empty() || !isOnline()) {
        return;
    }
    const auto count = static_cast<int>(updates.size());
    auto *sheet = new VerdictSheet(this, m_backend, VerdictSheet::Verdict::Approve, std::move(updates));
    connect(sheet, &VerdictSheet::decided, this,
        [this](const contracts::Update &update) { m_model->upsert(update); });
    connect(sheet, &QDialog::accepted, this, [this, count] {
        Toast::show(this,
            {.text = tr("%n update(s) approved", nullptr, count), .icon = QStringLiteral("circle-check")});
    });
    sheet->open();
}

void UpdatesPage::askRejection()
{
    const contracts::Update *update = m_model->find(m_chosen);
    if (update == nullptr || update->status != core::UpdateStatus::AwaitingApproval || !isOnline()) {
        return;
    }
    auto *sheet = new VerdictSheet(this, m_backend, VerdictSheet::Verdict::Reject, {*update});
    connect(sheet, &VerdictSheet::decided, this, [this](const contracts::Update &answer) {
        m_model->upsert(answer);
        Toast::show(
            this, {.text = tr("%1 is refused for %2").arg(toVersion(answer), harmless(answer.containerName)),
                      .icon = QStringLiteral("ban"),
                      .action = tr("Undo"),
                      .trigger = [this, container = answer.container] { offerAgain(container); }});
    });
    sheet->open();
}

void UpdatesPage::showFailure(const core::Error &error)
{
    Toast::show(this, {.text = harmless(error.message), .icon = QStringLiteral("octagon-alert")});
}

void UpdatesPage::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    Toast::show(this, {.text = tr("Copied"), .icon = QStringLiteral("copy")});
}

} // namespace dockerauto::ui
