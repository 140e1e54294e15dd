#pragma once

#include "client/httpbackend.h"

#include <contracts/events.h>

#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <optional>

namespace dockerauto::client {

/// Follows the events of one WebSocket address, again and again, going on where it was cut off.
class EventFollower final : public QObject
{
    Q_OBJECT

public:
    /// `target` is path and query, `network` is used to find out why a connection is refused.
    EventFollower(
        const HttpBackendSettings &settings, const QByteArray &target, QNetworkAccessManager &network);
    ~EventFollower() override;

    void start();

    [[nodiscard]] contracts::Backend::Connection connection() const { return m_connection; }
    [[nodiscard]] const QString &detail() const { return m_detail; }

Q_SIGNALS:
    void received(const dockerauto::contracts::Event &event);
    void connectionChanged();

private:
    void connectToServer();
    void connected();
    void disconnected();
    void readMessage(const QString &text);
    void findReason();
    void enter(contracts::Backend::Connection connection, const QString &detail);

    const HttpBackendSettings &m_settings;
    QByteArray m_target;
    QNetworkAccessManager &m_network;
    QWebSocket m_socket;
    QTimer m_retry;
    QTimer m_silence;
    std::chrono::milliseconds m_wait;
    contracts::Backend::Connection m_connection = contracts::Backend::Connection::Connecting;
    QString m_detail;
    /// The last event that came.
    std::optional<quint64> m_seq;
    bool m_wasConnected = false;
};

} // namespace dockerauto::client
