#include "eventstream.h"

#include <core/json.h>

#include <algorithm>

namespace dockerauto::api {
namespace {

/// Of the bytes that may wait for a client, so many may be in the socket; the rest waits where it can be
/// dropped.
constexpr qint64 socketShare = 4;

} // namespace

EventStream::EventStream(std::unique_ptr<QWebSocket> socket, contracts::Principal principal,
    std::vector<QString> topics, contracts::EventSource &events, const ApiLimits &limits, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_principal(std::move(principal))
    , m_topics(std::move(topics))
    , m_events(events)
    , m_limits(limits)
    , m_mailbox(std::make_shared<core::Mailbox>(this))
{
    m_socket->setParent(nullptr);
    m_socket->setMaxAllowedIncomingFrameSize(limits.messageBytes);
    m_socket->setMaxAllowedIncomingMessageSize(limits.messageBytes);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &EventStream::readMessage);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this, [this] {
        close(QWebSocketProtocol::CloseCodeDatatypeNotSupported, QStringLiteral("Messages are JSON text"));
    });
    connect(m_socket.get(), &QWebSocket::pong, this, [this] { m_pongMissing = false; });
    connect(m_socket.get(), &QWebSocket::bytesWritten, this, &EventStream::send);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &EventStream::ended);
    m_outbox =
        std::make_shared<EventOutbox>(limits.pendingEventBytes - limits.pendingEventBytes / socketShare,
            [mailbox = m_mailbox, this] { mailbox->post([this] { send(); }); });
}

EventStream::~EventStream()
{
    m_subscription.reset();
    m_mailbox->close();
    // QWebSocket says goodbye in its destructor; nobody is to hear of that here.
    m_socket->disconnect(this);
}

void EventStream::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    m_subscription.reset();
    m_socket->close(code, reason);
}

void EventStream::ping()
{
    if (m_pongMissing) {
        m_socket->abort();
        return;
    }
    m_pongMissing = true;
    m_socket->ping();
}

core::Result<std::optional<quint64>> EventStream::readSubscribe(const QString &text) const
{
    using core::ErrorCode;
    DOCKERAUTO_TRY_ASSIGN(message, core::parseJson(text.toStdString()));
    if (core::textOf(message, "type") != QStringLiteral("subscribe")) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("The first message must be of type subscribe"));
    }
    for (const auto &[key, value] : message.items()) {
        if (key != "type" && key != "since" && !(key == "filter" && value.empty())) {
            return core::fail(ErrorCode::InvalidArgument,
                QStringLiteral("“%1” is not known here").arg(QString::fromStdString(key).left(32)));
        }
    }
    const core::Json &since = core::memberOf(message, "since");
    if (since.is_null()) {
        return std::nullopt;
    }
    if (!since.is_number_unsigned()) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("“since” must be a whole number or null"));
    }
    return since.get<quint64>();
}

void EventStream::readMessage(const QString &text)
{
    if (m_subscription) {
        close(QWebSocketProtocol::CloseCodePolicyViolated,
            QStringLiteral("This connection is subscribed already"));
        return;
    }
    const auto since = readSubscribe(text);
    if (!since) {
        // A close frame has room for 123 bytes.
        close(QWebSocketProtocol::CloseCodePolicyViolated, since.error().message.left(80));
        return;
    }
    m_subscription = m_events.subscribe(
        m_topics, *since, [outbox = m_outbox](const contracts::Event &event) { outbox->put(event); });
}

void EventStream::send()
{
    if (!m_subscription) {
        return;
    }
    while (m_socket->bytesToWrite() < m_limits.pendingEventBytes / socketShare) {
        const auto message = m_outbox->take();
        if (!message) {
            return;
        }
        m_socket->sendTextMessage(*message);
    }
}

} // namespace dockerauto::api
