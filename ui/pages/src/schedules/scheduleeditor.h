#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>
#include <contracts/schedules.h>
#include <models/displaytext.h>

#include <optional>

class QComboBox;
class QLineEdit;

namespace dockerauto::ui {

class Directory;
class RunPreview;
class ScopePicker;
class SuggestField;
class TimingEditor;

/// Makes or changes a schedule.
class ScheduleEditor : public FormSheet
{
    Q_OBJECT

public:
    /// What must outlive the sheet, and the clock.
    struct Surroundings
    {
        contracts::Backend &backend;
        const Directory &directory;
        TimeSource now = currentTime;
    };
    /// Without a schedule a new one is made.
    ScheduleEditor(
        QWidget *parent, const Surroundings &around, const std::optional<contracts::Schedule> &schedule);

Q_SIGNALS:
    /// The backend has taken it.
    void saved(const QString &name);

protected:
    void submit() override;

private:
    void build(const Surroundings &around);
    void fill(const contracts::Schedule &schedule);
    void previewRuns();
    [[nodiscard]] contracts::ScheduleChange change() const;
    void finish(const core::Result<contracts::Schedule> &answer);

    contracts::Backend &m_backend;
    std::optional<contracts::Schedule> m_schedule;
    QLineEdit *m_name = nullptr;
    QComboBox *m_action = nullptr;
    QLineEdit *m_pattern = nullptr;
    TimingEditor *m_timing = nullptr;
    SuggestField *m_zone = nullptr;
    RunPreview *m_preview = nullptr;
    ScopePicker *m_scope = nullptr;
    QComboBox *m_jitter = nullptr;
    QComboBox *m_missed = nullptr;
};

/// All IANA names this machine knows.
[[nodiscard]] QStringList knownZones();
/// The IANA name of this machine's zone.
[[nodiscard]] QString machineZone();
/// Two fields beside each other in equal parts.
[[nodiscard]] QWidget *besideEachOther(QWidget *left, QWidget *right);

} // namespace dockerauto::ui
