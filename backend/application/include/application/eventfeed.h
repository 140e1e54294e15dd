#pragma once

#include <contracts/dispatcher.h>
#include <core/clock.h>

#include <deque>
#include <memory>
#include <mutex>

namespace dockerauto::application {

/// The feed of events: numbers them, keeps the last ones for those who come back, and hands them on.
/// Thread-safe.
///
/// Numbers start from the time of the start, so that a number from before a restart is never mistaken for one
/// of now: it leads to a resync.
class EventFeed final : public contracts::EventSource
{
public:
    explicit EventFeed(const core::Clock &clock, std::size_t kept = 1024);
    ~EventFeed() override;

    void publish(const QString &topic, const QString &type, core::Json payload);
    [[nodiscard]] std::unique_ptr<Subscription> subscribe(
        std::vector<QString> topics, std::optional<quint64> since, Sink sink) override;
    /// Whether anybody listens to the topic by name; those who listen to everything do not count.
    [[nodiscard]] bool isWanted(const QString &topic) const;

private:
    struct State;
    class Listener;

    std::shared_ptr<State> m_state;
    const core::Clock &m_clock;
};

} // namespace dockerauto::application
