#include "logview.h"

#include <models/displaytext.h>
#include <ui/button.h>
#include <ui/fonts.h>
#include <ui/label.h>
#include <ui/searchfield.h>

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int shownLines = 500;
constexpr qsizetype longestLine = 4000;

} // namespace

LogView::LogView(contracts::Backend &backend, QWidget *parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_filter(new SearchField(tr("Search in the log")))
    , m_wrap(Button::iconOnly(QStringLiteral("wrap-text"), tr("Wrap long lines")))
    , m_text(new QPlainTextEdit)
    , m_state(new Label(LabelRole::Secondary))
{
    auto *reloadButton = Button::iconOnly(QStringLiteral("refresh-cw"), tr("Read again"));
    m_wrap->setCheckable(true);
    m_text->setReadOnly(true);
    m_text->setFont(ui::font(TextStyle::Mono));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMaximumBlockCount(shownLines);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Log"));
    m_text->setObjectName(QStringLiteral("logText"));
    m_state->setWrapping(true);

    auto *tools = new QHBoxLayout;
    tools->setSpacing(4);
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_wrap);
    tools->addWidget(reloadButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 12);
    layout->setSpacing(10);
    layout->addLayout(tools);
    layout->addWidget(m_state);
    layout->addWidget(m_text, 1);

    connect(m_filter, &QLineEdit::textChanged, this, &LogView::applyFilter);
    connect(reloadButton, &QPushButton::clicked, this, &LogView::reload);
    connect(m_wrap, &QPushButton::toggled, this, [this](bool wraps) {
        m_text->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
}

void LogView::setContainer(const QString &id)
{
    if (id == m_container) {
        return;
    }
    m_container = id;
    m_lines.clear();
    m_text->clear();
    reload();
}

void LogView::reload()
{
    ++m_turn;
    if (m_container.isEmpty()) {
        return;
    }
    m_state->setText(tr("Reading the log…"));
    m_state->show();
    contracts::LogQuery query;
    query.id = m_container;
    query.tail = shownLines;
    m_backend.call<contracts::ReadContainerLogs>(
        query, this, [this, turn = m_turn](core::Result<contracts::LogLines> lines) {
            if (turn != m_turn) {
                return;
            }
            if (!lines) {
                m_state->setText(harmless(lines.error().message));
                return;
            }
            show(*lines);
        });
}

void LogView::show(const contracts::LogLines &lines)
{
    m_lines.clear();
    for (const contracts::LogLine &line : lines.lines) {
        const QString text = harmless(line.text, longestLine);
        m_lines << (line.time ? QString(clockText(*line.time) + QLatin1Char(' ') + text) : text);
    }
    m_state->setText(tr("This container has not written anything."));
    m_state->setVisible(m_lines.isEmpty());
    applyFilter();
}

void LogView::applyFilter()
{
    const QString wanted = m_filter->text();
    const QStringList shown = wanted.isEmpty() ? m_lines : m_lines.filter(wanted, Qt::CaseInsensitive);
    m_text->setPlainText(shown.join(QLatin1Char('\n')));
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
}

QString LogView::shownText() const
{
    return m_text->toPlainText();
}

} // namespace dockerauto::ui
