#pragma once

#include "scheduleeditor.h"

#include <contracts/policies.h>

namespace dockerauto::ui {

class PolicyTrial;
class RulesEditor;

/// Makes or changes the rules of a group of containers.
class PolicyEditor : public FormSheet
{
    Q_OBJECT

public:
    /// Without a policy a new one is made.
    PolicyEditor(QWidget *parent, const ScheduleEditor::Surroundings &around,
        const std::optional<contracts::Policy> &policy);

Q_SIGNALS:
    /// The backend has taken it.
    void saved(const QString &name);

protected:
    void submit() override;

private:
    void tryRules();
    void finish(const core::Result<contracts::Policy> &answer);

    contracts::Backend &m_backend;
    std::optional<contracts::Policy> m_policy;
    QLineEdit *m_name = nullptr;
    ScopePicker *m_scope = nullptr;
    RulesEditor *m_rules = nullptr;
    PolicyTrial *m_trial = nullptr;
};

} // namespace dockerauto::ui
