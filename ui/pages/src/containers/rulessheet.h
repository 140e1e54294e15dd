#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>

namespace dockerauto::ui {

class RulesEditor;

/// Changes the rules of one container. What is not set here shows where it comes from, as soon as the backend
/// has told.
class RulesSheet : public FormSheet
{
    Q_OBJECT

public:
    RulesSheet(QWidget *parent, contracts::Backend &backend, const contracts::Container &container);

Q_SIGNALS:
    /// The backend has taken it.
    void saved(const dockerauto::contracts::Container &container);

protected:
    void submit() override;

private:
    void readSources();
    void finish(const core::Result<contracts::Container> &answer);

    contracts::Backend &m_backend;
    QString m_id;
    RulesEditor *m_rules = nullptr;
    Button *m_reset = nullptr;
};

} // namespace dockerauto::ui
