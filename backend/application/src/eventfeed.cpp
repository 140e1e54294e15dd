#include "application/eventfeed.h"

#include <algorithm>
#include <list>

namespace dockerauto::application {

using contracts::Event;

struct EventFeed::State
{
    struct Entry
    {
        std::vector<QString> topics;
        Sink sink;
    };

    static bool matches(const std::vector<QString> &topics, const QString &topic)
    {
        return topics.empty() || std::ranges::find(topics, topic) != topics.end();
    }

    mutable std::mutex mutex;
    quint64 lastSeq = 0;
    std::size_t kept = 0;
    std::deque<Event> recent;
    std::list<Entry> listeners;
};

/// Owns a place in the list of listeners; lets go of it under the lock, so that no event is under way to the
/// sink afterwards.
class EventFeed::Listener final : public contracts::EventSource::Subscription
{
public:
    Listener(std::shared_ptr<State> state, std::list<State::Entry>::iterator place)
        : m_state(std::move(state)), m_place(place)
    {
    }
    ~Listener() override
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->listeners.erase(m_place);
    }

private:
    std::shared_ptr<State> m_state;
    std::list<State::Entry>::iterator m_place;
};

EventFeed::EventFeed(const core::Clock &clock, std::size_t kept)
    : m_state(std::make_shared<State>()), m_clock(clock)
{
    m_state->kept = kept;
    // 2^10 events a millisecond are never reached, and the number stays below 2^53, which JavaScript can
    // hold.
    m_state->lastSeq = static_cast<quint64>(clock.now().time_since_epoch().count()) << 10;
}

EventFeed::~EventFeed() = default;

void EventFeed::publish(const QString &topic, const QString &type, core::Json payload)
{
    const std::lock_guard lock(m_state->mutex);
    Event event{++m_state->lastSeq, topic, type, m_clock.now(), std::move(payload)};
    for (const auto &listener : m_state->listeners) {
        if (State::matches(listener.topics, topic)) {
            listener.sink(event);
        }
    }
    // A sample of metrics is worth nothing to somebody who comes back later.
    if (topic == contracts::topics::monitoring) {
        return;
    }
    m_state->recent.push_back(std::move(event));
    if (m_state->recent.size() > m_state->kept) {
        m_state->recent.pop_front();
    }
}

std::unique_ptr<contracts::EventSource::Subscription> EventFeed::subscribe(
    std::vector<QString> topics, std::optional<quint64> since, Sink sink)
{
    const std::lock_guard lock(m_state->mutex);
    if (since) {
        const bool known = *since <= m_state->lastSeq &&
                           (*since == m_state->lastSeq ||
                               (!m_state->recent.empty() && m_state->recent.front().seq <= *since + 1));
        if (known) {
            for (const Event &event : m_state->recent) {
                if (event.seq > *since && State::matches(topics, event.topic)) {
                    sink(event);
                }
            }
        } else {
            const QString topic = topics.size() == 1 ? topics.front() : QString();
            sink(Event{m_state->lastSeq, topic, contracts::events::resync, m_clock.now(), {}});
        }
    }
    m_state->listeners.push_back({std::move(topics), std::move(sink)});
    return std::make_unique<Listener>(m_state, std::prev(m_state->listeners.end()));
}

bool EventFeed::isWanted(const QString &topic) const
{
    const std::lock_guard lock(m_state->mutex);
    return std::ranges::any_of(m_state->listeners, [&topic](const State::Entry &entry) {
        return std::ranges::find(entry.topics, topic) != entry.topics.end();
    });
}

} // namespace dockerauto::application
