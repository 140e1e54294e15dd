#include "eventstream.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QTest>

#include <algorithm>

namespace dockerauto::e2e {

EventStream::EventStream()
{
    QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString &message) {
        if (auto event = core::parsePeerJson(message.toStdString())) {
            m_events.push_back(*event);
            if (m_listener) {
                m_listener(m_events.back());
            }
        }
    });
}

core::Result<> EventStream::open(const QString &server, const QString &token, const QString &topic)
{
    m_socket.abort();
    m_socket.setProxy(QNetworkProxy::NoProxy);
    QString url = server;
    url.replace(0, 4, QStringLiteral("ws"));
    QNetworkRequest request(QUrl(url + QStringLiteral("/ws/") + topic));
    request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    m_socket.open(request);
    const bool connected =
        QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, 10'000);
    if (!connected) {
        return core::fail(core::ErrorCode::Unavailable,
            QStringLiteral("The WebSocket does not open: %1").arg(m_socket.errorString()));
    }
    m_socket.sendTextMessage(QStringLiteral(R"({"type":"subscribe","since":null})"));
    m_socket.flush();
    return {};
}

bool EventStream::waitFor(const std::function<bool(const core::Json &)> &fits, int milliseconds)
{
    return QTest::qWaitFor([&] { return std::ranges::any_of(m_events, fits); }, milliseconds);
}

} // namespace dockerauto::e2e
