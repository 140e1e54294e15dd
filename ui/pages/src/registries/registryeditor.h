#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>
#include <contracts/registries.h>

#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace dockerauto::ui {

class Banner;
class FormField;
class LinesEdit;

/// Credentials and settings of a registry. A secret that is kept is never shown.
class RegistryEditor : public FormSheet
{
    Q_OBJECT

public:
    /// With a registry that has no settings yet they are made for it; without one its address is asked for.
    RegistryEditor(
        QWidget *parent, contracts::Backend &backend, const std::optional<contracts::Registry> &registry);

    /// Takes the certificates in the file; what is wrong is shown at the field.
    Q_INVOKABLE void readCertificates(const QString &fileName);

Q_SIGNALS:
    /// The backend has taken it.
    void saved(const QString &registry);

protected:
    void submit() override;

private:
    void buildCredentials();
    void buildConnection();
    void fill(const contracts::Registry &registry);
    void showSecretHint();
    void chooseFile();
    void finish(const core::Result<contracts::Registry> &answer);

    contracts::Backend &m_backend;
    std::optional<contracts::Registry> m_registry;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_username = nullptr;
    QComboBox *m_secretKind = nullptr;
    QLineEdit *m_secret = nullptr;
    FormField *m_secretField = nullptr;
    LinesEdit *m_mirrors = nullptr;
    LinesEdit *m_realms = nullptr;
    LinesEdit *m_certificates = nullptr;
    FormField *m_certificateField = nullptr;
    QCheckBox *m_insecure = nullptr;
    Banner *m_warning = nullptr;
};

} // namespace dockerauto::ui
