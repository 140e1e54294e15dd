#pragma once

#include <QBasicTimer>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace dockerauto::ui {

enum class StepState
{
    Pending,
    Done,
    /// Runs now: a ring with an arc.
    Current,
    Failed,
    /// The step that put the old version back, finished.
    PutBack,
};

struct StepItem
{
    QString title;
    /// A second line: time taken, "0:46 of 2:00", "failed 3 of 3".
    QString detail = {};
    StepState state = StepState::Pending;
    /// Of a current step, 0 to 1; absent when the length is unknown, then the arc turns.
    std::optional<double> fraction = {};
};

/// The steps of an update from left to right, with lines between them.
class Stepper : public QWidget
{
    Q_OBJECT

public:
    explicit Stepper(QWidget *parent = nullptr);

    void setSteps(std::vector<StepItem> steps);
    [[nodiscard]] const std::vector<StepItem> &steps() const { return m_steps; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRectF circleOf(std::size_t step) const;
    void updateTimer();
    void describe();

    std::vector<StepItem> m_steps;
    QBasicTimer m_timer;
    int m_angle = 0;
};

} // namespace dockerauto::ui
