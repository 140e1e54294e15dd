#pragma once

#include <contracts/events.h>

#include <QString>

#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace dockerauto::api {

/// The text of one event as WebSocket clients get it.
QString eventText(const contracts::Event &event);

/// Events on their way from the thread that publishes to the thread of the server, for one client. Bounded in
/// bytes: what does not fit is dropped, all that waits with it, and replaced by one `resync`.
class EventOutbox
{
public:
    /// `wake` is called from the publishing thread when there is something to take and the taker sleeps.
    EventOutbox(qint64 maxBytes, std::function<void()> wake);

    /// From any thread.
    void put(const contracts::Event &event);
    /// The next message, or nothing; then the next put wakes.
    std::optional<QString> take();

private:
    const qint64 m_maxBytes;
    const std::function<void()> m_wake;
    std::mutex m_mutex;
    std::deque<QString> m_messages;
    qint64 m_bytes = 0;
    /// The last event that was dropped, until its resync is taken.
    std::optional<contracts::Event> m_dropped;
    bool m_awake = false;
};

} // namespace dockerauto::api
