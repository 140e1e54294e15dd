#pragma once

#include "api/apiserver.h"
#include "gate.h"
#include "httpservice.h"
#include "sockethub.h"

#include <core/threadpool.h>

#include <QAbstractHttpServer>
#include <QHostAddress>

namespace dockerauto::api {

/// QtHttpServer behind the gate, and what deals with its requests. Everything here is of one thread; only the
/// pool's work is elsewhere.
class Frontend final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    Frontend(contracts::Dispatcher &dispatcher, contracts::Authenticator &authenticator,
        contracts::EventSource &events, const ApiLimits &limits);
    ~Frontend() override;

    /// The port in use.
    core::Result<quint16> listen(const QHostAddress &address, quint16 port);

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    void takeWebSockets();

    const ApiLimits m_limits;
    core::ThreadPool m_pool;
    SocketHub m_hub;
    HttpService m_service;
    Gate *m_gate;
};

} // namespace dockerauto::api
