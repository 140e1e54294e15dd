#include "rollbacksheet.h"

#include "common/factlist.h"
#include "updatetexts.h"

#include <models/displaytext.h>
#include <models/words.h>
#include <ui/banner.h>
#include <ui/card.h>
#include <ui/label.h>

#include <QCheckBox>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int underBox = 26;

Card *cardWith(QWidget *content)
{
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(content);
    return card;
}

} // namespace

RollbackSheet::RollbackSheet(
    QWidget *parent, contracts::Backend &backend, contracts::Update update, core::Timestamp now)
    : FormSheet(parent,
          tr("Put %1 of %2 back?", "version, container")
              .arg(fromVersion(update), harmless(update.containerName)),
          tr("Roll back"))
    , m_backend(backend)
    , m_update(std::move(update))
{
    setObjectName(QStringLiteral("rollbackSheet"));
    setLead(
        tr("The container is made again as it was before the update of %1 and has to pass the same checks. "
           "The service is away for a short time. If going back fails, %2 runs on.")
            .arg(momentText(m_update.startedAt.value_or(m_update.createdAt), now), toVersion(m_update)));
    verbButton()->setIconName(QStringLiteral("undo-2"));
    verbButton()->setKind(ButtonKind::Danger);
    addImage();
    addVolumes(now);
    finishLayout(cancelButton());
}

void RollbackSheet::addImage()
{
    auto *facts = new FactList;
    std::vector<Fact> lines{{tr("Image"), harmless(m_update.from.image), Fact::Style::Mono}};
    if (m_update.from.tag != m_update.to.tag) {
        lines.push_back(
            {tr("Tag"), harmless(m_update.to.tag), Fact::Style::Mono, harmless(m_update.from.tag)});
    }
    lines.push_back({tr("Digest"), shortDigest(m_update.to.digest), Fact::Style::Mono,
        shortDigest(m_update.from.digest)});
    lines.push_back({tr("Settings"), tr("as they were before the update")});
    facts->setFacts(lines);
    body()->addWidget(cardWith(facts));
}

void RollbackSheet::addVolumes(core::Timestamp now)
{
    if (m_update.savedVolumes.empty()) {
        auto *none = new Label(LabelRole::Body,
            tr("No volumes were saved with this update, so the data stay as they are now. If the new version "
               "has changed their format, the old one may not be able to read them."));
        none->setObjectName(QStringLiteral("noVolumes"));
        none->setColor(&Theme::text2);
        none->setWrapping(true);
        body()->addWidget(none);
        return;
    }
    m_volumes = new QCheckBox(
        tr("Put the saved volumes back, too (%n)", nullptr, static_cast<int>(m_update.savedVolumes.size())));
    m_volumes->setObjectName(QStringLiteral("restoreVolumes"));
    m_volumes->setChecked(true);
    auto *list = new FactList;
    list->setFacts(savedVolumeFacts(m_update, now));
    auto *meaning = new Label(LabelRole::Secondary);
    meaning->setWrapping(true);
    const auto explain = [this, meaning, list] {
        const bool back = m_volumes->isChecked();
        meaning->setText(back ? tr("What was written since then is not in them. The volumes as they are now "
                                   "are saved first.")
                              : tr("The data stay as they are now. If the new version has changed their "
                                   "format, the old one "
                                   "may not be able to read them."));
        m_volumes->setAccessibleDescription(meaning->text());
        list->setEnabled(back);
    };
    connect(m_volumes, &QCheckBox::toggled, this, explain);
    explain();
    auto *below = new QVBoxLayout;
    below->setContentsMargins(underBox, 0, 0, 0);
    below->setSpacing(8);
    below->addWidget(meaning);
    below->addWidget(list);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_volumes);
    column->addLayout(below);
    body()->addWidget(cardWith(content));
}

void RollbackSheet::submit()
{
    setBusy(true);
    contracts::RollbackRequest request;
    request.id = m_update.id;
    if (m_volumes != nullptr) {
        request.restoreVolumes = m_volumes->isChecked();
    }
    m_backend.call<contracts::RollBackUpdate>(
        request, this, [this](const core::Result<contracts::Update> &answer) {
            if (!answer) {
                showError(answer.error());
                return;
            }
            Q_EMIT begun(*answer);
            accept();
        });
}

} // namespace dockerauto::ui
