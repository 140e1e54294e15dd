#include <pages/hookssection.h>

#include <models/displaytext.h>
#include <ui/button.h>
#include <ui/card.h>
#include <ui/label.h>

#include <QCheckBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace dockerauto::ui {

HooksSection::HooksSection(contracts::Backend &backend, QWidget *parent) : QWidget(parent), m_backend(backend)
{
    setObjectName(QStringLiteral("hooksSection"));
    auto *sentence = new Label(LabelRole::Secondary,
        tr("Rules and labels can name a command that is run inside a container before and after its update, "
           "for example to write out a database. While this is off, no such command is run, whoever has "
           "written it. Turn it on only when you trust everyone who may change rules or labels: the commands "
           "have all the rights of the container."));
    sentence->setWrapping(true);
    m_enabled = new QCheckBox(tr("Run commands of rules and labels inside containers"));
    m_enabled->setObjectName(QStringLiteral("hooksEnabled"));
    m_enabled->setAccessibleDescription(sentence->text());
    m_state = new Label(LabelRole::Body);
    m_state->setObjectName(QStringLiteral("hooksState"));
    m_state->setWrapping(true);
    m_again = new Button(ButtonKind::Secondary, QStringLiteral("refresh-cw"), tr("Try again"));
    m_again->setObjectName(QStringLiteral("hooksAgain"));
    m_again->setAccessibleName(tr("Read this setting again"));
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    column->addWidget(new Label(LabelRole::SheetTitle, tr("Hooks")));
    column->addWidget(sentence);
    column->addWidget(m_enabled);
    column->addWidget(m_state);
    column->addWidget(m_again, 0, Qt::AlignLeft);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(m_enabled, &QCheckBox::toggled, this, &HooksSection::change);
    connect(m_again, &QPushButton::clicked, this, &HooksSection::read);
    connect(&m_backend, &contracts::Backend::connectionChanged, this, &HooksSection::read);
    read();
}

void HooksSection::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // Another administrator may have changed it; there is no event for that.
    read();
}

void HooksSection::read()
{
    if (m_backend.connection() != contracts::Backend::Connection::Connected) {
        refresh();
        return;
    }
    const quint64 turn = ++m_turn;
    m_waiting = true;
    refresh();
    m_backend.call<contracts::GetSettings>(
        {}, this, [this, turn](const core::Result<contracts::ServerSettings> &answer) {
            if (turn == m_turn) {
                take(answer);
            }
        });
}

void HooksSection::change(bool enabled)
{
    const quint64 turn = ++m_turn;
    m_waiting = true;
    refresh();
    m_backend.call<contracts::ChangeSettings>(
        {enabled}, this, [this, turn](const core::Result<contracts::ServerSettings> &answer) {
            if (turn == m_turn) {
                take(answer);
            }
        });
}

void HooksSection::take(const core::Result<contracts::ServerSettings> &answer)
{
    m_waiting = false;
    if (answer) {
        m_settings = *answer;
        m_error.reset();
    } else {
        m_error = answer.error();
    }
    refresh();
}

void HooksSection::refresh()
{
    const bool online = m_backend.connection() == contracts::Backend::Connection::Connected;
    if (!m_waiting) {
        // What is shown is what holds; a change that was refused goes back.
        const QSignalBlocker quiet(m_enabled);
        m_enabled->setChecked(m_settings && m_settings->hooksEnabled);
    }
    const bool denied = m_error && m_error->code == core::ErrorCode::PermissionDenied;
    // Stays usable while an answer is awaited, so that it keeps the focus; the last word counts.
    m_enabled->setEnabled(online && m_settings && !denied);
    m_state->setText(m_error ? harmless(m_error->message) : QString());
    m_state->setColor(denied ? &Theme::text2 : &Theme::err);
    m_state->setVisible(m_error && !m_waiting);
    m_again->setVisible(m_error && !denied && !m_waiting);
    m_again->setEnabled(online);
}

} // namespace dockerauto::ui
