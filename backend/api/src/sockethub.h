#pragma once

#include "connection.h"
#include "eventstream.h"

#include <contracts/dispatcher.h>
#include <core/mailbox.h>
#include <core/threadpool.h>

#include <QTimer>
#include <QWebSocket>

#include <memory>
#include <unordered_map>
#include <vector>

namespace dockerauto::api {

/// All WebSocket clients: who may come in, and whether they still may.
class SocketHub final : public QObject
{
    Q_OBJECT

public:
    /// What a client that wants a WebSocket has shown.
    struct Asked
    {
        std::vector<QString> topics;
        QByteArray token;
        QByteArray ticket;
    };
    struct Refusal
    {
        int status = 400;
        QString code;
        QString detail;
    };
    struct Member
    {
        contracts::Principal principal;
        std::vector<QString> topics;
    };

    SocketHub(contracts::Authenticator &authenticator, contracts::EventSource &events, core::ThreadPool &pool,
        const ApiLimits &limits);
    ~SocketHub() override;

    /// Whether a WebSocket can be opened at the path.
    [[nodiscard]] bool isEndpoint(const QByteArray &path) const;
    /// Checks what can be checked without asking anybody: address, handshake, origin, credentials present.
    [[nodiscard]] tl::expected<Asked, Refusal> readUpgrade(const HttpRequest &request) const;
    /// Checks who it is and what they may see. On a pool; a ticket is used up.
    core::Result<Member> admit(const Asked &asked);
    /// The connection with this id will be a WebSocket of the member.
    void expect(quint64 connection, Member member);
    /// The WebSocket of an expected connection is there; null when that is gone.
    void add(std::unique_ptr<QWebSocket> socket, Connection *connection);
    /// The connection is gone, before or after it became a WebSocket.
    void forget(quint64 connection);

private:
    void checkRights();

    contracts::Authenticator &m_authenticator;
    contracts::EventSource &m_events;
    core::ThreadPool &m_pool;
    const ApiLimits &m_limits;
    std::shared_ptr<core::Mailbox> m_mailbox;
    std::unordered_map<quint64, Member> m_expected;
    std::unordered_map<quint64, EventStream *> m_streams;
    QTimer m_rights;
    QTimer m_ping;
    bool m_checking = false;
};

} // namespace dockerauto::api
