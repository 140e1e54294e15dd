#pragma once

#include "engineclient.h"

#include <condition_variable>
#include <deque>
#include <set>

namespace dockerauto::docker {

/// Pauses that double from try to try, each cut by chance by up to a half, so that many programs do not come
/// back at the same moment.
class RetryPause
{
public:
    RetryPause(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : m_first(first), m_longest(longest), m_next(first)
    {
    }

    std::chrono::milliseconds next();
    void reset() { m_next = m_first; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_next;
};

/// Which events were handled already. Holds more of the latest ones than an engine repeats (256).
class SeenEvents
{
public:
    /// False when it was there.
    bool add(const ports::EngineEvent &event);

private:
    std::set<QString> m_keys;
    std::deque<QString> m_order;
};

/// Holds the stream of events open until it is stopped. followEvents() is for one thread at a time; wake() is
/// for any.
class EventFollower
{
public:
    using Listener = ports::ContainerEngine::EventListener;
    using AskInfo = std::function<core::Result<ports::EngineInfo>(const core::CallContext &)>;

    EventFollower(EngineClient &client, AskInfo askInfo, RetryPause pause);

    void follow(const Listener &listener, const std::stop_token &stop);
    void wake();

private:
    /// Returns why the stream ended.
    core::Error followOnce(const Listener &listener, const std::stop_token &stop);
    core::Result<> take(std::string_view bytes, const Listener &listener);
    void takeLine(std::string_view line, const Listener &listener);
    [[nodiscard]] ApiRequest request() const;
    void waitForRetry(const std::stop_token &stop);

    EngineClient &m_client;
    AskInfo m_askInfo;
    RetryPause m_pause;

    QString m_engineId;
    qint64 m_lastNano = 0;
    SeenEvents m_seen;
    std::string m_rest;

    std::mutex m_mutex;
    std::condition_variable_any m_wakeUp;
    bool m_retryNow = false;
};

} // namespace dockerauto::docker
