#include "rulessheet.h"

#include "common/ruleseditor.h"

#include <models/displaytext.h>
#include <models/rulewords.h>

#include <QVBoxLayout>

namespace dockerauto::ui {

RulesSheet::RulesSheet(QWidget *parent, contracts::Backend &backend, const contracts::Container &container)
    : FormSheet(parent, tr("Update rules of %1").arg(harmless(container.name)), tr("Save"))
    , m_backend(backend)
    , m_id(container.id)
{
    setObjectName(QStringLiteral("rulesSheet"));
    setLead(tr("They weigh more than labels of the container and than rules for groups."));
    m_rules = new RulesEditor;
    m_rules->setRules(container.ownRules);
    m_reset =
        new Button(ButtonKind::Link, QStringLiteral("rotate-ccw"), tr("Set nothing for this container"));
    m_reset->setObjectName(QStringLiteral("resetRules"));
    connect(m_reset, &QPushButton::clicked, m_rules, &RulesEditor::reset);
    body()->addWidget(m_rules);
    body()->addWidget(m_reset, 0, Qt::AlignLeft);
    finishLayout(m_rules);
    readSources();
}

void RulesSheet::readSources()
{
    m_backend.call<contracts::ExplainContainer>(
        {m_id}, this, [this](const core::Result<contracts::Explanation> &answer) {
            // Without it the sheet works too; it only says less.
            if (!answer) {
                return;
            }
            std::map<QString, QString> inherited;
            for (const contracts::AppliedRule &rule : answer->rules) {
                if (rule.source != QLatin1String("this container")) {
                    inherited[rule.field] = ruleOrigin(rule);
                }
            }
            m_rules->setInherited(inherited);
        });
}

void RulesSheet::submit()
{
    m_rules->clearErrors();
    if (!m_rules->check()) {
        return;
    }
    setBusy(true);
    contracts::ContainerSettings settings;
    settings.id = m_id;
    settings.rules = m_rules->rules();
    m_backend.call<contracts::ChangeContainer>(
        settings, this, [this](const core::Result<contracts::Container> &answer) { finish(answer); });
}

void RulesSheet::finish(const core::Result<contracts::Container> &answer)
{
    if (answer) {
        Q_EMIT saved(*answer);
        accept();
        return;
    }
    if (m_rules->showError(answer.error().path, harmless(answer.error().message))) {
        setBusy(false);
    } else {
        showError(answer.error());
    }
}

} // namespace dockerauto::ui
