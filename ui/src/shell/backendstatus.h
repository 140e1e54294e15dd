#pragma once

#include <contracts/auth.h>
#include <contracts/backend.h>
#include <contracts/schedules.h>
#include <contracts/system.h>
#include <contracts/updates.h>

#include <QBasicTimer>
#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::ui {

/// What the frame of the window shows of the backend: where it is, its hosts, what runs now. Reads it when
/// the connection comes and follows the events after that.
class BackendStatus : public QObject
{
    Q_OBJECT

public:
    explicit BackendStatus(contracts::Backend &backend, QObject *parent = nullptr);

    using Connection = contracts::Backend::Connection;
    [[nodiscard]] Connection connection() const { return m_backend.connection(); }
    [[nodiscard]] QString connectionDetail() const { return m_backend.connectionDetail(); }
    /// The name of the machine, or until it is known that of the connection.
    [[nodiscard]] QString serverTitle() const;
    /// `This computer` or the address.
    [[nodiscard]] QString serverPlace() const;

    [[nodiscard]] const std::vector<contracts::Host> &hosts() const { return m_hosts; }
    /// A host that does not answer, if there is one.
    [[nodiscard]] const contracts::Host *unreachableHost() const;
    /// The oldest update that runs now.
    [[nodiscard]] const contracts::Update *runningUpdate() const;
    [[nodiscard]] int runningCount() const { return static_cast<int>(m_running.size()); }
    [[nodiscard]] std::optional<core::Timestamp> nextCheckAt() const { return m_nextCheckAt; }
    /// What a schedule makes happen next; absent when there is none within a day, or it may not be known.
    [[nodiscard]] const std::optional<contracts::UpcomingItem> &nextRun() const { return m_nextRun; }

    [[nodiscard]] QString userName() const;
    [[nodiscard]] QString userRole() const;

    /// Asks the backend to reach every host that does not answer now.
    void tryHostsAgain();

Q_SIGNALS:
    void changed();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void readAll();
    void readUpcoming();
    void readMeta();
    void take(const contracts::Event &event);
    void takeHost(contracts::Host host);
    void takeUpdate(contracts::Update update);
    void takeStep(const contracts::UpdateStepChanged &change);

    contracts::Backend &m_backend;
    QString m_hostName;
    std::vector<contracts::Host> m_hosts;
    std::vector<contracts::Update> m_running;
    std::optional<core::Timestamp> m_nextCheckAt;
    std::optional<contracts::UpcomingItem> m_nextRun;
    /// Until the next run is over and another one is next.
    QBasicTimer m_untilRun;
    std::optional<contracts::Account> m_account;
};

/// The name of a step in the middle of a sentence, in the person's language.
QString stepWords(const QString &step);

} // namespace dockerauto::ui
