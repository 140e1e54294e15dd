#pragma once

#include <application/eventfeed.h>
#include <application/operationbus.h>
#include <contracts/system.h>
#include <core/clock.h>
#include <core/ids.h>
#include <ports/containerengine.h>
#include <ports/storage.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dockerauto::application {

using EnginePointer = std::shared_ptr<ports::ContainerEngine>;

/// A connection to an engine, from its first answer until its stream of events ends.
struct HostConnection
{
    /// Counts from 1 in each run of the program.
    int number = 0;
    core::Timestamp since{};

    /// Whether the engine was away and may still be starting its containers. It first ends what is left of
    /// them, each with 10 s of grace, and then starts one after another: seen "exited" for 11 s after the API
    /// of Docker Engine 20.10 answered again.
    [[nodiscard]] bool isSettling(core::Timestamp now) const
    {
        return number > 1 && now < since + std::chrono::seconds(30);
    }
};

/// The Docker hosts that are watched, their engines, and whether they answer. One thread a host follows the
/// events of its engine. Thread-safe.
class HostService
{
public:
    using EngineFactory = std::function<core::Result<EnginePointer>(const ports::HostRecord &)>;

    /// What is told of a host; called on the host's thread, one at a time.
    struct Observer
    {
        /// The stream of events is open (again): whatever was known may be old.
        std::function<void(const core::HostId &, ports::ContainerEngine &, const std::stop_token &)>
            connected;
        std::function<void(const core::HostId &, ports::ContainerEngine &, const ports::EngineEvent &,
            const std::stop_token &)>
            event;
    };

    HostService(ports::Storage &storage, EventFeed &feed, const core::Clock &clock, EngineFactory factory);
    ~HostService();
    HostService(const HostService &) = delete;
    HostService &operator=(const HostService &) = delete;

    /// Observers are called in the order in which they were added. Before start.
    void addObserver(Observer observer);
    /// Reads the hosts and begins to follow them; makes the host `local` at `defaultAddress` when there is
    /// none, or moves it there when its address has changed.
    core::Result<> start(const QString &defaultAddress, const core::CallContext &context);
    void stop();

    /// NotFound for an unknown host, Unavailable with the reason while it does not answer.
    core::Result<EnginePointer> engine(const core::HostId &id) const;
    /// The platform and version of a host that answers.
    core::Result<ports::EngineInfo> info(const core::HostId &id) const;
    /// Null while the host does not answer. Whoever meant to see one run of the engine compares the numbers:
    /// an engine that was away in between has ended containers by itself and starts them again.
    [[nodiscard]] std::optional<HostConnection> connection(const core::HostId &id) const;
    [[nodiscard]] std::vector<core::HostId> ids() const;

    void registerOperations(OperationBus &bus);

private:
    struct Watched;

    Watched *find(const core::HostId &id) const;
    void watch(Watched &host, const std::stop_token &stop);
    void setConnected(Watched &host, const ports::EngineInfo &info);
    void setLost(Watched &host, const core::Error &error);
    void publish(const Watched &host);
    contracts::Host describe(const Watched &host) const;
    core::Result<contracts::Host> describe(const core::HostId &id, const CallEnvironment &environment) const;
    core::Result<contracts::Host> test(const core::HostId &id, const CallEnvironment &environment);

    ports::Storage &m_storage;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    EngineFactory m_factory;
    std::vector<Observer> m_observers;
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Watched>> m_hosts;
};

} // namespace dockerauto::application
