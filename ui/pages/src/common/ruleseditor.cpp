#include "ruleseditor.h"

#include "choicebox.h"
#include "foldout.h"
#include "formfield.h"
#include "spanfield.h"

#include <models/words.h>
#include <ui/button.h>
#include <ui/fonts.h>

#include <QIntValidator>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int mostTextLength = 1000;
constexpr int mostVersions = 20;
/// Longest command as text: 64 words of 4,096 characters are more than a line can show.
constexpr int mostCommandLength = 20'000;

std::optional<QString> textIn(const QLineEdit &line)
{
    const QString text = line.text().trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

/// Absent when nothing is there or it can't be understood.
std::optional<std::vector<QString>> commandIn(const QLineEdit &line)
{
    const auto text = textIn(line);
    return text ? commandWords(*text) : std::nullopt;
}

QString shownCommand(const std::optional<std::vector<QString>> &words)
{
    return words ? commandText(*words) : QString();
}

QVBoxLayout *columnIn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    return column;
}

} // namespace

RulesEditor::RulesEditor(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("rulesEditor"));
    QVBoxLayout *column = columnIn(this);
    buildChoices(*column);
    using Unit = SpanField::Unit;
    m_age =
        new SpanField(tr("Minimum age"), {Unit::Weeks, Unit::Days, Unit::Hours, Unit::Minutes}, Unit::Days);
    addSpan(*column, QStringLiteral("minimumAgeSeconds"), tr("Minimum age"), m_age,
        tr("How long a version must be known before it is offered."));
    addLine(*column, QStringLiteral("releaseNotes"), tr("Release notes"), m_notes,
        tr("Address with ${tag}, ${version}, ${major}, ${minor} or ${patch} in it."));
    m_moreButton = new Button(ButtonKind::Link, QString(QLatin1Char(' ')));
    m_moreButton->setObjectName(QStringLiteral("moreRules"));
    m_moreButton->setCheckable(true);
    m_more = new QWidget;
    buildMore(*columnIn(m_more));
    column->addWidget(m_moreButton, 0, Qt::AlignLeft);
    column->addWidget(m_more);
    auto *care = new QWidget;
    buildCare(*columnIn(care));
    m_care = new Foldout(tr("Safety of the update"), care);
    m_care->setObjectName(QStringLiteral("careRules"));
    column->addWidget(m_care);
    connect(m_moreButton, &QPushButton::clicked, this, &RulesEditor::setMoreVisible);
    setMoreVisible(false);
    setFocusProxy(m_policy);
    setRules({});
}

void RulesEditor::buildChoices(QVBoxLayout &layout)
{
    m_policy = new ChoiceBox;
    m_policy->addUnset(tr("Not set here"));
    for (const core::UpdatePolicy policy : allPolicies) {
        m_policy->add(policy, {policyWord(policy).text, policyMeaning(policy)}, policyWord(policy).icon);
    }
    m_level = new ChoiceBox;
    m_automatic = new ChoiceBox;
    m_level->addUnset(tr("Not set here"));
    m_automatic->addUnset(tr("Not set here"));
    for (const core::TagLevel level :
        {core::TagLevel::None, core::TagLevel::Patch, core::TagLevel::Minor, core::TagLevel::Major}) {
        m_level->add(level, levelChoice(level));
        m_automatic->add(level, automaticLevelChoice(level));
    }
    addChoice(layout, QStringLiteral("updatePolicy"), tr("Policy"), m_policy);
    addChoice(layout, QStringLiteral("level"), tr("Looks for"), m_level);
    addChoice(layout, QStringLiteral("automaticLevel"), tr("Takes without asking"), m_automatic);
}

void RulesEditor::buildMore(QVBoxLayout &layout)
{
    m_prerelease = new ChoiceBox;
    m_prerelease->addUnset(tr("Not set here"));
    m_prerelease->add(false, prereleaseChoice(false));
    m_prerelease->add(true, prereleaseChoice(true));
    m_family = new ChoiceBox;
    m_family->addUnset(tr("Not set here"));
    for (const core::TagFamily family : {core::TagFamily::Strict, core::TagFamily::Loose}) {
        m_family->add(family, familyChoice(family));
    }
    m_strategy = new ChoiceBox;
    m_strategy->addUnset(tr("Not set here"));
    for (const core::UpdateStrategy strategy : {core::UpdateStrategy::Rolling, core::UpdateStrategy::Recreate,
             core::UpdateStrategy::BlueGreen, core::UpdateStrategy::Canary}) {
        const bool can =
            strategy == core::UpdateStrategy::Rolling || strategy == core::UpdateStrategy::Recreate;
        m_strategy->add(strategy, strategyChoice(strategy), {},
            can ? ChoiceBox::Availability::Available : ChoiceBox::Availability::Unavailable);
    }
    addLine(layout, QStringLiteral("constraint"), tr("Version range"), m_constraint,
        tr("As npm writes them: ^1.4, >=2 <4, 1.x || 3.x"));
    addLine(layout, QStringLiteral("include"), tr("Only tags with"), m_include,
        tr("A regular expression that is searched in the tag: -alpine$"));
    addLine(layout, QStringLiteral("exclude"), tr("No tags with"), m_exclude,
        tr("A regular expression: these tags are passed over."));
    addChoice(layout, QStringLiteral("prerelease"), tr("Pre-releases"), m_prerelease);
    addChoice(layout, QStringLiteral("family"), tr("Image variant"), m_family);
    addChoice(layout, QStringLiteral("strategy"), tr("Strategy"), m_strategy);
}

FormField *RulesEditor::addField(
    QVBoxLayout &layout, const QString &field, const QString &title, QWidget *control, const QString &hint)
{
    control->setObjectName(field);
    auto *made = new FormField(title, control, hint);
    m_fields[field] = made;
    layout.addWidget(made);
    return made;
}

FormField *RulesEditor::addChoice(
    QVBoxLayout &layout, const QString &field, const QString &title, ChoiceBox *box)
{
    m_boxes[field] = box;
    connect(box, &QComboBox::currentIndexChanged, this, [this, field] { onEdited(field); });
    return addField(layout, field, title, box, {});
}

FormField *RulesEditor::addLine(
    QVBoxLayout &layout, const QString &field, const QString &title, QLineEdit *&line, const QString &hint)
{
    line = new QLineEdit;
    line->setFixedHeight(32);
    line->setMaxLength(mostTextLength);
    line->setFont(ui::font(TextStyle::Mono));
    m_lines[field] = line;
    connect(line, &QLineEdit::textChanged, this, [this, field] { onEdited(field); });
    return addField(layout, field, title, line, hint);
}

FormField *RulesEditor::addSpan(
    QVBoxLayout &layout, const QString &field, const QString &title, SpanField *span, const QString &hint)
{
    m_lines[field] = span->number();
    connect(span, &SpanField::changed, this, [this, field] { onEdited(field); });
    return addField(layout, field, title, span, hint);
}

void RulesEditor::buildCare(QVBoxLayout &layout)
{
    using Unit = SpanField::Unit;
    m_rollback = new ChoiceBox;
    m_rollback->addUnset(tr("Not set here"));
    m_rollback->add(true, rollbackChoice(true));
    m_rollback->add(false, rollbackChoice(false));
    m_backup = new ChoiceBox;
    m_backup->addUnset(tr("Not set here"));
    for (const core::BackupMode mode :
        {core::BackupMode::Guarded, core::BackupMode::Always, core::BackupMode::Never}) {
        m_backup->add(mode, backupChoice(mode));
    }
    m_watch =
        new SpanField(tr("Watched afterwards"), {Unit::Hours, Unit::Minutes, Unit::Seconds}, Unit::Minutes);
    m_hookTimeout = new SpanField(tr("Longest command"), {Unit::Minutes, Unit::Seconds}, Unit::Seconds);
    addChoice(layout, QStringLiteral("rollback"), tr("When the new container is not well"), m_rollback);
    addSpan(layout, QStringLiteral("watchSeconds"), tr("Watched afterwards"), m_watch,
        tr("How long the new container is compared with what the old one was like; 0 for not at all."));
    addLine(layout, QStringLiteral("probe"), tr("Asked for its health"), m_probe,
        tr("Beside the health check: http://:8080/ready, tcp://:5432, or a command: [\"pg_isready\"]"));
    addChoice(layout, QStringLiteral("backupVolumes"), tr("Saves volumes"), m_backup);
    addLine(layout, QStringLiteral("keepVersions"), tr("Updates that can be undone"), m_keep,
        tr("How many finished updates can be rolled back later: 0 to 20."));
    m_keep->setValidator(new QIntValidator(0, mostVersions, m_keep));
    addLine(layout, QStringLiteral("hookBefore"), tr("Command before the update"), m_hookBefore,
        tr("Run in the old container, without a shell: /backup.sh --all. When it ends with 75, the update is "
           "put off; [] is for no command. Only where an administrator has turned hooks on."));
    addLine(layout, QStringLiteral("hookAfter"), tr("Command after the update"), m_hookAfter,
        tr("Run in the new container when it is healthy. When it fails, the old one is put back."));
    m_hookBefore->setMaxLength(mostCommandLength);
    m_hookAfter->setMaxLength(mostCommandLength);
    addSpan(layout, QStringLiteral("hookTimeoutSeconds"), tr("Longest time for a command"), m_hookTimeout,
        tr("Up to an hour."));
}

void RulesEditor::setRules(const contracts::UpdateRules &rules, const std::map<QString, QString> &inherited)
{
    const QScopedValueRollback filling(m_filling, true);
    setInherited(inherited);
    m_policy->setValue(rules.updatePolicy);
    m_level->setValue(rules.level);
    m_automatic->setValue(rules.automaticLevel);
    m_prerelease->setValue(rules.prerelease);
    m_family->setValue(rules.family);
    m_strategy->setValue(rules.strategy);
    m_constraint->setText(rules.constraint.value_or(QString()));
    m_include->setText(rules.include.value_or(QString()));
    m_exclude->setText(rules.exclude.value_or(QString()));
    m_notes->setText(rules.releaseNotes.value_or(QString()));
    m_age->setSeconds(rules.minimumAgeSeconds);
    m_rollback->setValue(rules.rollback);
    m_watch->setSeconds(rules.watchSeconds);
    m_probe->setText(rules.probe.value_or(QString()));
    m_backup->setValue(rules.backupVolumes);
    m_keep->setText(rules.keepVersions ? QString::number(*rules.keepVersions) : QString());
    m_hookBefore->setText(shownCommand(rules.hookBefore));
    m_hookAfter->setText(shownCommand(rules.hookAfter));
    m_hookTimeout->setSeconds(rules.hookTimeoutSeconds);
    clearErrors();
    showMeanings();
    if (rules.constraint || rules.include || rules.exclude || rules.prerelease || rules.family ||
        rules.strategy) {
        setMoreVisible(true);
    }
    if (rules.rollback || rules.watchSeconds || rules.probe || rules.backupVolumes || rules.keepVersions ||
        rules.hookBefore || rules.hookAfter || rules.hookTimeoutSeconds) {
        m_care->setOpen(true);
    }
}

void RulesEditor::reset()
{
    {
        const QScopedValueRollback filling(m_filling, true);
        for (const auto &[field, box] : m_boxes) {
            box->setCurrentIndex(0);
        }
        for (const auto &[field, line] : m_lines) {
            line->clear();
        }
    }
    clearErrors();
    Q_EMIT changed();
}

contracts::UpdateRules RulesEditor::rules() const
{
    contracts::UpdateRules rules;
    rules.updatePolicy = m_policy->value<core::UpdatePolicy>();
    rules.level = m_level->value<core::TagLevel>();
    rules.automaticLevel = m_automatic->value<core::TagLevel>();
    rules.prerelease = m_prerelease->value<bool>();
    rules.family = m_family->value<core::TagFamily>();
    rules.strategy = m_strategy->value<core::UpdateStrategy>();
    rules.constraint = textIn(*m_constraint);
    rules.include = textIn(*m_include);
    rules.exclude = textIn(*m_exclude);
    rules.releaseNotes = textIn(*m_notes);
    rules.minimumAgeSeconds = m_age->seconds();
    rules.rollback = m_rollback->value<bool>();
    rules.watchSeconds = m_watch->seconds();
    rules.probe = textIn(*m_probe);
    rules.backupVolumes = m_backup->value<core::BackupMode>();
    if (const auto keep = textIn(*m_keep)) {
        rules.keepVersions = keep->toInt();
    }
    rules.hookBefore = commandIn(*m_hookBefore);
    rules.hookAfter = commandIn(*m_hookAfter);
    rules.hookTimeoutSeconds = m_hookTimeout->seconds();
    return rules;
}

void RulesEditor::setInherited(const std::map<QString, QString> &inherited)
{
    const auto text = [&](const QString &field) {
        const auto known = inherited.find(field);
        return known == inherited.end() ? QString() : known->second;
    };
    for (const auto &[field, box] : m_boxes) {
        const QString known = text(field);
        box->setUnsetMeaning(known.isEmpty() ? tr("Left to rules that weigh less.") : known);
    }
    for (const auto &[field, line] : m_lines) {
        line->setPlaceholderText(text(field));
    }
    showMeanings();
}

void RulesEditor::showMeanings()
{
    for (const auto &[field, box] : m_boxes) {
        m_fields.at(field)->setHint(box->meaning());
    }
}

bool RulesEditor::showError(const QString &path, const QString &message)
{
    const auto field = m_fields.find(path.section(QLatin1Char('/'), -1));
    if (field == m_fields.end()) {
        return false;
    }
    field->second->setError(message);
    showField(*field->second);
    return true;
}

void RulesEditor::showField(FormField &field)
{
    if (m_more->isAncestorOf(&field)) {
        setMoreVisible(true);
    }
    if (m_care->isAncestorOf(&field)) {
        m_care->setOpen(true);
    }
    field.control()->setFocus(Qt::OtherFocusReason);
}

bool RulesEditor::check()
{
    for (const QString &field : {QStringLiteral("hookBefore"), QStringLiteral("hookAfter")}) {
        if (!commandWords(m_lines.at(field)->text())) {
            return !showError(field,
                tr("This begins like a list and is none. Write the words with spaces between them, or as "
                   "[\"/backup.sh\", \"--all\"]."));
        }
    }
    return true;
}

void RulesEditor::clearErrors()
{
    for (const auto &[name, field] : m_fields) {
        field->setError({});
    }
}

void RulesEditor::setMoreVisible(bool visible)
{
    m_more->setVisible(visible);
    m_moreButton->setChecked(visible);
    m_moreButton->setText(visible ? tr("Fewer rules") : tr("More rules"));
    m_moreButton->setIconName(visible ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
}

void RulesEditor::onEdited(const QString &field)
{
    if (const auto box = m_boxes.find(field); box != m_boxes.end()) {
        m_fields.at(field)->setHint(box->second->meaning());
    }
    if (m_filling) {
        return;
    }
    m_fields.at(field)->setError({});
    Q_EMIT changed();
}

} // namespace dockerauto::ui
