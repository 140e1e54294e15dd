#pragma once

#include <contracts/backend.h>
#include <models/containermodel.h>

#include <QObject>
#include <QSet>

#include <optional>
#include <vector>

namespace dockerauto::ui {

/// Keeps a ContainerModel in step with the backend: reads all pages of the list, applies events, and reads
/// again after a resync or a new connection. Main thread; nothing waits.
class ContainerFeed : public QObject
{
    Q_OBJECT

public:
    enum class State
    {
        /// Nothing was read yet.
        Loading,
        Ready,
        /// The first reading failed; see error().
        Failed,
    };

    struct Check
    {
        QString id;
        int done = 0;
        int total = 0;
        int failed = 0;
    };

    ContainerFeed(contracts::Backend &backend, ContainerModel &model, QObject *parent = nullptr);

    void reload();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }
    [[nodiscard]] const std::vector<contracts::Host> &hosts() const { return m_hosts; }
    /// Hosts that do not answer.
    [[nodiscard]] std::vector<contracts::Host> unreachableHosts() const;
    /// Tries the unreachable hosts now.
    void testHosts();
    [[nodiscard]] bool isTestingHosts() const { return m_testing > 0; }

    /// Asks the registries about all containers, or about these. The answer is checkChanged().
    void check(const std::vector<QString> &containers = {});
    /// Absent while nothing is checked.
    [[nodiscard]] const std::optional<Check> &runningCheck() const { return m_check; }
    [[nodiscard]] std::optional<core::Timestamp> lastCheckAt() const { return m_lastCheckAt; }
    [[nodiscard]] std::optional<core::Timestamp> nextCheckAt() const { return m_nextCheckAt; }

Q_SIGNALS:
    void stateChanged();
    void hostsChanged();
    void checkChanged();
    /// A check that was asked for here came to its end; `failed` containers could not be asked about.
    void checkFinished(int failed);
    /// Something that a person asked for was refused, in plain words.
    void failed(const QString &text);

private:
    struct Reading
    {
        std::vector<contracts::Container> containers;
        /// What events brought meanwhile is newer than the pages.
        QSet<QString> newer;
    };

    void readPage(quint64 turn, const std::optional<QString> &cursor);
    void finishReading(core::Result<void> result);
    void readHosts();
    void readRunning(quint64 turn, const std::optional<QString> &cursor, QSet<QString> running);
    void readMeta();
    void onEvent(const contracts::Event &event);
    void onCheckEvent(const contracts::CheckProgress &progress);
    void takeHost(const contracts::Host &host);

    contracts::Backend &m_backend;
    ContainerModel &m_model;
    State m_state = State::Loading;
    std::optional<core::Error> m_error;
    quint64 m_turn = 0;
    std::optional<Reading> m_reading;
    std::vector<contracts::Host> m_hosts;
    QSet<QString> m_running;
    std::optional<Check> m_check;
    bool m_asked = false;
    std::optional<core::Timestamp> m_lastCheckAt;
    std::optional<core::Timestamp> m_nextCheckAt;
    int m_testing = 0;
};

} // namespace dockerauto::ui
