#include "connection.h"

#include "gatedsocket.h"

#include <core/logging.h>

#include <algorithm>
#include <array>

#include <sys/socket.h>

namespace dockerauto::api {
namespace {

constexpr qint64 readStep = 64 * 1024;
/// How long a client that was sent away may take to read why.
constexpr std::chrono::milliseconds drainTime(1'000);

/// Fields that concern only this connection, or that the guard has dealt with, are not passed on.
bool isPassedOn(const QByteArray &name)
{
    static constexpr std::array<const char *, 9> kept{"connection", "keep-alive", "proxy-connection", "te",
        "trailer", "upgrade", "expect", "content-length", "host"};
    return std::none_of(kept.begin(), kept.end(),
        [&name](const char *candidate) { return name.compare(candidate, Qt::CaseInsensitive) == 0; });
}

} // namespace

Connection::Connection(
    quint64 id, QTcpSocket *client, const ApiLimits &limits, Reception &reception, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_client(client)
    , m_limits(limits)
    , m_reception(reception)
    , m_remoteAddress(client->peerAddress().toString())
    , m_reader(limits.head)
    , m_frames(limits.messageBytes)
{
    m_client->setParent(this);
    m_client->setReadBufferSize(readStep);
    m_client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_gated = new GatedSocket(*this, *m_client, nullptr);
    connect(m_client, &QTcpSocket::readyRead, this, &Connection::readClient);
    connect(m_client, &QTcpSocket::bytesWritten, this, &Connection::clientWrote);
    connect(m_client, &QTcpSocket::disconnected, this, &Connection::clientGone);
    enter(State::Idle, m_limits.headTime);
}

Connection::~Connection()
{
    // Deleted later, since QtHttpServer or a QWebSocket may be on the stack above. A QWebSocket that owns it
    // deletes it itself.
    if (m_gated && !m_gated->parent()) {
        m_gated->deleteLater();
    }
}

GatedSocket *Connection::gatedSocket() const
{
    return m_gated;
}

void Connection::enter(State state, std::chrono::milliseconds time)
{
    m_state = state;
    m_deadline = Clock::now() + time;
}

void Connection::readClient()
{
    switch (m_state) {
    case State::Idle:
    case State::Head:
        readHead();
        break;
    case State::Body:
        readBody();
        break;
    case State::WebSocket:
        passFrames();
        break;
    case State::Draining:
        m_client->skip(m_client->bytesAvailable());
        break;
    case State::Handled:
    case State::Upgrading:
    case State::Gone:
        // One request at a time: the rest waits in the socket, whose buffer is bounded.
        break;
    }
}

void Connection::readHead()
{
    m_raw += m_client->read(readStep);
    if (m_raw.isEmpty()) {
        return;
    }
    if (m_state == State::Idle) {
        enter(State::Head, m_limits.headTime);
    }
    switch (m_reader.read(m_raw)) {
    case RequestHeadReader::State::Incomplete:
        if (m_client->bytesAvailable() > 0) {
            readHead();
        }
        return;
    case RequestHeadReader::State::Refused:
        refuse(m_reader.problem().status, m_reader.problem().message);
        return;
    case RequestHeadReader::State::Complete:
        break;
    }
    m_request = {m_reader.head(), {}, requestIdOf(m_reader.head()), m_remoteAddress};
    m_raw.remove(0, m_reader.size());
    const qint64 length = m_request.head.contentLength;
    const std::chrono::milliseconds forSize(
        1'000 * length / std::max<qint64>(1, m_limits.bodyBytesPerSecond));
    enter(State::Body, m_limits.bodyTime + forSize);
    if (m_request.head.expectsContinue && m_raw.size() < length) {
        m_client->write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    readBody();
}

void Connection::readBody()
{
    const qint64 length = m_request.head.contentLength;
    while (m_raw.size() < length) {
        const QByteArray more = m_client->read(std::min(readStep, length - m_raw.size()));
        if (more.isEmpty()) {
            return;
        }
        m_raw += more;
    }
    m_request.body = m_raw.left(length);
    m_raw.remove(0, length);
    passOn();
}

void Connection::passOn()
{
    ++m_turn;
    if (m_request.head.webSocket) {
        enter(State::Upgrading, m_limits.answerTime);
        m_reception.checkUpgrade(m_request, *this, m_turn);
        return;
    }
    enter(State::Handled, m_limits.answerTime);
    const quint64 turn = m_turn;
    m_delivering = true;
    if (m_gated) {
        m_gated->deliver(canonicalRequest());
    }
    if (m_delivering && turn == m_turn) {
        // QtHttpServer did not see what we saw. Nothing of it may be left for the next request.
        m_delivering = false;
        refuse(400, QStringLiteral("The request cannot be read"));
    }
}

QByteArray Connection::canonicalRequest() const
{
    const RequestHead &head = m_request.head;
    QByteArray bytes = head.method + ' ' + head.target +
                       " HTTP/1.1\r\nHost: " + (head.host.isEmpty() ? QByteArray("localhost") : head.host) +
                       "\r\n";
    if (head.webSocket) {
        bytes +=
            "Connection: Upgrade\r\nUpgrade: websocket\r\nX-Connection: " + QByteArray::number(m_id) + "\r\n";
        for (const char *name : {"Sec-WebSocket-Key", "Sec-WebSocket-Version", "Origin"}) {
            if (const auto value = head.field(name)) {
                bytes += name + QByteArray(": ") + *value + "\r\n";
            }
        }
        return bytes + "\r\n";
    }
    for (const HeaderField &field : head.fields) {
        if (isPassedOn(field.name)) {
            bytes += field.name + ": " + field.value + "\r\n";
        }
    }
    if (!m_request.body.isEmpty()) {
        bytes += "Content-Length: " + QByteArray::number(m_request.body.size()) + "\r\n";
    }
    return bytes + "\r\n" + m_request.body;
}

bool Connection::takeFromServer()
{
    if (m_state == State::WebSocket) {
        return true;
    }
    if (m_delivering) {
        m_delivering = false;
        m_reception.handleRequest(m_request, *this, m_turn);
    }
    return false;
}

void Connection::answer(quint64 turn, const HttpAnswer &answer)
{
    const bool waiting = m_state == State::Handled || m_state == State::Upgrading;
    if (turn != m_turn || !waiting) {
        return;
    }
    const bool keep = m_request.head.keepAlive && m_state == State::Handled;
    m_client->write(wireForm(
        answer, {m_request.head.method == "HEAD" ? AnswerForm::Body::LeftOut : AnswerForm::Body::Sent,
                    keep ? AnswerForm::After::KeepAlive : AnswerForm::After::Close}));
    m_delivering = false;
    ++m_turn;
    m_request = {};
    m_reader = RequestHeadReader(m_limits.head);
    if (!keep) {
        startDraining();
        return;
    }
    enter(State::Idle, m_limits.idleTime);
    if (!m_raw.isEmpty() || m_client->bytesAvailable() > 0) {
        // Not from here: pipelined requests would nest.
        QMetaObject::invokeMethod(this, &Connection::readClient, Qt::QueuedConnection);
    }
}

void Connection::approveUpgrade(quint64 turn)
{
    if (turn != m_turn || m_state != State::Upgrading || !m_gated) {
        return;
    }
    if (!m_raw.isEmpty() || m_client->bytesAvailable() > 0) {
        // RFC 6455, section 4.1: a client waits for the answer before it sends frames.
        refuse(400, QStringLiteral("Data follows the request for a WebSocket before its answer"));
        return;
    }
    m_state = State::WebSocket;
    m_gated->openForWriting();
    m_gated->deliver(canonicalRequest());
}

void Connection::passFrames()
{
    const QByteArray bytes = m_client->readAll();
    const auto verdict = m_frames.look(bytes);
    if (verdict == FrameGuard::Verdict::Fine) {
        if (m_gated) {
            m_gated->deliver(bytes);
        }
        return;
    }
    const char *closeFrame =
        verdict == FrameGuard::Verdict::Unmasked ? "\x88\x02\x03\xea" : "\x88\x02\x03\xf1";
    m_client->write(closeFrame, 4);
    startDraining();
}

void Connection::refuse(int status, const QString &detail)
{
    const bool isHead = m_request.head.method == "HEAD";
    const QString requestId =
        m_request.requestId.isEmpty() ? requestIdOf(RequestHead()) : m_request.requestId;
    ++m_turn;
    m_client->write(wireForm(
        problemAnswer(status,
            status == 408 || status == 504 ? QStringLiteral("Timeout") : QStringLiteral("InvalidArgument"),
            detail, requestId),
        {isHead ? AnswerForm::Body::LeftOut : AnswerForm::Body::Sent, AnswerForm::After::Close}));
    startDraining();
}

void Connection::startDraining()
{
    if (m_state == State::Draining || m_state == State::Gone) {
        return;
    }
    enter(State::Draining, m_client->bytesToWrite() > 0 ? m_limits.writeStall : drainTime);
    m_raw.clear();
    if (m_gated) {
        m_gated->tellDisconnected();
    }
    // Closing with bytes unread would reset the connection, and the client could lose the answer. So only our
    // half is closed, and what still comes is thrown away for a moment.
    m_client->skip(m_client->bytesAvailable());
    clientWrote(0);
}

void Connection::finishWriting()
{
    startDraining();
}

void Connection::clientWrote(qint64 bytes)
{
    m_wroteSinceSweep = true;
    if (m_state == State::Draining && m_client->bytesToWrite() == 0) {
        enter(State::Draining, drainTime);
        ::shutdown(static_cast<int>(m_client->socketDescriptor()), SHUT_WR);
        return;
    }
    if (m_gated && bytes > 0) {
        m_gated->tellWritten(bytes);
    }
}

void Connection::abort()
{
    if (m_state != State::Gone) {
        m_client->abort();
        clientGone();
    }
}

void Connection::clientGone()
{
    if (m_state == State::Gone) {
        return;
    }
    m_state = State::Gone;
    ++m_turn;
    if (m_gated) {
        m_gated->tellDisconnected();
    }
    Q_EMIT finished();
}

void Connection::sweep()
{
    const auto now = Clock::now();
    if (m_client->bytesToWrite() == 0 || m_wroteSinceSweep) {
        m_stalledSince.reset();
        m_wroteSinceSweep = false;
    } else if (!m_stalledSince) {
        m_stalledSince = now;
    } else if (now - *m_stalledSince > m_limits.writeStall) {
        abort();
        return;
    }
    if (m_state == State::WebSocket || now < m_deadline) {
        return;
    }
    switch (m_state) {
    case State::Idle:
        startDraining();
        break;
    case State::Head:
    case State::Body:
        refuse(408, QStringLiteral("The request did not come in time"));
        break;
    case State::Handled:
    case State::Upgrading:
        refuse(504, QStringLiteral("The backend did not answer in time. Try again in a moment."));
        break;
    case State::Draining:
        abort();
        break;
    case State::WebSocket:
    case State::Gone:
        break;
    }
}

} // namespace dockerauto::api
