#pragma once

#include "connection.h"

#include <QHash>
#include <QHostAddress>
#include <QTcpServer>
#include <QTimer>

#include <unordered_map>

namespace dockerauto::api {

/// Takes connections, up to the limits, and puts a guard before each. QtHttpServer gets the guarded side.
class Gate final : public QTcpServer
{
    Q_OBJECT

public:
    Gate(const ApiLimits &limits, Reception &reception);
    ~Gate() override;

    /// Null when it is gone.
    [[nodiscard]] Connection *find(quint64 id) const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void sendAway(qintptr descriptor);
    void forget(quint64 id, const QHostAddress &address);
    void sweep();

    const ApiLimits &m_limits;
    Reception &m_reception;
    std::unordered_map<quint64, Connection *> m_connections;
    QHash<QHostAddress, int> m_perAddress;
    quint64 m_lastId = 0;
    QTimer m_sweep;
};

} // namespace dockerauto::api
