#pragma once

#include <models/timing.h>

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace dockerauto::ui {

class DayPicker;
class Label;
class TimeField;

/// When a schedule runs, in plain words, kept in step with the pattern that stands in a line of its own.
class TimingEditor : public QWidget
{
    Q_OBJECT

public:
    /// `pattern`: the line with the cron pattern; must outlive this.
    explicit TimingEditor(QLineEdit &pattern, QWidget *parent = nullptr);

    void setCron(const QString &cron);
    [[nodiscard]] QString cron() const;

Q_SIGNALS:
    void changed();

private:
    enum Choice
    {
        Daily,
        Weekdays,
        Weekly,
        Monthly,
        Hours,
        Pattern
    };

    [[nodiscard]] Choice choice() const;
    void takeWords();
    void takePattern();
    void showParts();

    QLineEdit &m_pattern;
    QComboBox *m_choice = nullptr;
    QComboBox *m_hours = nullptr;
    QComboBox *m_date = nullptr;
    Label *m_at = nullptr;
    TimeField *m_time = nullptr;
    DayPicker *m_days = nullptr;
};

} // namespace dockerauto::ui
