#pragma once

#include "api/apiserver.h"
#include "api/requesthead.h"
#include "frameguard.h"
#include "httpanswer.h"

#include <QObject>
#include <QPointer>
#include <QTcpSocket>

#include <chrono>
#include <optional>

namespace dockerauto::api {

class Connection;
class GatedSocket;

/// A request that the guard has found valid, whole.
struct HttpRequest
{
    RequestHead head;
    QByteArray body;
    QString requestId;
    QString remoteAddress;
};

/// Who deals with what the guard lets through. Each call ends, at once or later, in one call of
/// Connection::answer or Connection::approveUpgrade with the same turn.
class Reception
{
public:
    virtual ~Reception() = default;

    virtual void handleRequest(const HttpRequest &request, Connection &connection, quint64 turn) = 0;
    virtual void checkUpgrade(const HttpRequest &request, Connection &connection, quint64 turn) = 0;
};

/// The guard of one client: reads its bytes, gives on one whole and valid request at a time, writes the
/// answers in order, and keeps the times. Owns the socket.
class Connection final : public QObject
{
    Q_OBJECT

public:
    Connection(
        quint64 id, QTcpSocket *client, const ApiLimits &limits, Reception &reception, QObject *parent);
    ~Connection() override;

    [[nodiscard]] quint64 id() const { return m_id; }
    [[nodiscard]] GatedSocket *gatedSocket() const;
    [[nodiscard]] const QString &remoteAddress() const { return m_remoteAddress; }

    /// Called for each request that Qt has parsed: true when it is to be a WebSocket.
    bool takeFromServer();
    /// Nothing happens when `turn` is over: the client was answered otherwise, or is gone.
    void answer(quint64 turn, const HttpAnswer &answer);
    /// Lets Qt see the request for a WebSocket, which answers 101.
    void approveUpgrade(quint64 turn);
    /// Sends what is waiting, then closes.
    void finishWriting();
    /// Closes without any waiting.
    void abort();
    /// Enforces the times.
    void sweep();

Q_SIGNALS:
    /// The client is gone, or was sent away. Once.
    void finished();

private:
    enum class State
    {
        Idle,
        Head,
        Body,
        Handled,
        Upgrading,
        WebSocket,
        Draining,
        Gone
    };
    using Clock = std::chrono::steady_clock;

    void readClient();
    void readHead();
    void readBody();
    void passOn();
    [[nodiscard]] QByteArray canonicalRequest() const;
    void passFrames();
    void refuse(int status, const QString &detail);
    void startDraining();
    void clientWrote(qint64 bytes);
    void clientGone();
    void enter(State state, std::chrono::milliseconds time);

    const quint64 m_id;
    QTcpSocket *m_client;
    QPointer<GatedSocket> m_gated;
    const ApiLimits &m_limits;
    Reception &m_reception;
    QString m_remoteAddress;

    State m_state = State::Idle;
    Clock::time_point m_deadline;
    std::optional<Clock::time_point> m_stalledSince;
    QByteArray m_raw;
    RequestHeadReader m_reader;
    HttpRequest m_request;
    /// Counts the requests of this connection; the number of the one that is being dealt with.
    quint64 m_turn = 0;
    bool m_delivering = false;
    bool m_wroteSinceSweep = false;
    FrameGuard m_frames;
};

} // namespace dockerauto::api
