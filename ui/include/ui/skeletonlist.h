#pragma once

#include <QBasicTimer>
#include <QWidget>

namespace dockerauto::ui {

/// Grey shapes of rows while a list is read for the first time. They appear only after 300 ms, so that a
/// quick answer does not flicker.
class SkeletonList : public QWidget
{
    Q_OBJECT

public:
    explicit SkeletonList(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    QBasicTimer m_delay;
    bool m_visibleRows = false;
};

} // namespace dockerauto::ui
