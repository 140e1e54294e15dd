#pragma once

#include "api/requesthead.h"

#include <contracts/dispatcher.h>
#include <core/result.h>

#include <QString>

#include <chrono>
#include <memory>

namespace dockerauto::api {

/// What strangers may take. The defaults are the promised figures; tests make them small.
struct ApiLimits
{
    HeadLimits head;
    int connections = 512;
    int connectionsPerAddress = 64;
    /// From the first byte of a request, or from the connection, to the end of its head.
    std::chrono::milliseconds headTime{10'000};
    /// A body may take this long and, beyond that, as long as its size at `bodyBytesPerSecond`.
    std::chrono::milliseconds bodyTime{10'000};
    qint64 bodyBytesPerSecond = 16 * 1024;
    /// Between two requests of one connection.
    std::chrono::milliseconds idleTime{30'000};
    /// For the backend to answer; then 504.
    std::chrono::milliseconds answerTime{60'000};
    /// Without a byte taken by the client.
    std::chrono::milliseconds writeStall{10'000};
    /// How often these times are looked at.
    std::chrono::milliseconds sweep{1'000};
    /// Of a message from a WebSocket client.
    quint64 messageBytes = 64 * 1024;
    /// Waiting for one WebSocket client; more is dropped and told by `resync`.
    qint64 pendingEventBytes = 1024 * 1024;
    std::chrono::milliseconds pingInterval{30'000};
    /// How often the right to see events is asked for again.
    std::chrono::milliseconds rightsInterval{1'500};
};

struct ApiSettings
{
    /// Only loopback addresses until there is TLS.
    QString address = QStringLiteral("127.0.0.1");
    /// 0 takes a free one.
    quint16 port = 0;
    ApiLimits limits;
};

/// The front door: REST below /api/v1, the OpenAPI document, and WebSockets below /ws, on one port. Lives in
/// a thread of its own; the collaborators must outlive it and be thread-safe.
class ApiServer
{
public:
    ApiServer(contracts::Dispatcher &dispatcher, contracts::Authenticator &authenticator,
        contracts::EventSource &events, ApiSettings settings);
    /// Stops.
    ~ApiServer();
    ApiServer(const ApiServer &) = delete;
    ApiServer &operator=(const ApiServer &) = delete;

    /// Listens when it returns. InvalidArgument for an address that is not allowed, Unavailable when the port
    /// cannot be had, Conflict when it was started already.
    core::Result<> start();
    /// Closes all connections and ends the thread. Safe to call twice. Calls that the backend still works on
    /// are answered to nobody.
    void stop();
    /// The port in use; 0 before start.
    [[nodiscard]] quint16 port() const;

private:
    struct Running;

    contracts::Dispatcher &m_dispatcher;
    contracts::Authenticator &m_authenticator;
    contracts::EventSource &m_events;
    ApiSettings m_settings;
    std::unique_ptr<Running> m_running;
};

} // namespace dockerauto::api
