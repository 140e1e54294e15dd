#include "updateview.h"

#include "common/factlist.h"
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

/// A card with a title line; `head` gets what stands right of the title.
QVBoxLayout *cardLayout(Card *card, const QString &title, QWidget *right = nullptr)
{
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(LabelRole::Strong, title));
    head->addStretch();
    if (right != nullptr) {
        head->addWidget(right);
    }
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 14);
    layout->setSpacing(10);
    layout->addLayout(head);
    return layout;
}

} // namespace

UpdateView::UpdateView(QWidget *parent) : QWidget(parent)
{
    m_stepper = new Stepper;
    m_stepCard = new Card;
    auto *stepLayout = new QVBoxLayout(m_stepCard);
    stepLayout->setContentsMargins(8, 16, 8, 14);
    stepLayout->addWidget(m_stepper);
    m_notice = new Banner(ChipKind::Ok);
    m_notice->setObjectName(QStringLiteral("updateNotice"));
    m_copyNotice = m_notice->addButton(tr("Copy"), QStringLiteral("copy"));
    connect(m_copyNotice, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_noticeText); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, 20, pageMargin, pageMargin);
    layout->setSpacing(16);
    layout->addWidget(buildHead());
    layout->addWidget(m_stepCard);
    layout->addWidget(m_notice);
    layout->addWidget(buildPull());
    layout->addWidget(buildChanges());
    layout->addWidget(buildLog(), 1);
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

    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(10);
    nameRow->addWidget(m_name);
    nameRow->addWidget(m_status);
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
    showNotice(update);
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
    m_status->setContent(chipOf(updateStatusWord(update.status)));
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
    m_retry->setEnabled(circumstances.online);
}

void UpdateView::showNotice(const contracts::Update &update)
{
    const std::optional<UpdateNotice> notice = noticeFor(update);
    m_notice->setVisible(notice.has_value());
    if (!notice) {
        return;
    }
    m_noticeText = notice->text;
    m_notice->setContent(notice->kind, notice->title, notice->text, notice->icon);
    m_copyNotice->setVisible(notice->kind == ChipKind::Err);
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
    if (const QString proof = proofSentence(update); !proof.isEmpty()) {
        facts.push_back({tr("Settings"), proof, Fact::Style::Text, {}});
        for (const contracts::ProofDifference &difference : update.proof->differences) {
            facts.push_back({harmless(difference.path, 60),
                difference.explanation.isEmpty()
                    ? tr("expected %1, found %2")
                          .arg(harmless(difference.expected, 120), harmless(difference.actual, 120))
                    : harmless(difference.explanation, 200),
                Fact::Style::Text, {}});
        }
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
