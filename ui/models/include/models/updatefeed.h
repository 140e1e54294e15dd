#pragma once

#include <contracts/backend.h>
#include <models/updatemodel.h>

#include <QBasicTimer>
#include <QObject>
#include <QSet>

#include <deque>
#include <optional>
#include <vector>

namespace dockerauto::ui {

/// Keeps an UpdateModel in step with the backend: what is not finished, the newest finished ones and more of
/// them on demand, and log and proof of the update that is looked at. Main thread; nothing waits.
class UpdateFeed : public QObject
{
    Q_OBJECT

public:
    enum class State
    {
        Loading,
        Ready,
        Failed
    };

    UpdateFeed(contracts::Backend &backend, UpdateModel &model, QObject *parent = nullptr);

    void reload();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }

    /// True when older finished updates can be read.
    [[nodiscard]] bool hasMore() const { return m_nextHistory.has_value(); }
    void readMore();

    /// The update whose log and proof are wanted; empty for none. Reads it, and again after its steps.
    void setWatched(const QString &id);
    [[nodiscard]] const QString &watched() const { return m_watched; }

    /// Bytes a second of the pull of the watched update, over the last seconds; absent while unknown.
    [[nodiscard]] std::optional<qint64> pullSpeed() const;

Q_SIGNALS:
    void stateChanged();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Reading
    {
        std::vector<contracts::Update> updates;
        /// What events brought meanwhile is newer than the pages.
        QSet<QString> newer;
        bool historyRead = false;
        bool openRead = false;
    };
    struct PullSample
    {
        core::Timestamp time;
        qint64 bytes = 0;
    };

    void readOpen(quint64 turn, const std::optional<QString> &cursor);
    void readHistory(quint64 turn);
    void finishPart(quint64 turn, core::Result<void> result);
    void readWatched();
    void onEvent(const contracts::Event &event);
    void onStep(const contracts::UpdateStepChanged &change, core::Timestamp time);

    contracts::Backend &m_backend;
    UpdateModel &m_model;
    State m_state = State::Loading;
    std::optional<core::Error> m_error;
    quint64 m_turn = 0;
    std::optional<Reading> m_reading;
    std::optional<QString> m_nextHistory;
    QString m_watched;
    QBasicTimer m_watchTimer;
    std::deque<PullSample> m_pull;
};

} // namespace dockerauto::ui
