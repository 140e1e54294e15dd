#pragma once

#include "scheduleeditor.h"

class QDateEdit;

namespace dockerauto::ui {

class Button;
class DayPicker;
class FormField;
class Label;
class SegmentedFilter;
class TimeField;

/// Makes or changes a maintenance window or a freeze.
class WindowEditor : public FormSheet
{
    Q_OBJECT

public:
    /// Without a window a new one is made.
    WindowEditor(QWidget *parent, const ScheduleEditor::Surroundings &around,
        const std::optional<contracts::Window> &window);

    /// Takes the calendar in the file; at most 1 MiB. What is wrong is shown at the field.
    Q_INVOKABLE void readCalendar(const QString &fileName);

Q_SIGNALS:
    /// The backend has taken it.
    void saved(const QString &name);

protected:
    void submit() override;

private:
    enum Mode
    {
        Weekly,
        Once,
        Calendar
    };

    void build(const Directory &directory, core::Timestamp now);
    [[nodiscard]] QWidget *buildWeekly();
    [[nodiscard]] QWidget *buildOnce(core::Timestamp now);
    [[nodiscard]] QWidget *buildCalendar();
    void fill(const contracts::Window &window);
    void chooseFile();
    void showMode();
    [[nodiscard]] Mode mode() const;
    [[nodiscard]] contracts::WindowTimes times() const;
    void finish(const core::Result<contracts::Window> &answer);

    contracts::Backend &m_backend;
    std::optional<contracts::Window> m_window;
    Mode m_firstMode = Weekly;
    QString m_calendar;
    QLineEdit *m_name = nullptr;
    QComboBox *m_kind = nullptr;
    SegmentedFilter *m_mode = nullptr;
    FormField *m_modeField = nullptr;
    FormField *m_weekly = nullptr;
    FormField *m_once = nullptr;
    FormField *m_file = nullptr;
    DayPicker *m_days = nullptr;
    TimeField *m_start = nullptr;
    TimeField *m_end = nullptr;
    SuggestField *m_zone = nullptr;
    FormField *m_zoneField = nullptr;
    QDateEdit *m_fromDate = nullptr;
    TimeField *m_fromTime = nullptr;
    QDateEdit *m_untilDate = nullptr;
    TimeField *m_untilTime = nullptr;
    Label *m_fileName = nullptr;
    ScopePicker *m_scope = nullptr;
};

} // namespace dockerauto::ui
