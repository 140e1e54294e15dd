#include "webhooksheets.h"

#include "common/formfield.h"

#include <models/displaytext.h>
#include <ui/fonts.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>

namespace dockerauto::ui {

NewWebhookSheet::NewWebhookSheet(QWidget *parent, contracts::Backend &backend)
    : FormSheet(parent, tr("New webhook"), tr("Create")), m_backend(backend)
{
    setObjectName(QStringLiteral("webhookSheet"));
    setLead(
        tr("A registry that calls the address after a push has its containers checked at once. Docker Hub, "
           "Harbor, GitHub packages and distribution are understood."));
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setPlaceholderText(tr("Docker Hub"));
    m_nameField = addField(QStringLiteral("name"), tr("Name"), m_name);
    m_address = new QLineEdit;
    m_address->setObjectName(QStringLiteral("address"));
    m_address->setReadOnly(true);
    m_address->setFont(ui::font(TextStyle::Mono));
    m_address->setAccessibleName(tr("Address"));
    auto *copy = new Button(ButtonKind::Secondary, QStringLiteral("copy"), tr("Copy"));
    copy->setObjectName(QStringLiteral("copyAddress"));
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_address->text()); });
    auto *both = new QWidget;
    both->setAccessibleName(tr("Address"));
    both->setFocusProxy(m_address);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_address, 1);
    row->addWidget(copy);
    m_addressField = addField({}, tr("Address"), both);
    m_addressField->hide();
    finishLayout(m_name);
}

void NewWebhookSheet::submit()
{
    if (m_made) {
        accept();
        return;
    }
    setBusy(true);
    m_backend.call<contracts::CreateWebhook>(
        {m_name->text().trimmed()}, this, [this](core::Result<contracts::Webhook> answer) {
            if (!answer) {
                showError(answer.error());
                return;
            }
            setBusy(false);
            showAddress(*answer);
            Q_EMIT created();
        });
}

void NewWebhookSheet::showAddress(const contracts::Webhook &webhook)
{
    m_made = true;
    const QString place = m_backend.serverName();
    const bool hasAddress = place.startsWith(QLatin1String("http"));
    const QString path = webhook.path.value_or(QString());
    m_address->setText(hasAddress ? place + path : path);
    m_address->setCursorPosition(0);
    const QString once = tr("Copy it now: it holds a secret and is not shown again.");
    m_addressField->setHint(
        hasAddress ? once : once + QLatin1Char(' ') + tr("Put the address of this server in front of it."));
    m_nameField->hide();
    m_addressField->show();
    setLead(tr("%1 is ready. Enter this address at the registry.").arg(harmless(webhook.name, 80)));
    setVerb(tr("Done"));
    m_address->setFocus();
    m_address->selectAll();
    findChild<QWidget *>(QStringLiteral("cancelButton"))->hide();
}

} // namespace dockerauto::ui
