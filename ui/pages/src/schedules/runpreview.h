#pragma once

#include <contracts/backend.h>
#include <contracts/schedules.h>
#include <models/displaytext.h>

#include <QBasicTimer>
#include <QWidget>

#include <array>

namespace dockerauto::ui {

class Label;

/// The next five runs of a pattern, asked of the backend a quarter of a second after the last change.
class RunPreview : public QWidget
{
    Q_OBJECT

public:
    RunPreview(contracts::Backend &backend, TimeSource now, QWidget *parent = nullptr);

    void preview(const QString &cron, const QString &zone);
    /// What is shown, line by line.
    [[nodiscard]] QStringList lines() const;

Q_SIGNALS:
    void accepted();
    void refused(const dockerauto::core::Error &error);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    static constexpr int runCount = 5;

    void ask();
    void showRuns(const std::vector<core::Timestamp> &runs);

    contracts::Backend &m_backend;
    TimeSource m_now;
    QBasicTimer m_soon;
    quint64 m_turn = 0;
    QString m_cron;
    QString m_zone;
    Label *m_nothing = nullptr;
    std::array<Label *, runCount> m_moments{};
    std::array<Label *, runCount> m_details{};
};

} // namespace dockerauto::ui
