#include "verdictsheet.h"

#include "updatetexts.h"

#include <models/displaytext.h>
#include <models/words.h>
#include <ui/card.h>
#include <ui/label.h>

#include <QGridLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int commentHeight = 72;

QString titleOf(VerdictSheet::Verdict verdict, const std::vector<contracts::Update> &updates)
{
    const bool approve = verdict == VerdictSheet::Verdict::Approve;
    if (updates.size() == 1) {
        const contracts::Update &update = updates.front();
        const QString name = harmless(update.containerName);
        return approve ? VerdictSheet::tr("Update %1 to %2?").arg(name, toVersion(update))
                       : VerdictSheet::tr("Refuse %2 for %1?").arg(name, toVersion(update));
    }
    const auto count = static_cast<int>(updates.size());
    return approve ? VerdictSheet::tr("Approve %n update(s)?", nullptr, count)
                   : VerdictSheet::tr("Refuse %n update(s)?", nullptr, count);
}

} // namespace

VerdictSheet::VerdictSheet(
    QWidget *parent, contracts::Backend &backend, Verdict verdict, std::vector<contracts::Update> updates)
    : FormSheet(parent, titleOf(verdict, updates), verdict == Verdict::Approve ? tr("Approve") : tr("Refuse"))
    , m_backend(backend)
    , m_verdict(verdict)
    , m_updates(std::move(updates))
{
    setObjectName(QStringLiteral("verdictSheet"));
    const bool approve = m_verdict == Verdict::Approve;
    setLead(approve
                ? tr("Each container stops for a short time. If the new one does not come up well, the old "
                     "one is put back by itself.")
                : tr("Nothing is touched. This version is not offered again, the next one is."));
    verbButton()->setIconName(approve ? QStringLiteral("check") : QStringLiteral("ban"));
    verbButton()->setKind(approve ? ButtonKind::Primary : ButtonKind::Danger);
    body()->addWidget(buildList());
    m_comment = new QPlainTextEdit;
    m_comment->setObjectName(QStringLiteral("comment"));
    m_comment->setTabChangesFocus(true);
    m_comment->setFixedHeight(commentHeight);
    addField(
        QStringLiteral("comment"), tr("Comment"), m_comment, tr("Need not be. It is kept with the update."));
    finishLayout(m_comment);
}

QWidget *VerdictSheet::buildList() const
{
    auto *card = new Card;
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const contracts::Update &update : m_updates) {
        grid->addWidget(new ElidedLabel(LabelRole::Strong, harmless(update.containerName)), row, 0);
        grid->addWidget(new ElidedLabel(LabelRole::Mono, fromVersion(update)), row, 1);
        grid->addWidget(new Label(LabelRole::Muted, QStringLiteral("→")), row, 2);
        grid->addWidget(new ElidedLabel(LabelRole::MonoStrong, toVersion(update)), row, 3);
        grid->addWidget(new ElidedLabel(LabelRole::Secondary, requesterText(update)), row, 4);
        ++row;
    }
    return card;
}

void VerdictSheet::submit()
{
    setBusy(true);
    sendNext();
}

void VerdictSheet::sendNext()
{
    contracts::UpdateVerdict verdict;
    verdict.id = m_updates.at(m_done).id;
    if (const QString comment = m_comment->toPlainText().trimmed(); !comment.isEmpty()) {
        verdict.comment = comment;
    }
    const auto answer = [this](const core::Result<contracts::Update> &update) { finishOne(update); };
    if (m_verdict == Verdict::Approve) {
        m_backend.call<contracts::ApproveUpdate>(verdict, this, answer);
    } else {
        m_backend.call<contracts::RejectUpdate>(verdict, this, answer);
    }
}

void VerdictSheet::finishOne(const core::Result<contracts::Update> &answer)
{
    if (!answer) {
        core::Error error = answer.error();
        if (m_updates.size() > 1) {
            error = error.within(harmless(m_updates.at(m_done).containerName));
            error.message = error.text();
        }
        showError(error);
        return;
    }
    ++m_done;
    Q_EMIT decided(*answer);
    if (m_done < m_updates.size()) {
        sendNext();
    } else {
        accept();
    }
}

} // namespace dockerauto::ui
