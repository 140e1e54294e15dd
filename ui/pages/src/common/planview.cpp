#include "planview.h"

#include "changesview.h"
#include "choicebox.h"
#include "codeview.h"
#include "factlist.h"
#include "foldout.h"
#include "formfield.h"

#include <delegates/tones.h>
#include <models/displaytext.h>
#include <models/planwords.h>
#include <models/reviewwords.h>
#include <ui/banner.h>
#include <ui/card.h>
#include <ui/icons.h>
#include <ui/label.h>

#include <QCheckBox>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace dockerauto::ui {

using contracts::PreflightFinding;
using core::Finding;

namespace {

constexpr int payloadHeight = 220;

/// A small picture that stands before a line of text.
class LineIcon : public QWidget
{
public:
    LineIcon(QString icon, ChipKind kind) : m_icon(std::move(icon)), m_kind(kind) { setFixedSize(18, 18); }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        icons::paint(painter, QRectF(0, 1, 16, 16), m_icon, chipColors(themeOf(this), m_kind).text);
    }

private:
    QString m_icon;
    ChipKind m_kind;
};

Label *wrapped(LabelRole role, const QString &text)
{
    auto *label = new Label(role, text);
    label->setWrapping(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QVBoxLayout *columnOf(QWidget *widget, int spacing)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    return column;
}

/// A title with lines below it that belong together.
QVBoxLayout *sectionIn(QVBoxLayout &column, const QString &title)
{
    auto *section = new QWidget;
    QVBoxLayout *lines = columnOf(section, 6);
    lines->addWidget(new Label(LabelRole::Strong, title));
    column.addWidget(section);
    return lines;
}

QWidget *findingRows(const std::vector<PreflightFinding> &findings)
{
    auto *rows = new QWidget;
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(1, 104);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const PreflightFinding &found : findings) {
        const Word word = findingWord(found.finding);
        auto *icon = new LineIcon(word.icon, chipKind(word.tone));
        icon->setAccessibleName(word.text);
        icon->setToolTip(word.text);
        grid->addWidget(icon, row, 0, Qt::AlignTop);
        grid->addWidget(new Label(LabelRole::Body, preflightName(found.name)), row, 1, Qt::AlignTop);
        const QString detail = found.detail.isEmpty() ? word.text : harmless(found.detail, 1000);
        grid->addWidget(wrapped(LabelRole::Secondary, detail), row, 2);
        ++row;
    }
    return rows;
}

} // namespace

PlanView::PlanView(const contracts::Plan &plan, const ReviewChoices &choices, QWidget *parent)
    : QWidget(parent), m_plan(plan), m_choices(choices)
{
    setObjectName(QStringLiteral("planView"));
    QVBoxLayout *column = columnOf(this, 14);
    addBlocked(*column);
    addImage(*column);
    addStrategy(*column);
    addRollback(*column);
    addBackup(*column);
    addCopyQuestion(*column);
    addOrder(*column);
    addNotes(*column);
    addPreflight(*column);
    addDetails(*column);
    showConsequences();
}

void PlanView::addBlocked(QVBoxLayout &column)
{
    QStringList sentences;
    for (const PreflightFinding &found : m_plan.preflight) {
        if (found.finding == Finding::Failed) {
            sentences << (found.detail.isEmpty() ? preflightName(found.name) : harmless(found.detail, 1000));
        }
    }
    if (sentences.isEmpty()) {
        return;
    }
    auto *banner = new Banner(ChipKind::Err);
    banner->setObjectName(QStringLiteral("planBlocked"));
    banner->setContent(ChipKind::Err, tr("This update can't begin"), sentences.join(QLatin1Char('\n')));
    const Button *again = banner->addLink(tr("Look again"));
    connect(again, &QPushButton::clicked, this, &PlanView::againRequested);
    column.addWidget(banner);
}

void PlanView::addImage(QVBoxLayout &column) const
{
    auto *card = new Card;
    auto *lines = new QVBoxLayout(card);
    lines->setContentsMargins(14, 12, 14, 12);
    lines->setSpacing(10);
    auto *head = new QHBoxLayout;
    head->addWidget(new Chip(chipOf(bumpWord(m_plan.bump))));
    head->addStretch(1);
    lines->addLayout(head);
    if (m_plan.changes) {
        if (QWidget *notes = releaseNotesLink(*m_plan.changes); notes != nullptr) {
            head->addWidget(notes);
        }
        lines->addWidget(imageFactsWidget(*m_plan.changes));
    } else {
        auto *facts = new FactList;
        facts->setFacts({{tr("Version"), planFrom(m_plan), Fact::Style::Mono, planTo(m_plan)}});
        lines->addWidget(facts);
        lines->addWidget(wrapped(LabelRole::Secondary,
            tr("The registry does not tell now what differs between the images, or how much is pulled.")));
    }
    column.addWidget(card);
}

void PlanView::addStrategy(QVBoxLayout &column)
{
    m_strategy = new ChoiceBox;
    m_strategy->setObjectName(QStringLiteral("strategy"));
    for (const contracts::StrategyChoice &choice : m_plan.strategies) {
        const Choice usual = strategyChoice(choice.strategy);
        m_strategy->add(choice.strategy, {usual.text, choice.possible ? usual.meaning : harmless(choice.why)},
            {}, choice.possible ? ChoiceBox::Availability::Available : ChoiceBox::Availability::Unavailable);
    }
    m_strategy->setValue(std::optional(m_plan.strategy));
    auto *field = new FormField(tr("Strategy"), m_strategy, m_strategy->meaning());
    column.addWidget(field);
    connect(m_strategy, &QComboBox::activated, this, [this] {
        const auto chosen = m_strategy->value<core::UpdateStrategy>();
        if (chosen && *chosen != m_plan.strategy) {
            m_choices.strategy = chosen;
            Q_EMIT strategyChosen();
        }
    });
}

void PlanView::addRollback(QVBoxLayout &column)
{
    auto *rollback = new QCheckBox(rollbackTitle(m_plan));
    rollback->setObjectName(QStringLiteral("rollback"));
    rollback->setChecked(m_choices.rollback.value_or(m_plan.rollsBackByItself));
    m_rollback = new FormField({}, rollback);
    column.addWidget(m_rollback);
    connect(rollback, &QCheckBox::toggled, this, [this](bool wanted) {
        m_choices.rollback = wanted;
        Q_EMIT changed();
    });
}

void PlanView::addBackup(QVBoxLayout &column)
{
    const contracts::PlannedBackup &backup = m_plan.backup;
    m_backup = new QCheckBox(backupTitle(backup));
    m_backup->setObjectName(QStringLiteral("backup"));
    m_backup->setEnabled(canBackUp(backup));
    m_backup->setChecked(m_backup->isEnabled() && m_choices.backup.value_or(backup.planned));
    QStringList hint;
    if (!backup.reason.isEmpty()) {
        const QString reason = harmless(backup.reason);
        hint << (reason.endsWith(QLatin1Char('.')) ? reason : QString(reason + QLatin1Char('.')));
    } else if (backup.volumes.empty()) {
        hint << tr("The container has no volumes.");
    }
    if (backup.volumes.size() == 1) {
        hint << plannedVolumeText(backup.volumes.front());
    }
    column.addWidget(new FormField({}, m_backup, hint.join(QLatin1Char('\n'))));
    if (backup.volumes.size() > 1) {
        auto *list = new QWidget;
        QVBoxLayout *lines = columnOf(list, 4);
        for (const contracts::PlannedVolume &volume : backup.volumes) {
            lines->addWidget(wrapped(LabelRole::Secondary, plannedVolumeText(volume)));
        }
        auto *volumes =
            new Foldout(tr("%n volume(s)", nullptr, static_cast<int>(backup.volumes.size())), list);
        volumes->setObjectName(QStringLiteral("plannedVolumes"));
        column.addWidget(volumes);
    }
    connect(m_backup, &QCheckBox::toggled, this, [this](bool wanted) {
        m_choices.backup = wanted;
        showConsequences();
        Q_EMIT changed();
    });
}

void PlanView::addCopyQuestion(QVBoxLayout &column)
{
    m_risk = new Banner(ChipKind::Warn);
    m_risk->setObjectName(QStringLiteral("backupRisk"));
    m_risk->setContent(ChipKind::Warn, tr("No copy of the data"),
        tr("The new version may change its data so that the old one can't read it any more. Without a copy, "
           "going back brings back the container, but not the data."));
    m_withoutCopy = new QCheckBox(tr("Update without a copy of the data"));
    m_withoutCopy->setObjectName(QStringLiteral("withoutCopy"));
    m_withoutCopy->setChecked(m_choices.withoutCopy);
    column.addWidget(m_risk);
    column.addWidget(m_withoutCopy);
    connect(m_withoutCopy, &QCheckBox::toggled, this, [this](bool wanted) {
        m_choices.withoutCopy = wanted;
        Q_EMIT changed();
    });
}

void PlanView::showConsequences()
{
    const bool risky = riskWithoutBackup(m_plan.backup, m_backup->isChecked());
    m_risk->setVisible(risky);
    m_withoutCopy->setVisible(risky);
    m_rollback->setHint(rollbackMeaning(m_plan, savesVolumes()));
}

bool PlanView::savesVolumes() const
{
    return m_backup->isChecked();
}

bool PlanView::canBegin() const
{
    return hindrance().isEmpty();
}

QString PlanView::hindrance() const
{
    if (!ui::canBegin(m_plan)) {
        return tr("Something stands in the way of this update.");
    }
    if (riskWithoutBackup(m_plan.backup, m_backup->isChecked()) && !m_withoutCopy->isChecked()) {
        return tr("Say first whether it may go on without a copy of the data.");
    }
    return {};
}

void PlanView::addOrder(QVBoxLayout &column) const
{
    // The container alone needs no list.
    if (m_plan.order.size() < 2) {
        return;
    }
    QVBoxLayout *section = sectionIn(column, tr("Containers, in the order in which they stop"));
    int number = 0;
    for (const contracts::PlannedContainer &planned : m_plan.order) {
        QStringList parts{
            tr("%1. %2", "number, name of a container").arg(++number).arg(harmless(planned.name)),
            plannedActionWord(planned.action)};
        if (!planned.why.isEmpty()) {
            parts << harmless(planned.why);
        }
        section->addWidget(wrapped(LabelRole::Body, parts.join(QStringLiteral(" · "))));
    }
}

void PlanView::addNotes(QVBoxLayout &column) const
{
    if (m_plan.notes.empty() && m_plan.carriedFiles.empty()) {
        return;
    }
    QVBoxLayout *section = sectionIn(column, tr("Good to know"));
    for (const QString &note : m_plan.notes) {
        section->addWidget(wrapped(LabelRole::Body, harmless(note, 1000)));
    }
    if (!m_plan.carriedFiles.empty()) {
        const QStringList files(m_plan.carriedFiles.begin(), m_plan.carriedFiles.end());
        section->addWidget(
            wrapped(LabelRole::Body, tr("Files that compose put into the container are carried over: %1")
                                         .arg(harmless(files.join(QStringLiteral(", ")), 2000))));
    }
}

void PlanView::addPreflight(QVBoxLayout &column) const
{
    std::vector<PreflightFinding> good;
    std::vector<PreflightFinding> others;
    for (const PreflightFinding &found : m_plan.preflight) {
        // What stands in the way is told at the top.
        if (found.finding != Finding::Failed) {
            (found.finding == Finding::Ok ? good : others).push_back(found);
        }
    }
    if (good.empty() && others.empty()) {
        return;
    }
    QVBoxLayout *section = sectionIn(column, tr("Looked at before anything is touched"));
    if (!others.empty()) {
        section->addWidget(findingRows(others));
    }
    if (!good.empty()) {
        auto *more = new Foldout(
            tr("%n thing(s) found good", nullptr, static_cast<int>(good.size())), findingRows(good));
        more->setObjectName(QStringLiteral("goodFindings"));
        section->addWidget(more);
    }
}

void PlanView::addDetails(QVBoxLayout &column) const
{
    if (m_plan.changes) {
        auto *config = new Foldout(tr("Configuration of the image"), imageConfigWidget(*m_plan.changes));
        config->setObjectName(QStringLiteral("planConfig"));
        column.addWidget(config);
    }
    auto *payload = new QWidget;
    QVBoxLayout *lines = columnOf(payload, 6);
    auto *code = new CodeView(tr("What is sent to Docker"), payloadHeight);
    code->setObjectName(QStringLiteral("payload"));
    code->setCode(
        QString::fromStdString(m_plan.payload.dump(2, ' ', false, core::Json::error_handler_t::replace)));
    auto *copy = new Button(ButtonKind::Secondary, QStringLiteral("copy"), tr("Copy"));
    copy->setObjectName(QStringLiteral("copyPayload"));
    connect(
        copy, &QPushButton::clicked, code, [code] { QGuiApplication::clipboard()->setText(code->code()); });
    lines->addWidget(code);
    lines->addWidget(copy, 0, Qt::AlignLeft);
    auto *fold = new Foldout(tr("What is sent to Docker"), payload);
    fold->setObjectName(QStringLiteral("planPayload"));
    column.addWidget(fold);
}

} // namespace dockerauto::ui
