#pragma once

#include "api/apiserver.h"
#include "eventoutbox.h"

#include <contracts/dispatcher.h>
#include <core/mailbox.h>

#include <QObject>
#include <QWebSocket>

#include <memory>
#include <vector>

namespace dockerauto::api {

/// One WebSocket client and what it sees. Lives in the thread of the server.
class EventStream final : public QObject
{
    Q_OBJECT

public:
    EventStream(std::unique_ptr<QWebSocket> socket, contracts::Principal principal,
        std::vector<QString> topics, contracts::EventSource &events, const ApiLimits &limits,
        QObject *parent);
    ~EventStream() override;

    [[nodiscard]] const contracts::Principal &principal() const { return m_principal; }
    [[nodiscard]] const std::vector<QString> &topics() const { return m_topics; }

    /// Says goodbye with a code of RFC 6455 and one sentence.
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);
    /// Sends a ping; ends the connection when the one before was not answered.
    void ping();

Q_SIGNALS:
    /// Once; the stream can be deleted later then.
    void ended();

private:
    void readMessage(const QString &text);
    core::Result<std::optional<quint64>> readSubscribe(const QString &text) const;
    void send();

    std::unique_ptr<QWebSocket> m_socket;
    contracts::Principal m_principal;
    std::vector<QString> m_topics;
    contracts::EventSource &m_events;
    const ApiLimits &m_limits;
    std::shared_ptr<core::Mailbox> m_mailbox;
    std::shared_ptr<EventOutbox> m_outbox;
    std::unique_ptr<contracts::EventSource::Subscription> m_subscription;
    bool m_pongMissing = false;
};

} // namespace dockerauto::api
