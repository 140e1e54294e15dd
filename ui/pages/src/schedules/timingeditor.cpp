#include "timingeditor.h"

#include "daypicker.h"
#include "timefield.h"

#include <ui/label.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int mostCommonDate = 28;

void select(QComboBox &combo, int value)
{
    combo.setCurrentIndex(combo.findData(value));
}

} // namespace

TimingEditor::TimingEditor(QLineEdit &pattern, QWidget *parent) : QWidget(parent), m_pattern(pattern)
{
    m_choice = new QComboBox;
    m_choice->setObjectName(QStringLiteral("rhythm"));
    m_choice->setAccessibleName(tr("When"));
    m_choice->addItems({tr("Every day"), tr("On weekdays"), tr("On some days of the week"), tr("Every month"),
        tr("Every few hours"), tr("By the pattern below")});
    m_hours = new QComboBox;
    m_hours->setAccessibleName(tr("How often"));
    for (const int hours : {1, 2, 3, 4, 6, 8, 12}) {
        m_hours->addItem(tr("every %n hour(s)", nullptr, hours), hours);
    }
    m_date = new QComboBox;
    m_date->setAccessibleName(tr("Day of the month"));
    m_date->setMaxVisibleItems(12);
    for (int date = 1; date <= 31; ++date) {
        m_date->addItem(
            date > mostCommonDate ? tr("on day %1, where there is one").arg(date) : tr("on day %1").arg(date),
            date);
    }
    m_date->addItem(tr("on the last day"), 0);
    m_at = new Label(LabelRole::Body, tr("at", "a time of day"));
    m_time = new TimeField(QStringLiteral("02:00"));
    m_time->setObjectName(QStringLiteral("timeOfDay"));
    m_time->setAccessibleName(tr("Time of day"));
    m_days = new DayPicker;
    m_days->setObjectName(QStringLiteral("days"));

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_choice);
    row->addWidget(m_hours);
    row->addWidget(m_date);
    row->addWidget(m_at);
    row->addWidget(m_time);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(m_days);
    setFocusProxy(m_choice);

    connect(m_choice, &QComboBox::activated, this, &TimingEditor::takeWords);
    connect(m_hours, &QComboBox::activated, this, &TimingEditor::takeWords);
    connect(m_date, &QComboBox::activated, this, &TimingEditor::takeWords);
    connect(m_time, &QLineEdit::textEdited, this, &TimingEditor::takeWords);
    connect(m_time, &QLineEdit::editingFinished, this, &TimingEditor::takeWords);
    connect(m_days, &DayPicker::edited, this, &TimingEditor::takeWords);
    connect(&m_pattern, &QLineEdit::textEdited, this, &TimingEditor::takePattern);
    showParts();
}

TimingEditor::Choice TimingEditor::choice() const
{
    return static_cast<Choice>(m_choice->currentIndex());
}

void TimingEditor::setCron(const QString &cron)
{
    m_pattern.setText(cron);
    takePattern();
}

QString TimingEditor::cron() const
{
    return m_pattern.text().simplified();
}

void TimingEditor::takeWords()
{
    showParts();
    const Choice chosen = choice();
    PlainTiming timing;
    timing.time = m_time->time();
    if (chosen != Pattern && timing.time.isValid()) {
        timing.rhythm = static_cast<Rhythm>(chosen);
        timing.days = m_days->days();
        timing.dayOfMonth = m_date->currentData().toInt();
        timing.hours = m_hours->currentData().toInt();
        if (chosen == Weekly && timing.days.empty()) {
            timing.days = {1};
            m_days->setDays(timing.days);
        }
        m_pattern.setText(cronOf(timing));
    }
    if (chosen == Pattern && sender() == m_choice) {
        m_pattern.setFocus();
        m_pattern.selectAll();
    }
    Q_EMIT changed();
}

void TimingEditor::takePattern()
{
    const auto timing = plainTimingOf(m_pattern.text());
    m_choice->setCurrentIndex(timing ? static_cast<int>(timing->rhythm) : static_cast<int>(Pattern));
    if (timing) {
        m_time->setTime(timing->time);
        m_days->setDays(timing->days);
        select(*m_date, timing->dayOfMonth);
        select(*m_hours, timing->hours);
    }
    showParts();
    Q_EMIT changed();
}

void TimingEditor::showParts()
{
    const Choice chosen = choice();
    m_hours->setVisible(chosen == Hours);
    m_date->setVisible(chosen == Monthly);
    m_days->setVisible(chosen == Weekly);
    m_at->setVisible(chosen < Hours);
    m_time->setVisible(chosen < Hours);
}

} // namespace dockerauto::ui
