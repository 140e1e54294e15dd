#pragma once

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLineEdit;

namespace dockerauto::ui {

/// A length of time as a number and a unit, or nothing.
class SpanField : public QWidget
{
    Q_OBJECT

public:
    enum class Unit
    {
        Weeks,
        Days,
        Hours,
        Minutes,
        Seconds
    };

    /// `name`: what the time is for, for those who do not see it. `units`: the largest first. `usual`: the
    /// unit that stands there for nothing.
    SpanField(const QString &name, const std::vector<Unit> &units, Unit usual, QWidget *parent = nullptr);

    /// Shown in the largest unit that fits; what does not fit any is rounded up in the smallest.
    void setSeconds(const std::optional<qint64> &seconds);
    [[nodiscard]] std::optional<qint64> seconds() const;
    [[nodiscard]] QLineEdit *number() const { return m_number; }

Q_SIGNALS:
    void changed();

private:
    QLineEdit *m_number = nullptr;
    QComboBox *m_unit = nullptr;
    std::vector<qint64> m_units;
    qint64 m_usual = 0;
};

} // namespace dockerauto::ui
