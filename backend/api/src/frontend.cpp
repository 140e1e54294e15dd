#include "frontend.h"

#include "gatedsocket.h"

#include <QWebSocket>

namespace dockerauto::api {
namespace {

/// Signatures and sessions are checked and JSON is made here; the work itself is done elsewhere.
constexpr int poolThreads = 2;
constexpr std::size_t poolQueue = 1024;

} // namespace

Frontend::Frontend(contracts::Dispatcher &dispatcher, contracts::Authenticator &authenticator,
    contracts::EventSource &events, const ApiLimits &limits)
    : m_limits(limits)
    , m_pool(QStringLiteral("api-pool"), poolThreads, poolQueue)
    , m_hub(authenticator, events, m_pool, m_limits)
    , m_service(dispatcher, authenticator, m_hub, m_pool)
    , m_gate(new Gate(m_limits, m_service))
{
    m_gate->setParent(this);
    connect(this, &QAbstractHttpServer::newWebSocketConnection, this, &Frontend::takeWebSockets);
}

Frontend::~Frontend()
{
    // The pool's work uses the service and the hub; connections tell both that they end.
    m_pool.stop();
    delete m_gate;
}

core::Result<quint16> Frontend::listen(const QHostAddress &address, quint16 port)
{
    if (!m_gate->listen(address, port)) {
        return core::fail(core::ErrorCode::Unavailable,
            QStringLiteral("Port %1 on %2 cannot be used: %3. Is another program using it?")
                .arg(port)
                .arg(address.toString(), m_gate->errorString()));
    }
    bind(m_gate);
    return m_gate->serverPort();
}

bool Frontend::handleRequest(const QHttpServerRequest &, QTcpSocket *socket)
{
    // What the guard read counts, not what Qt made of it. True only for a WebSocket that was approved; for a
    // request the answer goes round Qt, and missingHandler has nothing to add.
    const auto *gated = qobject_cast<GatedSocket *>(socket);
    return gated && gated->connection() && gated->connection()->takeFromServer();
}

void Frontend::missingHandler(const QHttpServerRequest &, QTcpSocket *) {}

void Frontend::takeWebSockets()
{
    while (auto socket = nextPendingWebSocketConnection()) {
        const quint64 id = socket->request().rawHeader("X-Connection").toULongLong();
        m_hub.add(std::move(socket), m_gate->find(id));
    }
}

} // namespace dockerauto::api
