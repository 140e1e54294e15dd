#include "application/hosts/hostservice.h"

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>

#include <pthread.h>

#include <algorithm>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::HostId;
using core::HostState;
using core::Result;

/// A host with what is known of it. `record` and `engine` never change once it is made; the rest is guarded
/// by the mutex of the service.
struct HostService::Watched
{
    ports::HostRecord record;
    EnginePointer engine;
    HostState state = HostState::Connecting;
    QString detail;
    std::optional<ports::EngineInfo> info;
    std::optional<core::Timestamp> lastSeen;
    HostConnection connection;
    std::jthread thread;
};

HostService::HostService(
    ports::Storage &storage, EventFeed &feed, const core::Clock &clock, EngineFactory factory)
    : m_storage(storage), m_feed(feed), m_clock(clock), m_factory(std::move(factory))
{
}

HostService::~HostService()
{
    stop();
}

void HostService::addObserver(Observer observer)
{
    m_observers.push_back(std::move(observer));
}

Result<> HostService::start(const QString &defaultAddress, const CallContext &context)
{
    std::vector<ports::HostRecord> records;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(known, work.hosts().all());
            const HostId local(QStringLiteral("local"));
            auto found = std::ranges::find(known, local, &ports::HostRecord::id);
            if (found == known.end()) {
                known.push_back({local, QStringLiteral("local"), defaultAddress, {}, m_clock.now()});
                found = std::prev(known.end());
            }
            found->address = defaultAddress;
            DOCKERAUTO_TRY(work.hosts().save(*found));
            records = std::move(known);
            return {};
        },
        context));
    for (const auto &record : records) {
        auto engine = m_factory(record);
        if (!engine) {
            return fail(
                engine.error().within(QStringLiteral("The Docker host “%1” can't be used").arg(record.name)));
        }
        auto host = std::make_unique<Watched>();
        host->record = record;
        host->engine = std::move(*engine);
        const std::lock_guard lock(m_mutex);
        m_hosts.push_back(std::move(host));
    }
    for (const auto &host : m_hosts) {
        host->thread = std::jthread(
            [this, watched = host.get()](const std::stop_token &stop) { watch(*watched, stop); });
    }
    return {};
}

void HostService::stop()
{
    for (const auto &host : m_hosts) {
        host->thread.request_stop();
        host->engine->retryNow();
    }
    for (const auto &host : m_hosts) {
        if (host->thread.joinable()) {
            host->thread.join();
        }
    }
}

void HostService::watch(Watched &host, const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "engine-events");
    const core::LogScope scope("host", host.record.name);
    ports::ContainerEngine::EventListener listener;
    listener.connected = [&](const ports::EngineInfo &info) {
        setConnected(host, info);
        for (const Observer &observer : m_observers) {
            observer.connected(host.record.id, *host.engine, stop);
        }
    };
    listener.event = [&](const ports::EngineEvent &event) {
        for (const Observer &observer : m_observers) {
            observer.event(host.record.id, *host.engine, event, stop);
        }
    };
    listener.lost = [&](const core::Error &error) { setLost(host, error); };
    host.engine->followEvents(listener, stop);
}

void HostService::setConnected(Watched &host, const ports::EngineInfo &info)
{
    qCInfo(core::logEngine).noquote()
        << "connected to Docker Engine" << info.version << "at" << host.record.address;
    {
        const std::lock_guard lock(m_mutex);
        host.state = HostState::Connected;
        host.detail.clear();
        host.info = info;
        host.lastSeen = m_clock.now();
        host.connection = {.number = host.connection.number + 1, .since = m_clock.now()};
    }
    publish(host);
}

void HostService::setLost(Watched &host, const core::Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool same = host.state == HostState::Unreachable && host.detail == error.message;
        if (same) {
            return;
        }
        if (host.state == HostState::Connected) {
            host.lastSeen = m_clock.now();
        }
        host.state = HostState::Unreachable;
        host.detail = error.message;
    }
    qCWarning(core::logEngine).noquote() << "no connection to" << host.record.address << "-" << error.text();
    publish(host);
}

void HostService::publish(const Watched &host)
{
    contracts::Host description;
    {
        const std::lock_guard lock(m_mutex);
        description = describe(host);
    }
    m_feed.publish(
        contracts::topics::containers, contracts::events::hostChanged, contracts::encode(description));
}

HostService::Watched *HostService::find(const HostId &id) const
{
    const auto found =
        std::ranges::find_if(m_hosts, [&id](const auto &host) { return host->record.id == id; });
    return found == m_hosts.end() ? nullptr : found->get();
}

Result<EnginePointer> HostService::engine(const HostId &id) const
{
    const std::lock_guard lock(m_mutex);
    const Watched *host = find(id);
    if (host == nullptr) {
        return fail(ErrorCode::NotFound, QStringLiteral("There is no Docker host “%1”").arg(id.text()));
    }
    if (host->state != HostState::Connected) {
        return fail(ErrorCode::Unavailable, host->state == HostState::Connecting
                                                ? QStringLiteral("The Docker host has not answered yet")
                                                : host->detail);
    }
    return host->engine;
}

Result<ports::EngineInfo> HostService::info(const HostId &id) const
{
    const std::lock_guard lock(m_mutex);
    const Watched *host = find(id);
    if (host == nullptr || !host->info) {
        return fail(ErrorCode::Unavailable, QStringLiteral("The Docker host has not answered yet"));
    }
    return *host->info;
}

std::optional<HostConnection> HostService::connection(const HostId &id) const
{
    const std::lock_guard lock(m_mutex);
    const Watched *host = find(id);
    return host != nullptr && host->state == HostState::Connected ? std::optional(host->connection)
                                                                  : std::nullopt;
}

std::vector<HostId> HostService::ids() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<HostId> ids;
    ids.reserve(m_hosts.size());
    for (const auto &host : m_hosts) {
        ids.push_back(host->record.id);
    }
    return ids;
}

contracts::Host HostService::describe(const Watched &host) const
{
    contracts::Host description{.id = host.record.id.text(),
        .name = host.record.name,
        .address = host.record.address,
        .state = host.state,
        .detail = host.detail,
        .engineVersion = {},
        .apiVersion = {},
        .operatingSystem = {},
        .architecture = {},
        .containers = 0,
        .lastSeenAt = host.state == HostState::Connected ? m_clock.now() : host.lastSeen};
    if (host.info) {
        if (!host.info->name.isEmpty()) {
            description.name = host.info->name;
        }
        description.engineVersion = host.info->version;
        description.apiVersion = host.info->apiVersion.text();
        description.operatingSystem = host.info->operatingSystem;
        description.architecture = host.info->architecture;
    }
    return description;
}

Result<contracts::Host> HostService::describe(const HostId &id, const CallEnvironment &environment) const
{
    contracts::Host description;
    {
        const std::lock_guard lock(m_mutex);
        const Watched *host = find(id);
        if (host == nullptr) {
            return fail(ErrorCode::NotFound, QStringLiteral("There is no Docker host “%1”").arg(id.text()));
        }
        description = describe(*host);
    }
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(
                count, work.containers().count(
                           {.search = {}, .status = {}, .project = {}, .host = id, .decision = {}}));
            description.containers = static_cast<int>(count);
            return {};
        },
        environment.context));
    return description;
}

Result<contracts::Host> HostService::test(const HostId &id, const CallEnvironment &environment)
{
    EnginePointer engine;
    {
        const std::lock_guard lock(m_mutex);
        if (const Watched *host = find(id)) {
            engine = host->engine;
        }
    }
    if (engine) {
        engine->retryNow();
        if (auto info = engine->info(environment.context.within(std::chrono::seconds(5))); !info) {
            return fail(std::move(info.error()));
        }
    }
    return describe(id, environment);
}

void HostService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::ListHosts>([this](const contracts::Nothing &,
                                         const CallEnvironment &environment) -> Result<contracts::HostList> {
        contracts::HostList list;
        for (const HostId &id : ids()) {
            DOCKERAUTO_TRY_ASSIGN(host, describe(id, environment));
            list.items.push_back(std::move(host));
        }
        return list;
    });
    bus.handle<contracts::GetHost>(
        [this](const contracts::HostRef &request, const CallEnvironment &environment) {
            return describe(HostId(request.id), environment);
        });
    bus.handle<contracts::TestHost>(
        [this](const contracts::HostRef &request, const CallEnvironment &environment) {
            return test(HostId(request.id), environment);
        });
}

} // namespace dockerauto::application
