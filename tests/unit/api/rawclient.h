#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QElapsedTimer>
#include <QTcpSocket>

/// A client that says exactly what it is told, byte by byte.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        m_socket.waitForConnected(5'000);
    }

    void write(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }

    /// Reads one answer with its body. Empty when the server closes or nothing comes in time.
    QByteArray answer(const QByteArray &method = "GET", int milliseconds = 5'000)
    {
        QElapsedTimer time;
        time.start();
        while (true) {
            const qsizetype end = m_bytes.indexOf("\r\n\r\n");
            if (end >= 0) {
                const QByteArray head = m_bytes.left(end + 4);
                const qsizetype size =
                    head.size() + (method == "HEAD" ? 0 : header(head, "Content-Length").toLongLong());
                if (m_bytes.size() >= size) {
                    const QByteArray whole = m_bytes.left(size);
                    m_bytes.remove(0, size);
                    return whole;
                }
            }
            if (!readMore(milliseconds - static_cast<int>(time.elapsed()))) {
                return {};
            }
        }
    }

    /// Everything until the server closes; nothing is added when it does not in time.
    QByteArray rest(int milliseconds = 5'000)
    {
        QElapsedTimer time;
        time.start();
        while (readMore(milliseconds - static_cast<int>(time.elapsed()))) {
        }
        return std::exchange(m_bytes, {});
    }

    bool waitClosed(int milliseconds = 5'000)
    {
        rest(milliseconds);
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }

    static int status(const QByteArray &answer) { return answer.mid(9, 3).toInt(); }
    static QByteArray body(const QByteArray &answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }
    static QByteArray header(const QByteArray &answer, const QByteArray &name)
    {
        for (const QByteArray &line : answer.left(answer.indexOf("\r\n\r\n")).split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0) {
                return line.mid(colon + 1).trimmed();
            }
        }
        return {};
    }

private:
    bool readMore(int milliseconds)
    {
        if (m_socket.bytesAvailable() == 0 &&
            (milliseconds <= 0 || m_socket.state() != QAbstractSocket::ConnectedState ||
                !m_socket.waitForReadyRead(milliseconds)) &&
            m_socket.bytesAvailable() == 0) {
            return false;
        }
        m_bytes += m_socket.readAll();
        return true;
    }

    QTcpSocket m_socket;
    QByteArray m_bytes;
};
