#include "heldbackview.h"

#include "common/whyview.h"

#include <delegates/tones.h>
#include <models/containerentry.h>
#include <models/planwords.h>
#include <models/words.h>
#include <ui/button.h>
#include <ui/card.h>
#include <ui/label.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int pageMargin = 24;

} // namespace

HeldBackView::HeldBackView(contracts::Backend &backend, TimeSource now, QWidget *parent)
    : QWidget(parent), m_now(std::move(now))
{
    m_why = new WhyView(backend, m_now);
    auto *card = new Card;
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(16, 14, 16, 16);
    inside->addWidget(m_why);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(pageMargin, 20, pageMargin, pageMargin);
    column->setSpacing(16);
    column->addWidget(buildHead());
    column->addWidget(card);
    column->addStretch(1);
}

QWidget *HeldBackView::buildHead()
{
    m_name = new ElidedLabel(LabelRole::SheetTitle);
    m_name->setFixedHeight(24);
    m_hold = new Chip;
    m_from = new Label(LabelRole::Mono);
    m_to = new Label(LabelRole::MonoStrong);
    m_circumstances = new ElidedLabel(LabelRole::Body);
    m_circumstances->setColor(&Theme::text2);
    m_circumstances->setFixedHeight(20);
    m_again = new Button(ButtonKind::Secondary, QStringLiteral("circle-arrow-up"), tr("Offer again"));
    m_again->setObjectName(QStringLiteral("offerAgain"));
    m_update = new Button(ButtonKind::Secondary, QStringLiteral("zap"), tr("Update now…"));
    m_update->setObjectName(QStringLiteral("updateHeldBack"));
    connect(m_again, &QPushButton::clicked, this, &HeldBackView::offerAgainRequested);
    connect(m_update, &QPushButton::clicked, this, &HeldBackView::updateRequested);

    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(10);
    nameRow->addWidget(m_name);
    nameRow->addWidget(m_hold);
    nameRow->addStretch(1);
    auto *versionRow = new QHBoxLayout;
    versionRow->setSpacing(8);
    versionRow->addWidget(m_from);
    versionRow->addWidget(new Label(LabelRole::Muted, QStringLiteral("→")));
    versionRow->addWidget(m_to);
    versionRow->addWidget(m_circumstances, 1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addLayout(nameRow);
    texts->addLayout(versionRow);
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addLayout(texts, 1);
    row->addWidget(m_again);
    row->addWidget(m_update);
    return head;
}

void HeldBackView::show(const contracts::Container &container, Connection connection)
{
    const contracts::UpdateState &update = container.update;
    m_name->setText(harmless(container.name));
    m_hold->setContent(chipOf(
        update.heldBy ? holdWord(*update.heldBy) : Word{tr("Held back"), QStringLiteral("hourglass")}));
    const QString target = candidateVersion(container);
    const bool newTag = update.candidate && update.candidate->tag != container.tag;
    m_from->setText(newTag ? harmless(container.tag, 128) : shortDigest(container.digest));
    m_to->setText(target);
    QStringList parts;
    if (update.candidate) {
        parts << bumpWord(update.candidate->bump).text;
    }
    parts << possibleSentence(update, m_now());
    parts.removeAll(QString());
    m_circumstances->setText(
        parts.isEmpty() ? QString() : QStringLiteral("· ") + parts.join(QStringLiteral(" · ")));
    const bool online = connection == Connection::Online;
    m_again->setVisible(canBeOfferedAgain(update));
    m_again->setEnabled(online);
    m_update->setEnabled(online && !target.isEmpty());
    const bool decidedAnew = update.checkedAt != m_checkedAt || update.heldBy != m_heldBy;
    if (container.id == m_id && decidedAnew) {
        m_why->reload();
    }
    m_id = container.id;
    m_checkedAt = update.checkedAt;
    m_heldBy = update.heldBy;
    m_why->setContainer(m_id);
}

} // namespace dockerauto::ui
