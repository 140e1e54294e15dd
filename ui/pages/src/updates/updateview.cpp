#include "updateview.h"

#include "common/cardlayout.h"
#include "common/factlist.h"
#include "lastwordsview.h"
#include "proofcard.h"
#include "updatetexts.h"

#include <delegates/tones.h>
#include <models/displaytext.h>
#include <models/updatemodel.h>
#include <ui/banner.h>
#include <ui/button.h>
#include <ui/card.h>
#include <ui/fonts.h>
#include <ui/label.h>
#include <ui/progressline.h>

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int pageMargin = 24;
/// In pixels: with less, the names of steps would be cut.
constexpr int roomForStep = 100;

} // namespace

UpdateView::UpdateView(QWidget *parent) : QWidget(parent)
{
    m_stepper = new Stepper;
    m_stepCard = new Card;
    auto *stepLayout = new QVBoxLayout(m_stepCard);
    stepLayout->setContentsMargins(8, 16, 8, 14);
    stepLayout->addWidget(m_stepper);
    buildNotice();
    m_lastWords = new LastWordsView;
    connect(m_lastWords, &LastWordsView::copyRequested, this, &UpdateView::copyRequested);
    m_proof = new ProofCard;

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, 20, pageMargin, pageMargin);
    layout->setSpacing(16);
    layout->addWidget(buildHead());
    layout->addWidget(m_stepCard);
    layout->addWidget(m_notice);
    layout->addWidget(buildPull());
    layout->addWidget(m_lastWords);
    layout->addWidget(buildChanges());
    layout->addWidget(m_proof);
    layout->addWidget(buildSaved());
    layout->addWidget(buildLog(), 1);
}

void UpdateView::buildNotice()
{
    m_notice = new Banner(ChipKind::Ok);
    m_notice->setObjectName(QStringLiteral("updateNotice"));
    m_copyNotice = m_notice->addButton(tr("Copy"), QStringLiteral("copy"));
    connect(m_copyNotice, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_noticeText); });
    m_rollBackNow = m_notice->addButton(tr("Roll back now…"), QStringLiteral("undo-2"));
    m_rollBackNow->setObjectName(QStringLiteral("rollBackNow"));
    m_rollBackNow->setKind(ButtonKind::Danger);
    connect(m_rollBackNow, &QPushButton::clicked, this, &UpdateView::rollBackRequested);
    const auto action = [this](ButtonKind kind, const QString &text, const QString &icon, const char *name) {
        Button *button = m_notice->addAction(kind, text, icon);
        button->setObjectName(QLatin1String(name));
        return button;
    };
    m_resumeForward =
        action(ButtonKind::Primary, tr("Resume forward…"), QStringLiteral("play"), "resumeForward");
    m_resumeBack = action(ButtonKind::Secondary, tr("Go back…"), QStringLiteral("undo-2"), "resumeBack");
    m_fixedByHand =
        action(ButtonKind::Secondary, tr("I fixed it by hand…"), QStringLiteral("wrench"), "fixedByHand");
    connect(m_resumeForward, &QPushButton::clicked, this,
        [this] { Q_EMIT resumeRequested(core::ResumeDirection::Forward); });
    connect(m_resumeBack, &QPushButton::clicked, this,
        [this] { Q_EMIT resumeRequested(core::ResumeDirection::Back); });
    connect(m_fixedByHand, &QPushButton::clicked, this, &UpdateView::closeRequested);
}

QWidget *UpdateView::buildSaved()
{
    m_saved = new Card;
    m_saved->setObjectName(QStringLiteral("savedVolumes"));
    m_savedFacts = new FactList;
    cardLayout(m_saved, tr("Saved volumes"))->addWidget(m_savedFacts);
    return m_saved;
}

QWidget *UpdateView::buildHead()
{
    m_name = new ElidedLabel(LabelRole::SheetTitle);
    m_name->setFixedHeight(24);
    m_status = new Chip;
    m_from = new Label(LabelRole::Mono);
    m_to = new Label(LabelRole::MonoStrong);
    m_circumstances = new ElidedLabel(LabelRole::Body);
    m_circumstances->setColor(&Theme::text2);
    m_circumstances->setFixedHeight(20);
    m_cancel = new Button(ButtonKind::Danger, QStringLiteral("undo-2"), tr("Put the old one back"));
    m_cancel->setObjectName(QStringLiteral("cancelUpdate"));
    m_retry = new Button(ButtonKind::Primary, QStringLiteral("refresh-cw"), tr("Try again…"));
    m_retry->setObjectName(QStringLiteral("retryUpdate"));
    m_reject = new Button(ButtonKind::Danger, QStringLiteral("ban"), tr("Refuse…"));
    m_reject->setObjectName(QStringLiteral("rejectUpdate"));
    m_approve = new Button(ButtonKind::Primary, QStringLiteral("check"), tr("Approve…"));
    m_approve->setObjectName(QStringLiteral("approveUpdate"));
    connect(m_approve, &QPushButton::clicked, this, &UpdateView::approveRequested);
    connect(m_reject, &QPushButton::clicked, this, &UpdateView::rejectRequested);
    connect(m_cancel, &QPushButton::clicked, this, &UpdateView::cancelRequested);
    connect(m_retry, &QPushButton::clicked, this, &UpdateView::retryRequested);

    m_rollBack = new Button(ButtonKind::Secondary, QStringLiteral("undo-2"), tr("Roll back…"));
    m_rollBack->setObjectName(QStringLiteral("rollBack"));
    connect(m_rollBack, &QPushButton::clicked, this, &UpdateView::rollBackRequested);
    m_undoes = new Button(ButtonKind::Link, QString());
    m_undoes->setObjectName(QStringLiteral("rollbackOf"));
    m_undoneBy = new Button(ButtonKind::Link, QString());
    m_undoneBy->setObjectName(QStringLiteral("rolledBackBy"));
    connect(m_undoes, &QPushButton::clicked, this, [this] { Q_EMIT updateRequested(m_undoesId); });
    connect(m_undoneBy, &QPushButton::clicked, this, [this] { Q_EMIT updateRequested(m_undoneById); });

    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(10);
    nameRow->addWidget(m_name);
    nameRow->addWidget(m_status);
    nameRow->addWidget(m_undoes);
    nameRow->addWidget(m_undoneBy);
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
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(texts, 1);
    layout->addWidget(m_cancel);
    layout->addWidget(m_reject);
    layout->addWidget(m_approve);
    layout->addWidget(m_rollBack);
    layout->addWidget(m_retry);
    return head;
}

QWidget *UpdateView::buildPull()
{
    m_pull = new Card;
    m_pullSpeed = new Label(LabelRole::Secondary);
    m_pullText = new Label(LabelRole::Body);
    m_pullLine = new ProgressLine;
    m_pullLine->setColor(&Theme::updFill);
    m_pullLine->setAccessibleName(tr("Progress of the download"));
    QVBoxLayout *layout = cardLayout(m_pull, tr("Download"), m_pullSpeed);
    layout->addWidget(m_pullLine);
    layout->addWidget(m_pullText);
    return m_pull;
}

QWidget *UpdateView::buildChanges()
{
    auto *card = new Card;
    m_changes = new FactList;
    cardLayout(card, tr("What changes"))->addWidget(m_changes);
    return card;
}

QWidget *UpdateView::buildLog()
{
    auto *copy = Button::iconOnly(QStringLiteral("copy"), tr("Copy the log"));
    m_log = new QPlainTextEdit;
    m_log->setReadOnly(true);
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setFont(ui::font(TextStyle::Mono));
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setMinimumHeight(140);
    m_log->setAccessibleName(tr("Log of the update"));
    m_log->setObjectName(QStringLiteral("updateLog"));
    m_log->document()->setDocumentMargin(0);
    m_log->viewport()->setAutoFillBackground(false);
    m_noLog = new Label(LabelRole::Secondary, tr("Nothing was written yet."));
    auto *card = new Card;
    QVBoxLayout *layout = cardLayout(card, tr("Log"), copy);
    layout->addWidget(m_noLog, 0, Qt::AlignTop);
    layout->addWidget(m_log, 1);
    connect(copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_log->toPlainText()); });
    return card;
}

void UpdateView::show(const contracts::Update &update, const Circumstances &circumstances)
{
    showHead(update, circumstances);
    m_steps = stepItems(update, circumstances.now);
    m_foldedSteps = foldedStepItems(update, circumstances.now);
    fitSteps();
    showNotice(update, circumstances);
    showLinks(update, circumstances);
    m_lastWords->show(update, circumstances.now);
    m_proof->show(update);
    showSaved(update, circumstances);
    showPull(update, circumstances);
    showChanges(update);
    showLog(update);
    m_shownId = update.id;
}

void UpdateView::fitSteps()
{
    // The room there is, not the room that the steps shown now have made for themselves.
    const int room = (parentWidget() == nullptr ? width() : parentWidget()->width()) - 2 * pageMargin;
    const bool fits = room >= static_cast<int>(m_steps.size()) * roomForStep;
    m_stepper->setSteps(fits ? m_steps : m_foldedSteps);
    // What has not begun may have no steps yet.
    m_stepCard->setVisible(!m_steps.empty());
}

void UpdateView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitSteps();
}

void UpdateView::showHead(const contracts::Update &update, const Circumstances &circumstances)
{
    m_name->setText(harmless(update.containerName));
    m_status->setContent(chipOf(updateWord(update)));
    m_from->setText(fromVersion(update));
    m_to->setText(toVersion(update));
    m_circumstances->setText(QStringLiteral("· ") + ui::circumstances(update, circumstances.now));
    const bool running = update.status == core::UpdateStatus::Running;
    const bool waits = update.status == core::UpdateStatus::AwaitingApproval;
    m_approve->setVisible(waits);
    m_approve->setEnabled(circumstances.online);
    m_reject->setVisible(waits);
    m_reject->setEnabled(circumstances.online);
    // To take a wish back is less than to refuse it, and two buttons with words are enough.
    m_cancel->setKind(waits ? ButtonKind::Ghost : ButtonKind::Danger);
    m_cancel->setVisible(canCancel(update));
    m_cancel->setEnabled(circumstances.online);
    const QString cancel = running ? tr("Put the old one back") : tr("Cancel this update");
    m_cancel->setText(waits ? QString() : cancel);
    m_cancel->setLabel(cancel);
    m_retry->setVisible(update.status == core::UpdateStatus::RolledBack ||
                        update.status == core::UpdateStatus::Failed ||
                        update.status == core::UpdateStatus::Cancelled);
    m_retry->setVisible(m_retry->isVisibleTo(this) && update.kind == core::UpdateKind::Update);
    m_retry->setEnabled(circumstances.online);
    // While it is watched the button stands beside what is said of that.
    m_rollBack->setVisible(update.canRollBack && !watchLeft(update, circumstances.now));
    m_rollBack->setEnabled(circumstances.online);
}

void UpdateView::showNotice(const contracts::Update &update, const Circumstances &circumstances)
{
    m_rollBackNow->setVisible(update.canRollBack && watchLeft(update, circumstances.now).has_value());
    m_rollBackNow->setEnabled(circumstances.online);
    for (Button *button : {m_resumeForward, m_resumeBack, m_fixedByHand}) {
        button->setVisible(update.status == core::UpdateStatus::Parked);
        button->setEnabled(circumstances.online);
    }
    const std::optional<UpdateNotice> notice = noticeFor(update, circumstances.now);
    m_notice->setVisible(notice.has_value());
    if (!notice) {
        return;
    }
    m_noticeText = notice->text;
    m_notice->setContent(notice->kind, notice->title, notice->text, notice->icon);
    m_copyNotice->setVisible(notice->kind == ChipKind::Err || update.status == core::UpdateStatus::Parked);
}

void UpdateView::showLinks(const contracts::Update &update, const Circumstances & /*circumstances*/)
{
    m_undoesId = update.rollbackOf.value_or(QString());
    m_undoneById = update.rolledBackBy.value_or(QString());
    m_undoes->setText(tr("Undoes an update"));
    m_undoes->setVisible(!m_undoesId.isEmpty());
    m_undoneBy->setText(
        update.status == core::UpdateStatus::RolledBack ? tr("How it was undone") : tr("Way back"));
    m_undoneBy->setVisible(!m_undoneById.isEmpty());
}

void UpdateView::showSaved(const contracts::Update &update, const Circumstances &circumstances)
{
    m_saved->setVisible(!update.savedVolumes.empty());
    m_savedFacts->setFacts(savedVolumeFacts(update, circumstances.now));
}

void UpdateView::showPull(const contracts::Update &update, const Circumstances &circumstances)
{
    const contracts::Step *step = runningStep(update);
    const bool pulls = step != nullptr && step->name == QLatin1String("pull") && step->progress &&
                       step->progress->unit == QLatin1String("bytes");
    m_pull->setVisible(pulls);
    if (!pulls) {
        return;
    }
    m_pullText->setText(progressText(*step->progress));
    m_pullSpeed->setText(
        circumstances.pullSpeed ? tr("%1 a second").arg(byteText(*circumstances.pullSpeed)) : QString());
    const std::optional<qint64> total = step->progress->total;
    m_pullLine->setFraction(total && *total > 0 ? std::optional(static_cast<double>(step->progress->done) /
                                                                static_cast<double>(*total))
                                                : std::nullopt);
}

void UpdateView::showChanges(const contracts::Update &update)
{
    std::vector<Fact> facts;
    const auto change = [&](const QString &name, const QString &from, const QString &to) {
        if (from == to) {
            facts.push_back({name, tr("%1, unchanged").arg(from), Fact::Style::Text, {}});
        } else {
            facts.push_back({name, from, Fact::Style::Mono, to});
        }
    };
    if (update.from.image != update.to.image) {
        change(tr("Image"), harmless(update.from.image), harmless(update.to.image));
    } else {
        facts.push_back({tr("Image"), harmless(update.from.image), Fact::Style::Mono, {}});
    }
    change(tr("Tag"), harmless(update.from.tag), harmless(update.to.tag));
    change(tr("Digest"), shortDigest(update.from.digest), shortDigest(update.to.digest));
    if (update.planHash) {
        facts.push_back({tr("Plan"), shortDigest(*update.planHash), Fact::Style::Mono, {}});
    }
    m_changes->setFacts(facts);
}

void UpdateView::showLog(const contracts::Update &update)
{
    const QString text = logText(update);
    m_noLog->setVisible(text.isEmpty());
    m_log->setVisible(!text.isEmpty());
    if (text == m_log->toPlainText()) {
        return;
    }
    QScrollBar *bar = m_log->verticalScrollBar();
    const bool follows = update.id != m_shownId || bar->value() == bar->maximum();
    const int place = bar->value();
    m_log->setPlainText(text);
    bar->setValue(follows ? bar->maximum() : place);
}

} // namespace dockerauto::ui
