#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>
#include <contracts/registries.h>

class QLineEdit;

namespace dockerauto::ui {

/// Asks for the name of a new address, then shows the address, once.
class NewWebhookSheet : public FormSheet
{
    Q_OBJECT

public:
    NewWebhookSheet(QWidget *parent, contracts::Backend &backend);

Q_SIGNALS:
    void created();

protected:
    void submit() override;

private:
    void showAddress(const contracts::Webhook &webhook);

    contracts::Backend &m_backend;
    bool m_made = false;
    QLineEdit *m_name = nullptr;
    FormField *m_nameField = nullptr;
    QLineEdit *m_address = nullptr;
    FormField *m_addressField = nullptr;
};

} // namespace dockerauto::ui
