#include "eventfollower.h"

#include <contracts/codec.h>
#include <core/json.h>

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRandomGenerator>

#include <algorithm>

namespace dockerauto::client {
namespace {

using contracts::Backend;

/// The server pings every 30 s; a line that is silent for longer than two of them is dead.
constexpr std::chrono::seconds silenceTime(75);
/// For the connection and the answer to the request for a WebSocket.
constexpr std::chrono::seconds openTime(15);

} // namespace

EventFollower::EventFollower(
    const HttpBackendSettings &settings, const QByteArray &target, QNetworkAccessManager &network)
    : m_settings(settings), m_target(target), m_network(network), m_wait(settings.backOff)
{
    m_socket.setMaxAllowedIncomingMessageSize(16 * 1024 * 1024);
    m_socket.setMaxAllowedIncomingFrameSize(16 * 1024 * 1024);
    m_retry.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &EventFollower::connectToServer);
    connect(&m_silence, &QTimer::timeout, &m_socket, &QWebSocket::abort);
    connect(&m_socket, &QWebSocket::connected, this, &EventFollower::connected);
    // Queued: a socket that failed while it was opened must not be opened again from inside.
    connect(&m_socket, &QWebSocket::disconnected, this, &EventFollower::disconnected, Qt::QueuedConnection);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto failed = &QWebSocket::errorOccurred;
#else
    const auto failed = QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error);
#endif
    connect(
        &m_socket, failed, this, [this] { disconnected(); }, Qt::QueuedConnection);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &EventFollower::readMessage);
    // Any sign of life counts. QWebSocket answers pings itself and tells nobody, but writes its pong.
    connect(&m_socket, &QWebSocket::bytesWritten, this, [this] { m_silence.start(silenceTime); });
}

EventFollower::~EventFollower()
{
    m_socket.disconnect(this);
}

void EventFollower::start()
{
    connectToServer();
}

void EventFollower::connectToServer()
{
    QUrl url = QUrl::fromEncoded(
        m_settings.server.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) + m_target);
    url.setScheme(url.scheme() == QStringLiteral("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    QNetworkRequest request(url);
    if (const core::Secret token = m_settings.accessToken ? m_settings.accessToken() : core::Secret();
        !token.isEmpty()) {
        request.setRawHeader("Authorization", "Bearer " + token.reveal());
    }
    m_silence.start(openTime);
    m_socket.open(request);
}

void EventFollower::connected()
{
    m_silence.start(silenceTime);
    core::Json subscribe{{"type", "subscribe"}, {"since", nullptr}};
    if (m_seq) {
        subscribe["since"] = *m_seq;
    }
    m_socket.sendTextMessage(QString::fromStdString(core::writeJson(subscribe)));
    m_wait = m_settings.backOff;
    enter(Backend::Connection::Connected, {});
    if (m_wasConnected && !m_seq) {
        // Nothing tells where we were, so something may have been missed.
        Q_EMIT received({0, {}, contracts::events::resync, {}, {}});
    }
    m_wasConnected = true;
}

void EventFollower::disconnected()
{
    if (m_retry.isActive() || m_socket.state() != QAbstractSocket::UnconnectedState) {
        return;
    }
    m_silence.stop();
    enter(Backend::Connection::Disconnected,
        QStringLiteral("The connection to the server was lost. Trying again."));
    findReason();
    // A quarter of jitter, so that all windows do not come back in one moment.
    const auto jitter = QRandomGenerator::global()->bounded(static_cast<int>(m_wait.count() / 4) + 1);
    m_retry.start(m_wait + std::chrono::milliseconds(jitter));
    m_wait = std::min(m_wait * 2, m_settings.maxBackOff);
}

void EventFollower::findReason()
{
    // QWebSocket tells a refusal only in a sentence; asking over HTTP tells it in a status.
    QNetworkRequest request(QUrl::fromEncoded(
        m_settings.server.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) +
        "/api/v1/auth/me"));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(5'000);
    if (const core::Secret token = m_settings.accessToken ? m_settings.accessToken() : core::Secret();
        !token.isEmpty()) {
        request.setRawHeader("Authorization", "Bearer " + token.reveal());
    }
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        if (m_connection == Backend::Connection::Connected) {
            return;
        }
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 401) {
            enter(Backend::Connection::Disconnected,
                QStringLiteral("You are not signed in any more. Sign in again."));
        } else if (status == 0) {
            enter(Backend::Connection::Disconnected,
                QStringLiteral("Nothing answers at %1. Is the server running?")
                    .arg(m_settings.server.toDisplayString()));
        }
    });
}

void EventFollower::readMessage(const QString &text)
{
    m_silence.start(silenceTime);
    auto json = core::parsePeerJson(text.toStdString());
    auto event = json ? contracts::decode<contracts::Event>(*json, contracts::UnknownFields::Ignore)
                      : core::Result<contracts::Event>(core::fail(std::move(json.error())));
    if (!event) {
        // We cannot know what was meant; to read everything again is right in any case.
        event = contracts::Event{m_seq.value_or(0), {}, contracts::events::resync, {}, {}};
    }
    if (event->seq > 0) {
        m_seq = event->seq;
    }
    Q_EMIT received(*event);
}

void EventFollower::enter(Backend::Connection connection, const QString &detail)
{
    if (m_connection != connection || m_detail != detail) {
        m_connection = connection;
        m_detail = detail;
        Q_EMIT connectionChanged();
    }
}

} // namespace dockerauto::client
