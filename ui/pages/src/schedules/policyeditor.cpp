#include "policyeditor.h"

#include "common/formfield.h"
#include "common/ruleseditor.h"
#include "policytrial.h"
#include "scopepicker.h"

#include <models/directory.h>
#include <models/displaytext.h>
#include <ui/label.h>

#include <QFrame>
#include <QLineEdit>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int mostNameLength = 100;

} // namespace

PolicyEditor::PolicyEditor(QWidget *parent, const ScheduleEditor::Surroundings &around,
    const std::optional<contracts::Policy> &policy)
    : FormSheet(parent, policy ? tr("Edit rules") : tr("New rules"), policy ? tr("Save") : tr("Create"))
    , m_backend(around.backend)
    , m_policy(policy)
{
    setObjectName(QStringLiteral("policyEditor"));
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setMaxLength(mostNameLength);
    m_name->setPlaceholderText(tr("Media stack"));
    m_scope = new ScopePicker(around.directory);
    m_rules = new RulesEditor;
    m_trial = new PolicyTrial(around.backend);
    m_trial->setObjectName(QStringLiteral("trial"));
    addField(QStringLiteral("name"), tr("Name"), m_name);
    addField(QStringLiteral("scope"), tr("Applies to"), m_scope);
    m_rules->setAccessibleName(tr("Rules"));
    addField(QStringLiteral("rules"), {}, m_rules);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    body()->addWidget(line);
    m_trial->setAccessibleName(tr("Try it"));
    body()->addWidget(new Label(LabelRole::SheetTitle, tr("Try it")));
    body()->addWidget(m_trial);
    if (policy) {
        m_name->setText(policy->name);
        m_scope->setScope(policy->scope);
        m_rules->setRules(policy->rules);
    } else {
        m_scope->setScope({core::ScopeKind::Project, QString()});
    }
    connect(m_rules, &RulesEditor::changed, this, &PolicyEditor::tryRules);
    tryRules();
    finishLayout(m_name);
}

void PolicyEditor::tryRules()
{
    const contracts::UpdateRules rules = m_rules->rules();
    m_trial->setRules(
        {rules.level, rules.constraint, rules.include, rules.exclude, rules.prerelease, rules.family});
}

void PolicyEditor::submit()
{
    m_rules->clearErrors();
    if (!m_rules->check()) {
        return;
    }
    setBusy(true);
    const QString name = m_name->text().trimmed();
    const auto answer = [this](core::Result<contracts::Policy> policy) { finish(policy); };
    if (m_policy) {
        m_backend.call<contracts::ChangePolicy>(
            {m_policy->id, name, m_policy->enabled, m_scope->scope(), m_rules->rules()}, this, answer);
    } else {
        m_backend.call<contracts::CreatePolicy>(
            {name, true, m_scope->scope(), m_rules->rules()}, this, answer);
    }
}

void PolicyEditor::finish(const core::Result<contracts::Policy> &answer)
{
    if (!answer) {
        if (m_rules->showError(answer.error().path, harmless(answer.error().message))) {
            setBusy(false);
            return;
        }
        showError(answer.error());
        return;
    }
    Q_EMIT saved(answer->name);
    accept();
}

} // namespace dockerauto::ui
