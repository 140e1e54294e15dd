#pragma once

#include <QWidget>

namespace dockerauto::ui {

class BackendStatus;

/// 30 pixels at the bottom: what runs now, when the next check is, whether the backend answers.
class Footer : public QWidget
{
    Q_OBJECT

public:
    explicit Footer(BackendStatus &status, QWidget *parent = nullptr);

Q_SIGNALS:
    void jobActivated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Job;
    class Note;

    void showStatus();
    void showNext();

    BackendStatus &m_status;
    Job *m_job = nullptr;
    Note *m_next = nullptr;
    Note *m_connection = nullptr;
};

} // namespace dockerauto::ui
