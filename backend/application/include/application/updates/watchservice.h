#pragma once

#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/updates/prober.h>
#include <core/clock.h>
#include <core/threadpool.h>
#include <ports/storage.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace dockerauto::application {

/// Watches containers for a while after their update and has the update undone when the container has become
/// worse. Survives restarts: what is watched is in the update's row (`observation`). One thread for all.
class WatchService
{
public:
    struct Settings
    {
        /// Between two samples of one container; three times as often in the first minute.
        std::chrono::milliseconds interval{15'000};
    };
    /// Undoes the update, with the reason in words; called on the watching thread, must not block for long.
    using Undo = std::function<core::Result<>(const core::UpdateId &, const QString &reason)>;

    WatchService(ports::Storage &storage, HostService &hosts, Prober &prober, EventFeed &feed,
        const core::Clock &clock, const Settings &settings, Undo undo);
    ~WatchService();
    WatchService(const WatchService &) = delete;
    WatchService &operator=(const WatchService &) = delete;

    /// Takes up what was being watched when the program ended.
    void start();
    void stop();
    /// From now on this finished update, whose row has an observation, is watched.
    void begin(const core::UpdateId &id);
    /// Called with updates whose watch has ended well, or early: their old image may be cleaned up now.
    void whenEnded(std::function<void(const core::UpdateId &)> ended);

private:
    struct Watched;

    void run(const std::stop_token &stop);

    ports::Storage &m_storage;
    HostService &m_hosts;
    Prober &m_prober;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    Settings m_settings;
    Undo m_undo;
    std::function<void(const core::UpdateId &)> m_ended;
    std::mutex m_mutex;
    std::map<core::UpdateId, std::unique_ptr<Watched>> m_watched;
    core::ThreadPool m_pool;
};

} // namespace dockerauto::application
