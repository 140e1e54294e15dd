#include "windoweditor.h"

#include "common/formfield.h"
#include "common/suggestfield.h"
#include "daypicker.h"
#include "scopepicker.h"
#include "timefield.h"

#include <models/planwords.h>
#include <models/timing.h>
#include <ui/button.h>
#include <ui/label.h>
#include <ui/segmentedfilter.h>

#include <QCalendarWidget>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int mostNameLength = 100;
constexpr qint64 mostCalendarBytes = 1024 * 1024;

QHBoxLayout *rowIn(QWidget *widget)
{
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    return row;
}

QDateEdit *dateEdit(const QString &name, const QDate &date)
{
    auto *edit = new QDateEdit(date);
    edit->setCalendarPopup(true);
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    edit->setAccessibleName(name);
    edit->setFixedSize(126, 32);
    edit->calendarWidget()->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    return edit;
}

QDateTime local(core::Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

core::Timestamp moment(const QDate &date, const QTime &time)
{
    return core::Timestamp(std::chrono::milliseconds(QDateTime(date, time).toMSecsSinceEpoch()));
}

} // namespace

WindowEditor::WindowEditor(QWidget *parent, const ScheduleEditor::Surroundings &around,
    const std::optional<contracts::Window> &window)
    : FormSheet(parent, window ? tr("Edit window or freeze") : tr("New window or freeze"),
          window ? tr("Save") : tr("Create"))
    , m_backend(around.backend)
    , m_window(window)
{
    setObjectName(QStringLiteral("windowEditor"));
    build(around.directory, around.now());
    if (window) {
        fill(*window);
    }
    m_firstMode = mode();
    showMode();
    finishLayout(m_name);
}

void WindowEditor::build(const Directory &directory, core::Timestamp now)
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setMaxLength(mostNameLength);
    m_name->setPlaceholderText(tr("Quiet hours"));
    m_kind = new QComboBox;
    m_kind->setObjectName(QStringLiteral("kind"));
    m_kind->addItems({windowKindWords(core::WindowKind::Window), windowKindWords(core::WindowKind::Freeze)});
    m_mode = new SegmentedFilter;
    m_mode->setObjectName(QStringLiteral("mode"));
    m_mode->addSegment(tr("Every week"));
    m_mode->addSegment(tr("Once"));
    m_mode->addSegment(tr("From a calendar"));
    m_zone = new SuggestField;
    m_zone->setObjectName(QStringLiteral("zone"));
    m_zone->setSuggestions(knownZones());
    m_zone->setText(machineZone());
    m_scope = new ScopePicker(directory);

    addField(QStringLiteral("name"), tr("Name"), m_name);
    auto *kind = addField(QStringLiteral("kind"), tr("What it is"), m_kind);
    const auto explain = [this, kind] {
        kind->setHint(m_kind->currentIndex() == 0
                          ? tr("Containers that a window covers are updated by themselves only inside it.")
                          : tr("Nothing begins by itself while it lasts, not even inside a window. What a "
                               "person starts still runs."));
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, explain);
    explain();
    m_modeField = addField(QStringLiteral("times"), tr("When"), m_mode);
    m_weekly = addField(QStringLiteral("times/start"), {}, buildWeekly());
    nameField(QStringLiteral("times/end"), m_weekly);
    nameField(QStringLiteral("times/days"), m_weekly);
    m_zoneField = addField(QStringLiteral("times/zone"), tr("Time zone"), m_zone);
    m_once = addField(QStringLiteral("times/from"), {}, buildOnce(now));
    nameField(QStringLiteral("times/until"), m_once);
    m_file = addField(QStringLiteral("calendar"), {}, buildCalendar(),
        tr("An iCalendar file (.ics), at most 1 MiB. Each of its events opens the window."));
    addField(QStringLiteral("scope"), tr("Applies to"), m_scope);
    connect(m_mode, &SegmentedFilter::currentChanged, this, &WindowEditor::showMode);
}

QWidget *WindowEditor::buildWeekly()
{
    m_days = new DayPicker;
    m_days->setObjectName(QStringLiteral("days"));
    m_days->setDays({1, 2, 3, 4, 5, 6, 7});
    m_start = new TimeField(QStringLiteral("02:00"));
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setAccessibleName(tr("From"));
    m_end = new TimeField(QStringLiteral("05:00"));
    m_end->setObjectName(QStringLiteral("end"));
    m_end->setAccessibleName(tr("Until"));
    auto *note = new Label(LabelRole::Secondary);
    const auto explain = [this, note] {
        const bool nextDay =
            m_start->time().isValid() && m_end->time().isValid() && m_end->time() <= m_start->time();
        note->setText(nextDay ? tr("ends on the next day") : QString());
    };
    connect(m_start, &QLineEdit::textChanged, this, explain);
    connect(m_end, &QLineEdit::textChanged, this, explain);
    auto *times = new QWidget;
    QHBoxLayout *row = rowIn(times);
    row->addWidget(new Label(LabelRole::Body, tr("from")));
    row->addWidget(m_start);
    row->addWidget(new Label(LabelRole::Body, tr("until")));
    row->addWidget(m_end);
    row->addWidget(note, 1);
    auto *weekly = new QWidget;
    weekly->setAccessibleName(tr("Every week"));
    auto *layout = new QVBoxLayout(weekly);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_days);
    layout->addWidget(times);
    return weekly;
}

QWidget *WindowEditor::buildOnce(core::Timestamp now)
{
    const QDate today = local(now).date();
    m_fromDate = dateEdit(tr("First day"), today);
    m_fromDate->setObjectName(QStringLiteral("fromDate"));
    m_fromTime = new TimeField(QStringLiteral("00:00"));
    m_fromTime->setAccessibleName(tr("From"));
    m_untilDate = dateEdit(tr("Last day"), today.addDays(1));
    m_untilDate->setObjectName(QStringLiteral("untilDate"));
    m_untilTime = new TimeField(QStringLiteral("00:00"));
    m_untilTime->setAccessibleName(tr("Until"));
    auto *once = new QWidget;
    once->setAccessibleName(tr("Once"));
    QHBoxLayout *row = rowIn(once);
    row->addWidget(new Label(LabelRole::Body, tr("from")));
    row->addWidget(m_fromDate);
    row->addWidget(m_fromTime);
    row->addWidget(new Label(LabelRole::Body, tr("until")));
    row->addWidget(m_untilDate);
    row->addWidget(m_untilTime);
    row->addStretch(1);
    return once;
}

QWidget *WindowEditor::buildCalendar()
{
    auto *choose = new Button(ButtonKind::Secondary, QStringLiteral("file-up"), tr("Choose a file…"));
    choose->setObjectName(QStringLiteral("chooseCalendar"));
    m_fileName = new Label(LabelRole::Body, tr("No file chosen"));
    m_fileName->setColor(&Theme::text2);
    connect(choose, &QPushButton::clicked, this, &WindowEditor::chooseFile);
    auto *calendar = new QWidget;
    calendar->setAccessibleName(tr("From a calendar"));
    QHBoxLayout *row = rowIn(calendar);
    row->addWidget(choose);
    row->addWidget(m_fileName, 1);
    return calendar;
}

void WindowEditor::fill(const contracts::Window &window)
{
    const contracts::WindowTimes &times = window.times;
    m_name->setText(window.name);
    m_kind->setCurrentIndex(window.kind == core::WindowKind::Window ? 0 : 1);
    m_scope->setScope(window.scope);
    std::vector<int> days;
    for (const QString &name : times.days.value_or(std::vector<QString>())) {
        days.push_back(dayOfName(name));
    }
    if (times.start || !days.empty()) {
        m_days->setDays(days.empty() ? m_days->days() : days);
        m_start->setText(times.start.value_or(QStringLiteral("00:00")));
        m_end->setText(times.end.value_or(QStringLiteral("24:00")));
        m_zone->setText(times.zone.value_or(QStringLiteral("UTC")));
    }
    if (times.from && times.until) {
        m_fromDate->setDate(local(*times.from).date());
        m_fromTime->setTime(local(*times.from).time());
        m_untilDate->setDate(local(*times.until).date());
        m_untilTime->setTime(local(*times.until).time());
    }
    if (window.calendar) {
        m_fileName->setText(tr("The imported calendar stays"));
    }
    m_mode->setCurrent(window.calendar ? Calendar : times.from ? Once : Weekly);
}

WindowEditor::Mode WindowEditor::mode() const
{
    return static_cast<Mode>(m_mode->current());
}

void WindowEditor::showMode()
{
    m_weekly->setVisible(mode() == Weekly);
    m_zoneField->setVisible(mode() == Weekly);
    m_once->setVisible(mode() == Once);
    m_file->setVisible(mode() == Calendar);
    QStringList hints;
    if (mode() == Once) {
        hints << tr("Times of this machine, %1.").arg(machineZone());
    }
    if (mode() != Calendar && m_window && m_window->calendar) {
        hints << tr("The imported calendar stays as well; only a new window is without it.");
    }
    m_modeField->setHint(hints.join(QLatin1Char(' ')));
}

void WindowEditor::chooseFile()
{
    // Not the static function: it would wait in an event loop of its own.
    auto *dialog = new QFileDialog(this, tr("Choose a calendar"), {},
        tr("Calendars (*.ics)") + QStringLiteral(";;") + tr("All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &WindowEditor::readCalendar);
    dialog->open();
}

void WindowEditor::readCalendar(const QString &fileName)
{
    QFile file(fileName);
    const QString shown = harmless(QFileInfo(fileName).fileName(), 60);
    if (!file.open(QIODevice::ReadOnly)) {
        m_file->setError(tr("%1 cannot be read: %2.").arg(shown, file.errorString()));
        return;
    }
    const QByteArray content = file.read(mostCalendarBytes + 1);
    if (content.size() > mostCalendarBytes) {
        m_file->setError(tr("%1 is larger than 1 MiB. Export fewer events, or a shorter time.").arg(shown));
        return;
    }
    m_file->setError({});
    m_calendar = QString::fromUtf8(content);
    m_fileName->setText(shown);
}

contracts::WindowTimes WindowEditor::times() const
{
    // What another program has set beside it stays as long as the kind of times is not changed here.
    contracts::WindowTimes times;
    if (m_window && mode() == m_firstMode) {
        times = m_window->times;
    }
    if (mode() == Weekly) {
        const std::vector<int> days = m_days->days();
        std::vector<QString> names;
        std::ranges::transform(days, std::back_inserter(names), dayName);
        times.days = names;
        times.start = m_start->clock();
        times.end = m_end->clock();
        times.zone = m_zone->text().trimmed();
    } else if (mode() == Once) {
        times.from = moment(m_fromDate->date(), m_fromTime->time());
        times.until = moment(m_untilDate->date(), m_untilTime->time());
    }
    return times;
}

void WindowEditor::submit()
{
    if (mode() == Weekly && m_days->days().empty()) {
        m_weekly->setError(tr("Choose at least one day."));
        return;
    }
    if (mode() == Once && (!m_fromTime->time().isValid() || !m_untilTime->time().isValid())) {
        m_once->setError(tr("Times look like 18:00."));
        return;
    }
    if (mode() == Calendar && m_calendar.isEmpty() && !(m_window && m_window->calendar)) {
        m_file->setError(tr("Choose the file to import."));
        return;
    }
    setBusy(true);
    const auto kind = m_kind->currentIndex() == 0 ? core::WindowKind::Window : core::WindowKind::Freeze;
    const auto calendar =
        mode() == Calendar && !m_calendar.isEmpty() ? std::optional(m_calendar) : std::nullopt;
    const auto answer = [this](core::Result<contracts::Window> window) { finish(window); };
    if (m_window) {
        m_backend.call<contracts::ChangeWindow>({m_window->id, m_name->text().trimmed(), m_window->enabled,
                                                    kind, m_scope->scope(), times(), calendar},
            this, answer);
        return;
    }
    m_backend.call<contracts::CreateWindow>(
        {m_name->text().trimmed(), true, kind, m_scope->scope(), times(), calendar}, this, answer);
}

void WindowEditor::finish(const core::Result<contracts::Window> &answer)
{
    if (!answer) {
        showError(answer.error());
        return;
    }
    Q_EMIT saved(answer->name);
    accept();
}

} // namespace dockerauto::ui
