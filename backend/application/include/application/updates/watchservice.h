#pragma once

#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/updates/prober.h>
#include <core/clock.h>
#include <domain/observation.h>
#include <ports/storage.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace dockerauto::application {

class UpdateLedger;

/// Watches containers for a while after their update and has the update undone when the container has become
/// worse. Survives restarts: what is watched, and what is still to be undone, is in the update's row
/// (`observation`). While the engine does not answer, or another update of the container is under way,
/// nothing is judged, but the time goes on; a watch ends well only with a good last sample. One thread for
/// all.
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
    /// Called with updates whose watch has ended well, or early: their old image may be cleaned up now. On
    /// the watching thread. Before the start.
    void whenEnded(std::function<void(const core::UpdateId &)> ended);

private:
    struct Watched;
    struct Row;
    enum class Next
    {
        GoOn,
        Drop
    };

    void run(const std::stop_token &stop);
    [[nodiscard]] std::chrono::milliseconds visitAll(const std::stop_token &stop);
    Next visit(Watched &watched, const core::CallContext &context);
    Next judge(Watched &watched, const Row &row, const core::CallContext &context);
    Next unseen(const Watched &watched, const Row &row, const core::CallContext &context);
    void probe(domain::Vitals &vitals, const Row &row, const core::Json &found,
        ports::ContainerEngine &engine, const core::CallContext &context);
    Next regress(Watched &watched, const Row &row, const QString &reason, const core::CallContext &context);
    Next undo(Watched &watched, const core::CallContext &context);
    Next finish(const core::UpdateId &id, core::WatchState state, const QString &reason,
        const core::CallContext &context);
    core::Result<Row> read(const core::UpdateId &id, const core::CallContext &context);
    core::Result<bool> change(const core::UpdateId &id, const core::Json &fields,
        const std::function<bool(const Row &)> &may, const core::CallContext &context);
    core::Result<core::Json> inspect(
        Watched &watched, const Row &row, ports::ContainerEngine &engine, const core::CallContext &context);
    void announce(const core::UpdateId &id, const core::CallContext &context);
    [[nodiscard]] std::chrono::milliseconds intervalOf(const Watched &watched) const;
    core::Result<> takeUp(const core::CallContext &context);

    ports::Storage &m_storage;
    HostService &m_hosts;
    Prober &m_prober;
    const core::Clock &m_clock;
    Settings m_settings;
    Undo m_undo;
    std::unique_ptr<UpdateLedger> m_ledger;
    std::function<void(const core::UpdateId &)> m_ended;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    /// Only the thread takes out of it.
    std::map<core::UpdateId, std::unique_ptr<Watched>> m_watched;
    std::jthread m_thread;
};

} // namespace dockerauto::application
