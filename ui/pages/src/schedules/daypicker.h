#pragma once

#include <QWidget>

#include <array>
#include <vector>

class QAbstractButton;

namespace dockerauto::ui {

/// Seven days, any of them chosen.
class DayPicker : public QWidget
{
    Q_OBJECT

public:
    explicit DayPicker(QWidget *parent = nullptr);

    /// 1 = Monday … 7 = Sunday, in order.
    [[nodiscard]] std::vector<int> days() const;
    void setDays(const std::vector<int> &days);

Q_SIGNALS:
    /// By a person.
    void edited();

private:
    std::array<QAbstractButton *, 7> m_buttons{};
};

} // namespace dockerauto::ui
