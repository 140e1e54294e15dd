#include "sockethub.h"

#include "gatedsocket.h"
#include "httpservice.h"
#include "requestjson.h"

#include <core/logging.h>

#include <QUrl>

#include <algorithm>
#include <array>

namespace dockerauto::api {
namespace {

using contracts::Principal;
using core::ErrorCode;
using core::fail;

const QByteArray prefix("/ws/");

bool isTopic(const QString &name)
{
    namespace topics = contracts::topics;
    return name == topics::containers || name == topics::updates || name == topics::monitoring;
}

/// Absent, or a page of the very server that is asked (RFC 6455, section 10.2).
bool isSameOrigin(const RequestHead &head)
{
    const auto origin = head.field("origin");
    if (!origin) {
        return true;
    }
    const QByteArray lower = origin->toLower();
    const QByteArray host = head.host.toLower();
    return lower == "http://" + host || lower == "https://" + host;
}

tl::unexpected<SocketHub::Refusal> refuse(int status, const QString &detail)
{
    const QString code = status == 403   ? QStringLiteral("PermissionDenied")
                         : status == 404 ? QStringLiteral("NotFound")
                                         : QStringLiteral("InvalidArgument");
    return tl::unexpected(SocketHub::Refusal{status, code, detail});
}

} // namespace

SocketHub::SocketHub(contracts::Authenticator &authenticator, contracts::EventSource &events,
    core::ThreadPool &pool, const ApiLimits &limits)
    : m_authenticator(authenticator)
    , m_events(events)
    , m_pool(pool)
    , m_limits(limits)
    , m_mailbox(std::make_shared<core::Mailbox>(this))
{
    connect(&m_rights, &QTimer::timeout, this, &SocketHub::checkRights);
    m_rights.start(m_limits.rightsInterval);
    connect(&m_ping, &QTimer::timeout, this, [this] {
        const auto streams = m_streams;
        for (const auto &[id, stream] : streams) {
            stream->ping();
        }
    });
    m_ping.start(m_limits.pingInterval);
}

SocketHub::~SocketHub()
{
    m_mailbox->close();
    for (const auto &[id, stream] : m_streams) {
        delete stream;
    }
}

bool SocketHub::isEndpoint(const QByteArray &path) const
{
    const QString name = QString::fromLatin1(path.mid(prefix.size()));
    return path.startsWith(prefix) && (name == QStringLiteral("events") || isTopic(name));
}

tl::expected<SocketHub::Asked, SocketHub::Refusal> SocketHub::readUpgrade(const HttpRequest &request) const
{
    const RequestHead &head = request.head;
    if (!isEndpoint(head.path)) {
        return refuse(404, QStringLiteral("There is no WebSocket at this address"));
    }
    if (head.field("sec-websocket-version").value_or(QByteArray()) != "13") {
        return refuse(426, QStringLiteral("Only version 13 of WebSocket is spoken here"));
    }
    const auto key = QByteArray::fromBase64Encoding(
        head.field("sec-websocket-key").value_or(QByteArray()), QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.size() != 16) {
        return refuse(400, QStringLiteral("Sec-WebSocket-Key must be 16 bytes in base64"));
    }
    if (!isSameOrigin(head)) {
        return refuse(403, QStringLiteral("Pages of other servers may not open a WebSocket here"));
    }
    auto query = queryFields(head.query);
    if (!query) {
        return refuse(422, query.error().message);
    }
    Asked asked{{QString::fromLatin1(head.path.mid(prefix.size()))}, bearerToken(head),
        QByteArray::fromStdString((*query)["ticket"])};
    if (asked.topics.front() == QStringLiteral("events")) {
        asked.topics.clear();
        for (const QString &topic : QString::fromStdString((*query)["topics"]).split(u',')) {
            if (!isTopic(topic)) {
                return refuse(422, QStringLiteral("“topics” must name containers, updates or monitoring"));
            }
            asked.topics.push_back(topic);
        }
    } else if (query->contains("topics")) {
        return refuse(422, QStringLiteral("“topics” is only known at /ws/events"));
    }
    return asked;
}

core::Result<SocketHub::Member> SocketHub::admit(const Asked &asked)
{
    if (asked.token.isEmpty() && asked.ticket.isEmpty()) {
        return fail(
            ErrorCode::Unauthenticated, QStringLiteral("Send an access token, or a ticket as ?ticket="));
    }
    auto principal = asked.token.isEmpty() ? m_authenticator.redeemTicket(asked.ticket)
                                           : m_authenticator.authenticate(asked.token);
    if (!principal) {
        return fail(std::move(principal.error()));
    }
    for (const QString &topic : asked.topics) {
        if (!m_authenticator.maySubscribe(*principal, topic)) {
            return fail(
                ErrorCode::PermissionDenied, QStringLiteral("Your account may not see “%1”").arg(topic));
        }
    }
    return Member{std::move(*principal), asked.topics};
}

void SocketHub::expect(quint64 connection, Member member)
{
    m_expected.insert_or_assign(connection, std::move(member));
}

void SocketHub::add(std::unique_ptr<QWebSocket> socket, Connection *connection)
{
    const auto expected = connection ? m_expected.find(connection->id()) : m_expected.end();
    if (expected == m_expected.end() || !connection->gatedSocket()) {
        socket.release()->deleteLater();
        return;
    }
    const quint64 id = connection->id();
    // The WebSocket uses it to its end, which may come after the connection's.
    connection->gatedSocket()->setParent(socket.get());
    Member member = std::move(expected->second);
    m_expected.erase(expected);
    auto *stream = new EventStream(
        std::move(socket), std::move(member.principal), std::move(member.topics), m_events, m_limits, this);
    m_streams.emplace(id, stream);
    connect(stream, &EventStream::ended, this, [this, id] { forget(id); });
}

void SocketHub::forget(quint64 connection)
{
    m_expected.erase(connection);
    if (const auto found = m_streams.find(connection); found != m_streams.end()) {
        found->second->deleteLater();
        m_streams.erase(found);
    }
}

void SocketHub::checkRights()
{
    if (m_streams.empty() || m_checking) {
        return;
    }
    std::vector<std::pair<quint64, Member>> members;
    for (const auto &[id, stream] : m_streams) {
        members.emplace_back(id, Member{stream->principal(), stream->topics()});
    }
    const auto posted =
        m_pool.post([this, mailbox = m_mailbox, members = std::move(members)](const std::stop_token &stop) {
            std::vector<quint64> lost;
            for (const auto &[id, member] : members) {
                const bool may = std::ranges::all_of(
                    member.topics, [&, &principal = member.principal](const QString &topic) {
                        return m_authenticator.maySubscribe(principal, topic);
                    });
                if (!may && !stop.stop_requested()) {
                    lost.push_back(id);
                }
            }
            mailbox->post([this, lost = std::move(lost)] {
                m_checking = false;
                for (const quint64 id : lost) {
                    if (const auto found = m_streams.find(id); found != m_streams.end()) {
                        found->second->close(QWebSocketProtocol::CloseCodePolicyViolated,
                            QStringLiteral("You are not signed in any more"));
                    }
                }
            });
        });
    m_checking = posted.has_value();
}

} // namespace dockerauto::api
