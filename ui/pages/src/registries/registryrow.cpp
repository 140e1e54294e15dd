#include "registryrow.h"

#include <delegates/tones.h>
#include <models/displaytext.h>
#include <models/planwords.h>
#include <ui/button.h>
#include <ui/label.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

QHBoxLayout *rowLayout(QWidget *row)
{
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->setSpacing(6);
    return layout;
}

/// Between this row and the one above.
void paintLine(QWidget &row)
{
    QPainter painter(&row);
    painter.fillRect(QRect(0, 0, row.width(), 1), themeOf(&row).border);
}

Label *wrapped(LabelRole role)
{
    auto *label = new Label(role);
    label->setWrapping(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

RegistryRow::RegistryRow(QWidget *parent) : QWidget(parent)
{
    m_name = new ElidedLabel(LabelRole::Strong);
    m_name->setFixedHeight(22);
    m_state = new Chip;
    m_facts = wrapped(LabelRole::Secondary);
    m_reason = wrapped(LabelRole::Secondary);
    m_reason->setColor(&Theme::text);
    m_answer = wrapped(LabelRole::Secondary);
    m_answer->setObjectName(QStringLiteral("testAnswer"));
    m_answer->hide();
    m_test = new Button(ButtonKind::Secondary, tr("Test"));
    m_test->setObjectName(QStringLiteral("testRegistry"));
    m_edit = Button::iconOnly(QStringLiteral("pencil"), {});
    m_edit->setObjectName(QStringLiteral("editRegistry"));
    m_remove = Button::iconOnly(QStringLiteral("trash-2"), {});
    m_remove->setObjectName(QStringLiteral("removeRegistry"));
    // The buttons of all rows stand below each other.
    QSizePolicy policy = m_remove->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_remove->setSizePolicy(policy);
    connect(m_test, &QPushButton::clicked, this, &RegistryRow::testWanted);
    connect(m_edit, &QPushButton::clicked, this, &RegistryRow::editWanted);
    connect(m_remove, &QPushButton::clicked, this, &RegistryRow::removeWanted);

    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_name);
    head->addWidget(m_state);
    head->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addLayout(head);
    texts->addWidget(m_facts);
    texts->addWidget(m_reason);
    texts->addWidget(m_answer);
    QHBoxLayout *row = rowLayout(this);
    row->addLayout(texts, 1);
    for (Button *button : {m_test, m_edit, m_remove}) {
        row->addWidget(button, 0, Qt::AlignTop);
    }
}

void RegistryRow::show(const contracts::Registry &registry, core::Timestamp now, Reachable reachable)
{
    const QString name = harmless(registry.registry, 100);
    m_name->setText(name);
    m_state->setContent(chipOf(registryWord(registry)));
    QStringList facts{tr("%n container(s)", nullptr, registry.containers), credentialWords(registry)};
    if (registry.budget) {
        if (const QString budget = budgetWords(*registry.budget, now); !budget.isEmpty()) {
            facts << budget;
        }
    }
    if (registry.insecure) {
        facts << tr("unencrypted");
    }
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    QString reason = registry.budget ? harmless(registry.budget->detail, 300) : QString();
    if (registry.budget && registry.budget->pausedUntil && *registry.budget->pausedUntil > now) {
        const QString until = tr("Asked again at %1.").arg(momentText(*registry.budget->pausedUntil, now));
        reason = reason.isEmpty() ? until : reason + QLatin1Char(' ') + until;
    }
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    const bool online = reachable == Reachable::Yes;
    m_test->setEnabled(online);
    m_test->setAccessibleName(tr("Test %1").arg(name));
    m_edit->setEnabled(online);
    m_edit->setLabel(tr("Edit %1").arg(name));
    // Without settings of its own there is nothing to forget.
    m_remove->setVisible(registry.configured);
    m_remove->setEnabled(online);
    m_remove->setLabel(tr("Remove the settings of %1").arg(name));
}

void RegistryRow::paintEvent(QPaintEvent * /*event*/)
{
    paintLine(*this);
}

void RegistryRow::showTesting()
{
    m_test->setEnabled(false);
    m_answer->setColor(&Theme::text2);
    m_answer->setText(tr("Asking…"));
    m_answer->show();
}

void RegistryRow::showAnswer(const contracts::RegistryTestResult &result, core::Timestamp now)
{
    QString text = harmless(result.detail, 300);
    if (text.isEmpty()) {
        text = !result.usable    ? tr("It cannot be used.")
               : result.signedIn ? tr("It works, and you are signed in.")
                                 : tr("It works, without signing in.");
    }
    if (result.budget) {
        if (const QString budget = budgetWords(*result.budget, now); !budget.isEmpty()) {
            text += QLatin1Char(' ') + budget + QLatin1Char('.');
        }
    }
    m_test->setEnabled(true);
    m_answer->setColor(result.usable ? &Theme::ok : &Theme::err);
    m_answer->setText(text);
    m_answer->show();
}

void RegistryRow::showFailure(const QString &text)
{
    m_test->setEnabled(true);
    m_answer->setColor(&Theme::err);
    m_answer->setText(text);
    m_answer->show();
}

QString RegistryRow::answer() const
{
    return m_answer->text();
}

WebhookRow::WebhookRow(QWidget *parent) : QWidget(parent)
{
    m_name = new ElidedLabel(LabelRole::Strong);
    m_name->setFixedHeight(20);
    m_facts = new Label(LabelRole::Secondary);
    m_remove = Button::iconOnly(QStringLiteral("trash-2"), {});
    m_remove->setObjectName(QStringLiteral("removeWebhook"));
    connect(m_remove, &QPushButton::clicked, this, &WebhookRow::removeWanted);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_name);
    texts->addWidget(m_facts);
    QHBoxLayout *row = rowLayout(this);
    row->addLayout(texts, 1);
    row->addWidget(m_remove, 0, Qt::AlignTop);
}

void WebhookRow::paintEvent(QPaintEvent * /*event*/)
{
    paintLine(*this);
}

void WebhookRow::show(const contracts::Webhook &webhook, core::Timestamp now, Reachable reachable)
{
    m_name->setText(harmless(webhook.name, 80));
    m_facts->setText(tr("Made %1", "some time ago").arg(agoText(webhook.createdAt, now)) +
                     QStringLiteral(" · ") +
                     (webhook.lastUsedAt ? tr("last called %1").arg(agoText(*webhook.lastUsedAt, now))
                                         : tr("never called")));
    m_remove->setEnabled(reachable == Reachable::Yes);
    m_remove->setLabel(tr("Close the address %1").arg(harmless(webhook.name, 80)));
}

} // namespace dockerauto::ui
