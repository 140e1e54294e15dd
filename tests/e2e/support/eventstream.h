#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QWebSocket>

#include <functional>
#include <vector>

namespace dockerauto::e2e {

/// Follows the events of a server over its WebSocket and keeps them in the order in which they came.
class EventStream
{
public:
    using Listener = std::function<void(const core::Json &event)>;

    EventStream();

    /// Subscribed when it returns.
    core::Result<> open(const QString &server, const QString &token, const QString &topic);
    void close() { m_socket.abort(); }
    /// Called for each event as it comes.
    void setListener(Listener listener) { m_listener = std::move(listener); }
    [[nodiscard]] const std::vector<core::Json> &events() const { return m_events; }
    void clear() { m_events.clear(); }
    /// Runs the event loop until an event fits; false when none came in time.
    bool waitFor(const std::function<bool(const core::Json &)> &fits, int milliseconds);

private:
    QWebSocket m_socket;
    std::vector<core::Json> m_events;
    Listener m_listener;
};

} // namespace dockerauto::e2e
