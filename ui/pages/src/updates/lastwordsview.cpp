#include "lastwordsview.h"

#include "updatetexts.h"

#include <models/displaytext.h>
#include <models/words.h>
#include <ui/button.h>
#include <ui/card.h>
#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/label.h>

#include <QBoxLayout>
#include <QEvent>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSyntaxHighlighter>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int roomForTwo = 620;
constexpr int logHeight = 148;
constexpr qsizetype longestLine = 4000;

/// Lines that tell of errors in the colour of errors.
class ErrorLines : public QSyntaxHighlighter
{
public:
    explicit ErrorLines(QPlainTextEdit *edit) : QSyntaxHighlighter(edit->document()), m_edit(edit)
    {
        edit->installEventFilter(this);
    }

protected:
    void highlightBlock(const QString &text) override
    {
        if (tellsOfError(text)) {
            setFormat(0, static_cast<int>(text.size()), themeOf(m_edit).err);
        }
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange) {
            rehighlight();
        }
        return QSyntaxHighlighter::eventFilter(watched, event);
    }

private:
    QPlainTextEdit *m_edit;
};

QString linesOf(const std::vector<contracts::LogLine> &lines)
{
    QStringList texts;
    for (const contracts::LogLine &line : lines) {
        const QString text = harmless(line.text, longestLine);
        texts << (line.time ? QString(clockText(*line.time) + QLatin1Char(' ') + text) : text);
    }
    return texts.join(QLatin1Char('\n'));
}

void setText(QPlainTextEdit *edit, const QString &text)
{
    const QString shown = text.isEmpty() ? LastWordsView::tr("It wrote nothing.") : text;
    if (edit->toPlainText() != shown) {
        edit->setPlainText(shown);
        edit->verticalScrollBar()->setValue(edit->verticalScrollBar()->maximum());
    }
}

const contracts::Step *stepOf(const contracts::Update &update, QLatin1String name)
{
    const auto found =
        std::ranges::find_if(update.steps, [&](const contracts::Step &step) { return step.name == name; });
    return found == update.steps.end() ? nullptr : &*found;
}

} // namespace

LastWordsView::LastWordsView(QWidget *parent) : QWidget(parent), m_sides(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("lastWords"));
    m_sides->setContentsMargins(0, 0, 0, 0);
    m_sides->setSpacing(16);
    m_replacement = addSide(tr("Last words of the new container"), QStringLiteral("replacementLog"));
    m_original = addSide(tr("Last words of the old container"), QStringLiteral("originalLog"));
}

LastWordsView::Side LastWordsView::addSide(const QString &name, const QString &object)
{
    Side side{.version = new Label(LabelRole::MonoStrong),
        .state = new Chip,
        .moment = new Label(LabelRole::Secondary),
        .text = new QPlainTextEdit};
    side.text->setObjectName(object);
    side.text->setReadOnly(true);
    side.text->setTabChangesFocus(true);
    side.text->setFrameShape(QFrame::NoFrame);
    side.text->setFont(ui::font(TextStyle::Mono));
    side.text->setLineWrapMode(QPlainTextEdit::NoWrap);
    side.text->setFixedHeight(logHeight);
    side.text->setAccessibleName(name);
    side.text->document()->setDocumentMargin(0);
    side.text->viewport()->setAutoFillBackground(false);
    new ErrorLines(side.text);
    auto *copy = Button::iconOnly(QStringLiteral("copy"), tr("Copy: %1").arg(name));
    connect(copy, &QPushButton::clicked, this,
        [this, text = side.text] { Q_EMIT copyRequested(text->toPlainText()); });
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(side.version);
    head->addWidget(side.state);
    head->addStretch(1);
    head->addWidget(side.moment);
    head->addWidget(copy);
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 8, 8, 12);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(side.text);
    m_sides->addWidget(card, 1);
    return side;
}

void LastWordsView::show(const contracts::Update &update, core::Timestamp now)
{
    setVisible(update.lastWords.has_value());
    if (!update.lastWords) {
        return;
    }
    const contracts::Step *start = stepOf(update, QLatin1String("start"));
    const contracts::Step *back = stepOf(update, QLatin1String("rollback"));
    const bool putBack = back != nullptr && back->status == core::StepStatus::Succeeded;
    m_replacement.version->setText(toVersion(update));
    m_replacement.state->setContent(
        putBack ? ChipContent{ChipKind::Err, tr("removed"), QStringLiteral("circle-x")}
                : ChipContent{ChipKind::Warn, tr("kept"), QStringLiteral("box")});
    m_replacement.moment->setText(
        start != nullptr && start->startedAt && back != nullptr && back->startedAt
            ? tr("ran %1", "how long").arg(durationText(*back->startedAt - *start->startedAt))
            : QString());
    m_original.version->setText(fromVersion(update));
    m_original.state->setContent(
        putBack ? ChipContent{ChipKind::Warn, tr("put back"), QStringLiteral("undo-2")}
                : ChipContent{ChipKind::Warn, tr("not back"), QStringLiteral("triangle-alert")});
    m_original.moment->setText(putBack && back->completedAt
                                   ? tr("since %1", "moment").arg(momentText(*back->completedAt, now))
                                   : QString());
    setText(m_replacement.text, linesOf(update.lastWords->replacement));
    setText(m_original.text, linesOf(update.lastWords->original));
}

void LastWordsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_sides->setDirection(width() < roomForTwo ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace dockerauto::ui
