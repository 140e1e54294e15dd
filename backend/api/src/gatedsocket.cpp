#include "gatedsocket.h"

#include "connection.h"

#include <algorithm>
#include <cstring>

namespace dockerauto::api {

GatedSocket::GatedSocket(Connection &connection, QTcpSocket &client, QObject *parent)
    : QTcpSocket(parent), m_connection(&connection), m_client(&client)
{
    QIODevice::open(QIODevice::ReadWrite);
    setSocketState(ConnectedState);
    setPeerAddress(client.peerAddress());
    setPeerPort(client.peerPort());
}

GatedSocket::~GatedSocket()
{
    setSocketState(UnconnectedState);
}

Connection *GatedSocket::connection() const
{
    return m_connection;
}

void GatedSocket::deliver(const QByteArray &bytes)
{
    m_readable += bytes;
    Q_EMIT readyRead();
}

void GatedSocket::tellWritten(qint64 bytes)
{
    if (m_writable) {
        Q_EMIT bytesWritten(bytes);
    }
}

void GatedSocket::tellDisconnected()
{
    if (state() == UnconnectedState) {
        return;
    }
    m_writable = false;
    setSocketState(UnconnectedState);
    const QPointer<GatedSocket> self(this);
    Q_EMIT stateChanged(UnconnectedState);
    if (self) {
        Q_EMIT disconnected();
    }
}

qint64 GatedSocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + m_readable.size();
}

qint64 GatedSocket::bytesToWrite() const
{
    return m_client ? m_client->bytesToWrite() : 0;
}

bool GatedSocket::canReadLine() const
{
    return m_readable.contains('\n') || QIODevice::canReadLine();
}

void GatedSocket::close()
{
    if (isOpen()) {
        QIODevice::close();
    }
    disconnectFromHost();
}

void GatedSocket::disconnectFromHost()
{
    m_writable = false;
    if (m_connection) {
        m_connection->finishWriting();
    }
}

qint64 GatedSocket::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_readable.size());
    std::memcpy(data, m_readable.constData(), static_cast<std::size_t>(size));
    m_readable.remove(0, size);
    return size;
}

qint64 GatedSocket::skipData(qint64 maxSize)
{
    return QIODevice::skipData(maxSize);
}

qint64 GatedSocket::writeData(const char *data, qint64 size)
{
    // Before an upgrade we answer ourselves; what Qt would write then is dropped.
    return m_writable && m_client ? m_client->write(data, size) : size;
}

} // namespace dockerauto::api
