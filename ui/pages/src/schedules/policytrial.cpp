#include "policytrial.h"

#include "common/formfield.h"
#include "common/linesedit.h"

#include <delegates/tones.h>
#include <models/displaytext.h>
#include <models/planwords.h>
#include <ui/card.h>
#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/label.h>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTimerEvent>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int delayMs = 250;
constexpr qsizetype mostTags = 10'000;
constexpr std::size_t mostShown = 200;

} // namespace

PolicyTrial::PolicyTrial(contracts::Backend &backend, QWidget *parent) : QWidget(parent), m_backend(backend)
{
    m_current = new QLineEdit;
    m_current->setObjectName(QStringLiteral("trialCurrent"));
    m_current->setFont(ui::font(TextStyle::Mono));
    m_current->setPlaceholderText(QStringLiteral("1.4.2-alpine"));
    m_tags = new LinesEdit(92, QStringLiteral("1.4.3-alpine\n1.5.0-alpine\n2.0.0-rc1"));
    m_tags->setObjectName(QStringLiteral("trialTags"));
    m_currentField = new FormField(tr("Tag that runs now"), m_current);
    m_tagsField = new FormField(tr("Tags of the registry, one on each line"), m_tags);

    m_chosen = new Label(LabelRole::MonoStrong);
    m_chosen->setObjectName(QStringLiteral("trialChosen"));
    m_chosen->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bump = new Chip;
    m_words = new Label(LabelRole::Secondary);
    m_words->setObjectName(QStringLiteral("trialWords"));
    m_words->setWrapping(true);
    m_refused = new QPlainTextEdit;
    m_refused->setObjectName(QStringLiteral("trialRefused"));
    m_refused->setReadOnly(true);
    m_refused->setAccessibleName(tr("Tags that are not taken, and why"));
    m_refused->setFont(ui::font(TextStyle::Mono));
    m_refused->setFrameShape(QFrame::NoFrame);
    m_refused->setTabChangesFocus(true);
    m_refused->setFixedHeight(88);
    m_refused->viewport()->setAutoFillBackground(false);
    auto *chosenRow = new QHBoxLayout;
    chosenRow->setSpacing(8);
    chosenRow->addWidget(m_chosen);
    chosenRow->addWidget(m_bump);
    chosenRow->addWidget(m_words, 1);
    auto *card = new Card;
    auto *cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(14, 10, 14, 10);
    cardLayout->setSpacing(8);
    cardLayout->addLayout(chosenRow);
    cardLayout->addWidget(m_refused);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_currentField);
    layout->addWidget(m_tagsField);
    layout->addWidget(card);
    connect(m_current, &QLineEdit::textChanged, this, &PolicyTrial::askSoon);
    connect(m_tags, &QPlainTextEdit::textChanged, this, &PolicyTrial::askSoon);
    showNothing(tr("Type the tag that runs and some others to see which one is chosen."));
}

void PolicyTrial::setRules(const contracts::TagRules &rules)
{
    m_rules = rules;
    askSoon();
}

void PolicyTrial::askSoon()
{
    ++m_turn;
    if (m_current->text().trimmed().isEmpty() || m_tags->lines().empty()) {
        m_soon.stop();
        return;
    }
    m_soon.start(delayMs, this);
}

void PolicyTrial::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_soon.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_soon.stop();
    ask();
}

void PolicyTrial::ask()
{
    contracts::PolicyPreviewRequest request;
    request.current = m_current->text().trimmed();
    request.tags = m_tags->lines();
    request.rules = m_rules;
    m_currentField->setError({});
    m_tagsField->setError(static_cast<qsizetype>(request.tags.size()) > mostTags
                              ? tr("At most 10,000 tags can be tried at once.")
                              : QString());
    if (!m_tagsField->error().isEmpty()) {
        return;
    }
    m_backend.call<contracts::PreviewPolicy>(
        request, this, [this, turn = m_turn](core::Result<contracts::PolicyPreview> reply) {
            if (turn != m_turn) {
                return;
            }
            if (reply) {
                show(*reply);
                return;
            }
            const QString message = harmless(reply.error().message);
            if (reply.error().path == QLatin1String("current")) {
                m_currentField->setError(message);
            }
            showNothing(message);
        });
}

void PolicyTrial::show(const contracts::PolicyPreview &preview)
{
    const bool found = preview.tag.has_value();
    m_chosen->setVisible(found);
    m_bump->setVisible(found);
    m_words->setText(found ? QString() : tr("None of them would be taken."));
    if (found) {
        m_chosen->setText(harmless(*preview.tag, 80));
        m_bump->setContent(chipOf(bumpWord(preview.bump)));
    }
    QStringList lines;
    for (const contracts::RejectedTag &rejected : preview.rejected) {
        if (static_cast<std::size_t>(lines.size()) == mostShown) {
            lines << tr("and %n more", nullptr, static_cast<int>(preview.rejected.size() - mostShown));
            break;
        }
        lines << harmless(rejected.tag, 80) + QStringLiteral("  ") + harmless(rejected.why, 200);
    }
    m_refused->setPlainText(lines.join(QLatin1Char('\n')));
    m_refused->setVisible(!lines.isEmpty());
}

void PolicyTrial::showNothing(const QString &words)
{
    m_chosen->hide();
    m_bump->hide();
    m_refused->hide();
    m_words->setText(words);
}

QString PolicyTrial::answer() const
{
    return m_chosen->isVisibleTo(this) ? m_chosen->text() + QLatin1Char(' ') + m_bump->text()
                                       : m_words->text();
}

} // namespace dockerauto::ui
