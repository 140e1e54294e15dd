#include "application/updates/updateservice.h"

#include "active.h"
#include "updateledger.h"
#include "updatelocks.h"
#include "updatesaga.h"

#include <core/logging.h>

#include <algorithm>
#include <ranges>

namespace dockerauto::application {

using core::CallContext;
using core::ContainerId;
using core::Deadline;
using core::ErrorCode;
using core::HostId;
using core::Result;
using core::UpdateId;
using core::UpdateStatus;
using ports::UpdateFilter;
using ports::UpdateRecord;
using namespace std::chrono_literals;

UpdateService::UpdateService(const Collaborators &collaborators, const UpdateSettings &settings)
    : m_with(collaborators)
    , m_settings(settings)
    , m_ledger(std::make_unique<UpdateLedger>(m_with.storage, m_with.feed, m_with.clock))
    , m_locks(std::make_unique<UpdateLocks>())
    , m_pool(QStringLiteral("updates"), settings.parallel, 10'000)
{
}

UpdateService::~UpdateService()
{
    stop();
}

void UpdateService::whenSettled(std::function<void(const UpdateRecord &)> settled)
{
    m_settled = std::move(settled);
}

void UpdateService::stop()
{
    m_pool.stop();
}

void UpdateService::announce(const UpdateId &id)
{
    if (const auto entry = m_ledger->load(id, {Deadline::in(10s), {}})) {
        m_ledger->announce(*entry);
    }
}

HostService::Observer UpdateService::observer()
{
    return {.connected = [this](const HostId &host, ports::ContainerEngine &,
                             const std::stop_token &stop) { takeUp(host, stop); },
        .event = [](const HostId &, ports::ContainerEngine &, const ports::EngineEvent &,
                     const std::stop_token &) {}};
}

Result<> UpdateService::enqueue(const UpdateId &id, const HostId &host)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_active.emplace(id, std::make_shared<Active>()).second) {
            return {};
        }
    }
    auto posted = m_pool.post([this, id, host](const std::stop_token &stop) { carryOut(id, host, stop); });
    if (!posted) {
        const std::lock_guard lock(m_mutex);
        m_active.erase(id);
    }
    return posted;
}

void UpdateService::takeUp(const HostId &host, const std::stop_token &stop)
{
    const std::lock_guard taking(m_takingUp);
    std::vector<UpdateRecord> unfinished;
    const auto read = m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(records,
                work.updates().list({.state = UpdateFilter::State::Unfinished, .status = {}, .container = {}},
                    std::nullopt, 10'000));
            unfinished = std::move(records);
            return {};
        },
        {Deadline::in(30s), stop});
    if (!read) {
        qCWarning(core::logUpdate).noquote() << "unfinished updates can't be read:" << read.error().text();
        return;
    }
    // Oldest first, as they were asked for.
    for (const UpdateRecord &update : std::views::reverse(unfinished)) {
        const bool open = update.status == UpdateStatus::Pending || update.status == UpdateStatus::Running;
        if (update.host == host && open) {
            if (auto queued = enqueue(update.id, host); !queued) {
                qCWarning(core::logUpdate).noquote() << queued.error().text();
            }
        }
    }
}

void UpdateService::carryOut(const UpdateId &id, const HostId &host, const std::stop_token &stop)
{
    const core::LogScope scope("operation", id.text());
    std::shared_ptr<Active> active;
    {
        const std::lock_guard lock(m_mutex);
        active = m_active.at(id);
    }
    const std::stop_callback endsWaiting(stop, [active] { active->cancel.request_stop(); });
    auto pause = 500ms;
    auto end = UpdateSaga::End::Interrupted;
    while (!stop.stop_requested()) {
        auto engine = m_with.hosts.engine(host);
        auto entry = m_ledger->load(id, {Deadline::in(10s), stop});
        if (engine && entry) {
            UpdateSaga saga({m_with.storage, m_with.hosts, m_with.images, m_with.memory, m_with.credentials,
                                m_with.sync, m_with.snapshots, m_with.prober, m_with.self, *m_ledger,
                                *m_locks, m_with.clock, m_settings, m_with.hooksEnabled},
                std::move(*entry), *engine, stop, active->cancel.get_token(),
                [active] { return active->cancelled.load(); });
            end = saga.recover();
        }
        if (end == UpdateSaga::End::Settled) {
            break;
        }
        m_with.clock.sleep(pause, stop);
        pause = std::min(pause * 2, 10'000ms);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_active.erase(id);
    }
    if (end == UpdateSaga::End::Settled && m_settled) {
        if (const auto entry = m_ledger->load(id, {Deadline::in(10s), {}})) {
            m_settled(entry->update);
        }
    }
}

void UpdateService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::ListUpdates>(
        [this](const contracts::UpdateQuery &query, const CallEnvironment &environment) {
            return list(query, UpdateFilter::State::Unfinished, environment.context);
        });
    bus.handle<contracts::ListUpdateHistory>(
        [this](const contracts::UpdateQuery &query, const CallEnvironment &environment) {
            return list(query, UpdateFilter::State::Finished, environment.context);
        });
    bus.handle<contracts::ListAvailableUpdates>(
        [this](const contracts::AvailableQuery &query, const CallEnvironment &environment) {
            return available(query, environment.context);
        });
    bus.handle<contracts::GetUpdate>(
        [this](const contracts::UpdateRef &request, const CallEnvironment &environment) {
            return describe(UpdateId(request.id), environment.context);
        });
    bus.handle<contracts::CancelUpdate>(
        [this](const contracts::UpdateRef &request, const CallEnvironment &environment) {
            return cancel(UpdateId(request.id), environment.context);
        });
    bus.handle<contracts::RollBackUpdate>(
        [this](const contracts::RollbackRequest &request, const CallEnvironment &environment) {
            return undo(request, environment.scope.principal.name(), environment.context);
        });
    bus.handle<contracts::ResumeUpdate>(
        [this](const contracts::ResumeRequest &request, const CallEnvironment &environment) {
            return resume(UpdateId(request.id), request.direction.value_or(core::ResumeDirection::Auto),
                environment.scope.principal.name(), environment.context);
        });
    bus.handle<contracts::ApproveUpdate>(
        [this](const contracts::UpdateVerdict &request, const CallEnvironment &environment) {
            return approve(request, environment.scope.principal.name(), environment.context);
        });
    bus.handle<contracts::RejectUpdate>(
        [this](const contracts::UpdateVerdict &request, const CallEnvironment &environment) {
            return reject(request, environment.scope.principal.name(), environment.context);
        });
    bus.handle<contracts::StartUpdates>(
        [this](const contracts::StartUpdatesRequest &request, const CallEnvironment &environment) {
            std::vector<ContainerId> ids;
            for (const QString &id : request.containers) {
                ids.emplace_back(id);
            }
            return start(ids,
                {.strategy = request.strategy,
                    .planHash = request.planHash.value_or(QString()),
                    .backupVolumes = request.backupVolumes,
                    .rollback = request.rollback,
                    .dryRun = request.dryRun.value_or(false)},
                environment.scope.principal.name(), environment.context);
        });
}

} // namespace dockerauto::application
