#include "ruleseditor.h"

#include "choicebox.h"
#include "formfield.h"

#include <models/words.h>
#include <ui/button.h>
#include <ui/fonts.h>

#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace dockerauto::ui {

namespace {

constexpr int mostTextLength = 1000;
constexpr int mostAge = 525'600;
/// Seconds of the units that an age is given in, the largest first.
constexpr std::array<qint64, 4> units{604'800, 86'400, 3'600, 60};
constexpr qint64 usualUnit = 86'400;

std::optional<QString> textIn(const QLineEdit &line)
{
    const QString text = line.text().trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text);
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
    addField(*column, QStringLiteral("minimumAgeSeconds"), tr("Minimum age"), buildAge(),
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

QWidget *RulesEditor::buildAge()
{
    const QString field = QStringLiteral("minimumAgeSeconds");
    m_age = new QLineEdit;
    m_age->setFixedHeight(32);
    m_age->setValidator(new QIntValidator(0, mostAge, m_age));
    m_age->setAccessibleName(tr("Minimum age"));
    m_lines[field] = m_age;
    m_ageUnit = new QComboBox;
    m_ageUnit->setFixedHeight(32);
    m_ageUnit->setAccessibleName(tr("Unit of the minimum age"));
    const QStringList names{tr("weeks"), tr("days"), tr("hours"), tr("minutes")};
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        m_ageUnit->addItem(names.at(static_cast<qsizetype>(unit)), units.at(unit));
    }
    connect(m_age, &QLineEdit::textChanged, this, [this, field] { onEdited(field); });
    connect(m_ageUnit, &QComboBox::currentIndexChanged, this, [this, field] { onEdited(field); });
    auto *control = new QWidget;
    auto *row = new QHBoxLayout(control);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_age, 1);
    row->addWidget(m_ageUnit);
    control->setFocusProxy(m_age);
    return control;
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
    // In the largest unit that fits; what does not fit any is told in the smallest.
    const qint64 age = rules.minimumAgeSeconds.value_or(0);
    const auto unit =
        std::ranges::find_if(units, [age](qint64 seconds) { return age > 0 && age % seconds == 0; });
    const qint64 chosen = age == 0 ? usualUnit : unit == units.end() ? units.back() : *unit;
    m_ageUnit->setCurrentIndex(m_ageUnit->findData(chosen));
    m_age->setText(rules.minimumAgeSeconds ? QString::number((age + chosen - 1) / chosen) : QString());
    clearErrors();
    showMeanings();
    if (rules.constraint || rules.include || rules.exclude || rules.prerelease || rules.family ||
        rules.strategy) {
        setMoreVisible(true);
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
    if (const auto age = textIn(*m_age)) {
        rules.minimumAgeSeconds = age->toLongLong() * m_ageUnit->currentData().toLongLong();
    }
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
    if (m_more->isAncestorOf(field->second)) {
        setMoreVisible(true);
    }
    field->second->setError(message);
    field->second->control()->setFocus(Qt::OtherFocusReason);
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
