#include "eventoutbox.h"

#include <core/json.h>

#include <utility>

namespace dockerauto::api {

QString eventText(const contracts::Event &event)
{
    return QString::fromStdString(core::writeJson(core::Json{{"seq", event.seq}, {"topic", event.topic},
        {"type", event.type}, {"time", core::toRfc3339(event.time)}, {"payload", event.payload}}));
}

EventOutbox::EventOutbox(qint64 maxBytes, std::function<void()> wake)
    : m_maxBytes(maxBytes), m_wake(std::move(wake))
{
}

void EventOutbox::put(const contracts::Event &event)
{
    QString text = eventText(event);
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_dropped || m_bytes + text.size() > m_maxBytes) {
            m_messages.clear();
            m_bytes = 0;
            m_dropped = contracts::Event{event.seq, event.topic, contracts::events::resync, event.time, {}};
        } else {
            m_bytes += text.size();
            m_messages.push_back(std::move(text));
        }
        wake = !std::exchange(m_awake, true);
    }
    if (wake) {
        m_wake();
    }
}

std::optional<QString> EventOutbox::take()
{
    const std::lock_guard lock(m_mutex);
    if (m_dropped) {
        QString text = eventText(*m_dropped);
        m_dropped.reset();
        return text;
    }
    if (m_messages.empty()) {
        m_awake = false;
        return std::nullopt;
    }
    QString text = std::move(m_messages.front());
    m_messages.pop_front();
    m_bytes -= text.size();
    return text;
}

} // namespace dockerauto::api
