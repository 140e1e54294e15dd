#include "gate.h"

#include "gatedsocket.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <array>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace dockerauto::api {

Gate::Gate(const ApiLimits &limits, Reception &reception) : m_limits(limits), m_reception(reception)
{
    setListenBacklogSize(1024);
    // Without free descriptors accept() fails at once, again and again: wait for the next sweep.
    connect(this, &QTcpServer::acceptError, this, [this] {
        qCWarning(core::logApi) << "connections cannot be taken:" << errorString();
        pauseAccepting();
    });
    connect(&m_sweep, &QTimer::timeout, this, &Gate::sweep);
    m_sweep.start(m_limits.sweep);
}

Gate::~Gate()
{
    const auto connections = m_connections;
    for (const auto &[id, connection] : connections) {
        connection->abort();
    }
}

Connection *Gate::find(quint64 id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : found->second;
}

void Gate::incomingConnection(qintptr descriptor)
{
    if (m_connections.size() >= static_cast<std::size_t>(m_limits.connections)) {
        sendAway(descriptor);
        return;
    }
    auto client = std::make_unique<QTcpSocket>();
    if (!client->setSocketDescriptor(descriptor)) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    const QHostAddress address = client->peerAddress();
    int &count = m_perAddress[address];
    if (count >= m_limits.connectionsPerAddress) {
        sendAway(::dup(static_cast<int>(descriptor)));
        client->abort();
        return;
    }
    ++count;
    const quint64 id = ++m_lastId;
    auto *connection = new Connection(id, client.release(), m_limits, m_reception, this);
    m_connections.emplace(id, connection);
    connect(connection, &Connection::finished, this, [this, id, address] { forget(id, address); });
    addPendingConnection(connection->gatedSocket());
}

void Gate::sendAway(qintptr descriptor)
{
    if (descriptor < 0) {
        return;
    }
    const int fd = static_cast<int>(descriptor);
    const QByteArray bytes = wireForm(
        problemAnswer(503, QStringLiteral("Unavailable"),
            QStringLiteral("Too many connections are open. Try again in a moment."), core::newUniqueId()),
        {AnswerForm::Body::Sent, AnswerForm::After::Close});
    // Nothing here may wait: the answer fits the empty buffer of a new socket. What has come already is read,
    // or closing would reset the connection before the answer is seen.
    std::array<char, 4096> ignored{};
    [[maybe_unused]] const auto read = ::recv(fd, ignored.data(), ignored.size(), MSG_DONTWAIT);
    [[maybe_unused]] const auto sent =
        ::send(fd, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::shutdown(fd, SHUT_WR);
    ::close(fd);
}

void Gate::forget(quint64 id, const QHostAddress &address)
{
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) {
        return;
    }
    found->second->deleteLater();
    m_connections.erase(found);
    if (const auto count = m_perAddress.find(address); count != m_perAddress.end() && --*count <= 0) {
        m_perAddress.erase(count);
    }
}

void Gate::sweep()
{
    std::vector<Connection *> all;
    all.reserve(m_connections.size());
    for (const auto &[id, connection] : m_connections) {
        all.push_back(connection);
    }
    // Connections that end meanwhile are deleted later, so the pointers hold.
    for (Connection *connection : all) {
        connection->sweep();
    }
    resumeAccepting();
}

} // namespace dockerauto::api
