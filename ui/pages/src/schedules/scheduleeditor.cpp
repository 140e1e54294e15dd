#include "scheduleeditor.h"

#include "common/formfield.h"
#include "common/suggestfield.h"
#include "runpreview.h"
#include "scopepicker.h"
#include "timingeditor.h"

#include <models/directory.h>
#include <models/planwords.h>
#include <ui/fonts.h>
#include <ui/label.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QTimeZone>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int mostNameLength = 100;

void selectData(QComboBox &combo, int value, const QString &otherwise)
{
    if (combo.findData(value) < 0) {
        combo.addItem(otherwise, value);
    }
    combo.setCurrentIndex(combo.findData(value));
}

} // namespace

QStringList knownZones()
{
    QStringList names;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        // What people choose from: not the bare offsets, which have no daylight saving time.
        if (!id.startsWith("UTC+") && !id.startsWith("UTC-")) {
            names << QString::fromUtf8(id);
        }
    }
    return names;
}

QString machineZone()
{
    return QString::fromUtf8(QTimeZone::systemTimeZoneId());
}

QWidget *besideEachOther(QWidget *left, QWidget *right)
{
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(left, 1, Qt::AlignTop);
    row->addWidget(right, 1, Qt::AlignTop);
    return both;
}

ScheduleEditor::ScheduleEditor(
    QWidget *parent, const Surroundings &around, const std::optional<contracts::Schedule> &schedule)
    : FormSheet(
          parent, schedule ? tr("Edit schedule") : tr("New schedule"), schedule ? tr("Save") : tr("Create"))
    , m_backend(around.backend)
    , m_schedule(schedule)
{
    setObjectName(QStringLiteral("scheduleEditor"));
    build(around);
    if (schedule) {
        fill(*schedule);
    } else {
        m_zone->setText(machineZone());
        m_timing->setCron(QStringLiteral("0 2 * * *"));
    }
    previewRuns();
    finishLayout(m_name);
}

void ScheduleEditor::build(const Surroundings &around)
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setMaxLength(mostNameLength);
    m_name->setPlaceholderText(tr("Nightly patches"));
    m_action = new QComboBox;
    m_action->setObjectName(QStringLiteral("action"));
    m_action->addItem(actionWords(core::ScheduleAction::Check));
    m_action->addItem(actionWords(core::ScheduleAction::Update));
    m_action->setCurrentIndex(1);
    m_pattern = new QLineEdit;
    m_pattern->setObjectName(QStringLiteral("cron"));
    m_pattern->setFont(ui::font(TextStyle::Mono));
    m_timing = new TimingEditor(*m_pattern);
    m_zone = new SuggestField;
    m_zone->setObjectName(QStringLiteral("zone"));
    m_zone->setSuggestions(knownZones());
    m_preview = new RunPreview(around.backend, around.now);
    m_preview->setObjectName(QStringLiteral("preview"));
    m_scope = new ScopePicker(around.directory);
    m_jitter = new QComboBox;
    m_jitter->addItem(tr("exactly on time"), 0);
    for (const int seconds : {60, 300, 900, 1800, 3600}) {
        m_jitter->addItem(tr("up to %1 later").arg(spanText(seconds)), seconds);
    }
    m_missed = new QComboBox;
    m_missed->addItems({tr("once, as soon as possible"), tr("not at all")});

    addField(QStringLiteral("name"), tr("Name"), m_name);
    auto *action = addField(QStringLiteral("action"), tr("What it does"), m_action);
    const auto explain = [this, action] {
        action->setHint(m_action->currentIndex() == 0
                            ? tr("Asks the registries what is new. Nothing is updated.")
                            : tr("Asks the registries, then updates the containers whose policy is "
                                 "“Scheduled”."));
    };
    connect(m_action, &QComboBox::currentIndexChanged, this, explain);
    explain();
    addField({}, tr("When"), m_timing);
    auto *pattern = new FormField(tr("Cron pattern"), m_pattern);
    auto *zone = new FormField(tr("Time zone"), m_zone);
    nameField(QStringLiteral("cron"), pattern);
    nameField(QStringLiteral("zone"), zone);
    body()->addWidget(besideEachOther(pattern, zone));
    addField({}, tr("Next five runs"), m_preview);
    addField(QStringLiteral("scope"), tr("Applies to"), m_scope);
    auto *jitter = new FormField(tr("Begins"), m_jitter, tr("Spreads the load on registries."));
    auto *missed = new FormField(tr("Missed runs are made up"), m_missed);
    nameField(QStringLiteral("jitterSeconds"), jitter);
    nameField(QStringLiteral("missed"), missed);
    body()->addWidget(besideEachOther(jitter, missed));

    connect(m_timing, &TimingEditor::changed, this, &ScheduleEditor::previewRuns);
    connect(m_zone, &QLineEdit::textChanged, this, &ScheduleEditor::previewRuns);
    connect(m_preview, &RunPreview::accepted, this, [pattern, zone] {
        pattern->setError({});
        zone->setError({});
    });
    connect(m_preview, &RunPreview::refused, this, [pattern, zone](const core::Error &error) {
        // Whatever is wrong here is wrong with one of these two.
        const bool atZone = error.path == QLatin1String("zone");
        zone->setError(atZone ? harmless(error.message) : QString());
        pattern->setError(atZone ? QString() : harmless(error.message));
    });
}

void ScheduleEditor::fill(const contracts::Schedule &schedule)
{
    m_name->setText(schedule.name);
    m_action->setCurrentIndex(schedule.action == core::ScheduleAction::Check ? 0 : 1);
    m_zone->setText(schedule.zone);
    m_timing->setCron(schedule.cron);
    m_scope->setScope(schedule.scope);
    selectData(*m_jitter, schedule.jitterSeconds, tr("up to %1 later").arg(spanText(schedule.jitterSeconds)));
    m_missed->setCurrentIndex(schedule.missed == core::MissedRuns::RunOnce ? 0 : 1);
}

void ScheduleEditor::previewRuns()
{
    m_preview->preview(m_timing->cron(), m_zone->text().trimmed());
}

contracts::ScheduleChange ScheduleEditor::change() const
{
    contracts::ScheduleChange change;
    change.id = m_schedule ? m_schedule->id : QString();
    change.enabled = !m_schedule || m_schedule->enabled;
    change.name = m_name->text().trimmed();
    change.action =
        m_action->currentIndex() == 0 ? core::ScheduleAction::Check : core::ScheduleAction::Update;
    change.cron = m_timing->cron();
    change.zone = m_zone->text().trimmed();
    change.scope = m_scope->scope();
    change.jitterSeconds = m_jitter->currentData().toInt();
    change.missed = m_missed->currentIndex() == 0 ? core::MissedRuns::RunOnce : core::MissedRuns::Skip;
    return change;
}

void ScheduleEditor::submit()
{
    setBusy(true);
    const contracts::ScheduleChange wanted = change();
    const auto answer = [this](core::Result<contracts::Schedule> schedule) { finish(schedule); };
    if (m_schedule) {
        m_backend.call<contracts::ChangeSchedule>(wanted, this, answer);
        return;
    }
    contracts::NewSchedule request;
    request.name = wanted.name;
    request.enabled = wanted.enabled;
    request.action = wanted.action;
    request.cron = wanted.cron;
    request.zone = wanted.zone;
    request.scope = wanted.scope;
    request.jitterSeconds = wanted.jitterSeconds;
    request.missed = wanted.missed;
    m_backend.call<contracts::CreateSchedule>(request, this, answer);
}

void ScheduleEditor::finish(const core::Result<contracts::Schedule> &answer)
{
    if (!answer) {
        showError(answer.error());
        return;
    }
    Q_EMIT saved(answer->name);
    accept();
}

} // namespace dockerauto::ui
