#pragma once

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>

namespace dockerauto::api {

class Connection;

/// What QtHttpServer and QWebSocket hold instead of the client's socket. They can read only the bytes that
/// the guard has accepted and written anew, and write only after an upgrade; so nothing that the guard has
/// not seen as one whole, valid request can ever be taken for one.
class GatedSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    GatedSocket(Connection &connection, QTcpSocket &client, QObject *parent);
    ~GatedSocket() override;

    /// Null when the client is gone.
    [[nodiscard]] Connection *connection() const;

    /// Lets `bytes` be read and says so.
    void deliver(const QByteArray &bytes);
    /// From now on what is written goes to the client.
    void openForWriting() { m_writable = true; }
    void tellWritten(qint64 bytes);
    /// The client is gone.
    void tellDisconnected();

    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override;
    [[nodiscard]] bool canReadLine() const override;
    void close() override;
    void disconnectFromHost() override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 skipData(qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QPointer<Connection> m_connection;
    QPointer<QTcpSocket> m_client;
    QByteArray m_readable;
    bool m_writable = false;
};

} // namespace dockerauto::api
