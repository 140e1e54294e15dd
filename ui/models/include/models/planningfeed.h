#pragma once

#include <contracts/backend.h>
#include <contracts/events.h>
#include <contracts/policies.h>
#include <contracts/schedules.h>

#include <QBasicTimer>
#include <QObject>

#include <optional>
#include <vector>

namespace dockerauto::ui {

/// How far the reading of something has come.
enum class ReadState
{
    /// Nothing was read yet.
    Loading,
    Ready,
    /// The first reading failed; there is an error.
    Failed
};

/// True for the event that tells of the end of a check.
[[nodiscard]] bool endsCheck(const contracts::Event &event);

/// Schedules, windows, freezes, what comes next, and policies, kept in step with the backend. Main thread;
/// nothing waits.
class PlanningFeed : public QObject
{
    Q_OBJECT

public:
    explicit PlanningFeed(contracts::Backend &backend, QObject *parent = nullptr);

    void reload();

    /// Of schedules and windows.
    [[nodiscard]] ReadState state() const { return m_plans.state; }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_plans.error; }
    [[nodiscard]] const std::vector<contracts::Schedule> &schedules() const { return m_schedules; }
    [[nodiscard]] const std::vector<contracts::Window> &windows() const { return m_windows; }
    /// Of the next seven days, in order of time; empty when they could not be read.
    [[nodiscard]] const std::vector<contracts::UpcomingItem> &upcoming() const { return m_upcoming; }

    [[nodiscard]] ReadState policiesState() const { return m_rules.state; }
    [[nodiscard]] const std::optional<core::Error> &policiesError() const { return m_rules.error; }
    [[nodiscard]] const std::vector<contracts::Policy> &policies() const { return m_policies; }

    /// Null when there is none.
    [[nodiscard]] const contracts::Schedule *schedule(const QString &id) const;
    [[nodiscard]] const contracts::Window *window(const QString &id) const;
    [[nodiscard]] const contracts::Policy *policy(const QString &id) const;

Q_SIGNALS:
    void changed();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Part
    {
        ReadState state = ReadState::Loading;
        std::optional<core::Error> error;
        /// Answers that are still to come.
        int waiting = 0;
    };
    template <class Op, class Take>
    void read(Part &part, const typename Op::Request &request, Take take);
    void finish(Part &part);

    contracts::Backend &m_backend;
    quint64 m_turn = 0;
    Part m_plans;
    Part m_rules;
    std::vector<contracts::Schedule> m_schedules;
    std::vector<contracts::Window> m_windows;
    std::vector<contracts::UpcomingItem> m_upcoming;
    std::vector<contracts::Policy> m_policies;
    QBasicTimer m_soon;
};

} // namespace dockerauto::ui
