#include "registryeditor.h"

#include "common/formfield.h"
#include "common/linesedit.h"

#include <models/displaytext.h>
#include <ui/banner.h>
#include <ui/icons.h>
#include <ui/label.h>

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr qint64 mostCertificateBytes = 256 * 1024;
const QString tokenWord = QStringLiteral("identity_token");

} // namespace

RegistryEditor::RegistryEditor(
    QWidget *parent, contracts::Backend &backend, const std::optional<contracts::Registry> &registry)
    : FormSheet(parent,
          registry ? tr("Settings of %1").arg(harmless(registry->registry, 80)) : tr("Add a registry"),
          registry ? tr("Save") : tr("Add"))
    , m_backend(backend)
    , m_registry(registry)
{
    setObjectName(QStringLiteral("registryEditor"));
    m_address = new QLineEdit;
    m_address->setObjectName(QStringLiteral("address"));
    m_address->setPlaceholderText(QStringLiteral("ghcr.io, registry.example.net:5000"));
    FormField *address = addField(QStringLiteral("registry"), tr("Registry"), m_address,
        tr("As it stands in front of image names; docker.io for Docker Hub."));
    address->setVisible(!registry);
    buildCredentials();
    buildConnection();
    if (registry) {
        fill(*registry);
    }
    showSecretHint();
    finishLayout(registry ? m_username : m_address);
}

void RegistryEditor::buildCredentials()
{
    m_username = new QLineEdit;
    m_username->setObjectName(QStringLiteral("username"));
    m_secretKind = new QComboBox;
    m_secretKind->setObjectName(QStringLiteral("secretKind"));
    m_secretKind->setAccessibleName(tr("Kind of secret"));
    m_secretKind->addItems({tr("Password or access token"), tr("Identity token")});
    m_secret = new QLineEdit;
    m_secret->setObjectName(QStringLiteral("secret"));
    m_secret->setAccessibleName(tr("Secret"));
    m_secret->setEchoMode(QLineEdit::Password);
    auto *eye = m_secret->addAction(icons::icon(QStringLiteral("eye")), QLineEdit::TrailingPosition);
    eye->setText(tr("Show what is typed"));
    connect(eye, &QAction::triggered, m_secret, [this] {
        m_secret->setEchoMode(
            m_secret->echoMode() == QLineEdit::Password ? QLineEdit::Normal : QLineEdit::Password);
    });
    auto *secret = new QWidget;
    secret->setAccessibleName(tr("Secret"));
    auto *row = new QHBoxLayout(secret);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_secretKind);
    row->addWidget(m_secret, 1);
    secret->setFocusProxy(m_secret);
    addField(QStringLiteral("username"), tr("User name"), m_username,
        tr("Leave it empty to sign in as Docker on this machine does, or not at all."));
    m_secretField = addField(QStringLiteral("password"), tr("Password or token"), secret);
    nameField(tokenWord, m_secretField);
    nameField(QStringLiteral("identityToken"), m_secretField);
    connect(m_username, &QLineEdit::textChanged, this, &RegistryEditor::showSecretHint);
}

void RegistryEditor::buildConnection()
{
    m_mirrors = new LinesEdit(60, QStringLiteral("https://mirror.example.net"));
    m_mirrors->setObjectName(QStringLiteral("mirrors"));
    addField(QStringLiteral("mirrors"), tr("Mirrors, one on each line"), m_mirrors,
        tr("Asked first, in this order; the registry itself is asked last."));
    m_realms = new LinesEdit(60, QStringLiteral("auth.example.net"));
    m_realms->setObjectName(QStringLiteral("realms"));
    addField(QStringLiteral("realmHosts"), tr("Other hosts for signing in, one on each line"), m_realms,
        tr("The password is sent only to the registry, to hosts known to belong to it, and to these."));

    m_certificates = new LinesEdit(76, QStringLiteral("-----BEGIN CERTIFICATE-----"));
    m_certificates->setObjectName(QStringLiteral("certificates"));
    m_certificates->setAccessibleName(tr("Certificates of its authority"));
    auto *choose = new Button(ButtonKind::Secondary, QStringLiteral("file-up"), tr("Choose a file…"));
    choose->setObjectName(QStringLiteral("chooseCertificates"));
    connect(choose, &QPushButton::clicked, this, &RegistryEditor::chooseFile);
    auto *certificates = new QWidget;
    certificates->setAccessibleName(tr("Certificates of its authority"));
    certificates->setFocusProxy(m_certificates);
    auto *column = new QVBoxLayout(certificates);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_certificates);
    column->addWidget(choose, 0, Qt::AlignLeft);
    m_certificateField =
        addField(QStringLiteral("caCertificates"), tr("Certificates of its authority (PEM)"), certificates,
            tr("Only for registries with a certificate that this machine does not trust by itself."));

    m_insecure = new QCheckBox(tr("Allow an unencrypted connection"));
    m_insecure->setObjectName(QStringLiteral("insecure"));
    addField(QStringLiteral("insecure"), {}, m_insecure);
    m_warning = new Banner(ChipKind::Warn);
    m_warning->setObjectName(QStringLiteral("insecureWarning"));
    m_warning->setContent(ChipKind::Warn, {},
        tr("Everyone between here and the registry can read the password and replace images. Use this only "
           "in "
           "a network you trust."));
    m_warning->hide();
    body()->addWidget(m_warning);
    connect(m_insecure, &QCheckBox::toggled, m_warning, &QWidget::setVisible);
}

void RegistryEditor::fill(const contracts::Registry &registry)
{
    m_address->setText(registry.registry);
    m_username->setText(registry.configured ? registry.username : QString());
    m_secretKind->setCurrentIndex(registry.secret == tokenWord ? 1 : 0);
    m_mirrors->setLines(registry.mirrors);
    m_realms->setLines(registry.realmHosts);
    m_certificates->setPlainText(registry.caCertificates);
    m_insecure->setChecked(registry.insecure);
}

void RegistryEditor::showSecretHint()
{
    const bool kept =
        m_registry && (m_registry->secret == QLatin1String("password") || m_registry->secret == tokenWord);
    const bool sameUser = m_registry && m_username->text().trimmed() == m_registry->username;
    m_secret->setPlaceholderText(kept && sameUser ? tr("kept") : QString());
    const bool forgotten = kept && m_registry->secret != tokenWord && m_username->text().trimmed().isEmpty();
    m_secretField->setHint(forgotten  ? tr("Without a user name the kept password is forgotten.")
                           : !kept    ? tr("Kept sealed on this machine, never shown again.")
                           : sameUser ? tr("It is kept, and cannot be shown. Type another to replace it.")
                                      : tr("Another user name needs its password again."));
}

void RegistryEditor::chooseFile()
{
    // Not the static function: it would wait in an event loop of its own.
    auto *dialog = new QFileDialog(this, tr("Choose certificates"), {},
        tr("Certificates (*.pem *.crt *.cer)") + QStringLiteral(";;") + tr("All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RegistryEditor::readCertificates);
    dialog->open();
}

void RegistryEditor::readCertificates(const QString &fileName)
{
    QFile file(fileName);
    const QString shown = harmless(QFileInfo(fileName).fileName(), 60);
    if (!file.open(QIODevice::ReadOnly)) {
        m_certificateField->setError(tr("%1 cannot be read: %2.").arg(shown, file.errorString()));
        return;
    }
    const QByteArray content = file.read(mostCertificateBytes + 1);
    if (content.size() > mostCertificateBytes || !content.contains("-----BEGIN CERTIFICATE-----")) {
        m_certificateField->setError(
            tr("%1 holds no certificates as text. Export them as PEM, it begins with "
               "-----BEGIN CERTIFICATE-----.")
                .arg(shown));
        return;
    }
    m_certificateField->setError({});
    m_certificates->setPlainText(QString::fromLatin1(content));
}

void RegistryEditor::submit()
{
    setBusy(true);
    const auto given = [](const QString &text) {
        return text.isEmpty() ? std::nullopt : std::optional(text);
    };
    const bool token = m_secretKind->currentIndex() == 1;
    const auto password = token ? std::nullopt : given(m_secret->text());
    const auto identityToken = token ? given(m_secret->text()) : std::nullopt;
    const auto username = given(m_username->text().trimmed());
    const auto certificates = given(m_certificates->toPlainText().trimmed());
    const auto answer = [this](core::Result<contracts::Registry> registry) { finish(registry); };
    if (m_registry && m_registry->configured) {
        m_backend.call<contracts::ChangeRegistry>(
            {m_registry->id, username, password, identityToken, m_mirrors->lines(), m_insecure->isChecked(),
                certificates, m_realms->lines()},
            this, answer);
        return;
    }
    m_backend.call<contracts::CreateRegistry>(
        {m_address->text().trimmed(), username, password, identityToken, m_mirrors->lines(),
            m_insecure->isChecked(), certificates, m_realms->lines()},
        this, answer);
}

void RegistryEditor::finish(const core::Result<contracts::Registry> &answer)
{
    if (!answer) {
        showError(answer.error());
        return;
    }
    Q_EMIT saved(answer->registry);
    accept();
}

} // namespace dockerauto::ui
