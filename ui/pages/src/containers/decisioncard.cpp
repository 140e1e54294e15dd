#include "decisioncard.h"

#include "common/whyview.h"
#include "containeractions.h"

#include <delegates/tones.h>
#include <models/planwords.h>
#include <ui/banner.h>
#include <ui/button.h>

#include <QVBoxLayout>

namespace dockerauto::ui {

DecisionCard::DecisionCard(
    contracts::Backend &backend, ContainerModel &model, ContainerActions &actions, QWidget *parent)
    : QWidget(parent), m_model(model), m_actions(actions), m_banner(new Banner(ChipKind::Neutral))
{
    m_banner->setObjectName(QStringLiteral("decisionBanner"));
    m_whyLink = m_banner->addLink(tr("Why?"));
    m_whyLink->setObjectName(QStringLiteral("whyLink"));
    m_changes = m_banner->addLink(tr("What changes"));
    m_changes->setObjectName(QStringLiteral("changesLink"));
    m_skip = m_banner->addLink(tr("Skip this version"));
    m_skip->setObjectName(QStringLiteral("skipLink"));
    m_again = m_banner->addLink(tr("Offer again"));
    m_again->setObjectName(QStringLiteral("offerAgainLink"));
    m_why = new WhyView(backend, [&model] { return model.now(); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    column->addWidget(m_banner);
    column->addWidget(m_why);
    connect(m_whyLink, &QPushButton::clicked, this, [this] { setWhyVisible(!m_why->isVisibleTo(this)); });
    connect(m_changes, &QPushButton::clicked, this, &DecisionCard::changesRequested);
    connect(m_skip, &QPushButton::clicked, this, [this] { m_actions.skip(m_id); });
    connect(m_again, &QPushButton::clicked, this, [this] { m_actions.offerAgain(m_id); });
    setWhyVisible(false);
}

void DecisionCard::setWhyVisible(bool visible)
{
    m_why->setVisible(visible);
    m_whyLink->setText(visible ? tr("Hide why") : tr("Why?"));
    m_why->setContainer(visible ? m_id : QString());
}

void DecisionCard::show(const ContainerEntry &entry)
{
    const contracts::UpdateState &update = entry.container.update;
    const bool sameContainer = m_id == entry.container.id;
    const bool decidedAnew = update.checkedAt != m_checkedAt || update.heldBy != m_heldBy;
    m_id = entry.container.id;
    m_checkedAt = update.checkedAt;
    m_heldBy = update.heldBy;
    showBanner(entry.container);
    if (!m_why->isVisibleTo(this)) {
        return;
    }
    if (sameContainer && decidedAnew) {
        m_why->reload();
    }
    m_why->setContainer(m_id);
}

void DecisionCard::showBanner(const contracts::Container &container)
{
    const contracts::UpdateState &update = container.update;
    const QString target = candidateVersion(container);
    QStringList text;
    if (update.candidate && update.candidate->bump != core::Bump::None) {
        text << bumpWord(update.candidate->bump).text + QLatin1Char('.');
    }
    text << decisionSentence(update);
    if (!text.last().endsWith(QLatin1Char('.'))) {
        text.last() += QLatin1Char('.');
    }
    text << possibleSentence(update, m_model.now());
    if (update.checkedAt) {
        text << tr("Checked %1.").arg(agoText(*update.checkedAt, m_model.now()));
    }
    text.removeAll(QString());
    const QString sentence = text.join(QLatin1Char(' '));
    switch (update.decision) {
    case core::Decision::UpdateAvailable: {
        const bool major = update.candidate && update.candidate->bump == core::Bump::Major;
        m_banner->setContent(major ? ChipKind::Warn : ChipKind::Update, tr("%1 is available").arg(target),
            sentence, QStringLiteral("circle-arrow-up"));
        break;
    }
    case core::Decision::UpToDate:
        m_banner->setContent(ChipKind::Ok, tr("Up to date"), sentence);
        break;
    case core::Decision::NotChecked:
        m_banner->setContent(ChipKind::Warn, tr("Not checked"), sentence);
        break;
    case core::Decision::HeldBack: {
        const Word word =
            update.heldBy ? holdWord(*update.heldBy) : Word{tr("Held back"), QStringLiteral("hourglass")};
        m_banner->setContent(chipKind(word.tone),
            target.isEmpty() ? word.text
                             : tr("%1 · %2", "version, why it is held back").arg(target, word.text),
            sentence, word.icon);
        break;
    }
    case core::Decision::LocalImage:
        m_banner->setContent(ChipKind::Neutral, tr("Built here"), sentence, QStringLiteral("hammer"));
        break;
    case core::Decision::Pinned:
        m_banner->setContent(ChipKind::Neutral, tr("Pinned"), sentence, QStringLiteral("pin"));
        break;
    }
    const bool online = m_actions.isEnabled();
    const bool again = canBeOfferedAgain(update);
    m_whyLink->setEnabled(online);
    m_changes->setVisible(update.candidate.has_value());
    m_changes->setEnabled(online);
    m_skip->setVisible(ContainerActions::canSkip(container));
    m_skip->setEnabled(online);
    m_again->setVisible(again);
    m_again->setEnabled(online);
}

} // namespace dockerauto::ui
