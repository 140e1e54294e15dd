#include "application/updates/updateservice.h"

#include "../containers/containermapping.h"
#include "../paging.h"
#include "updateledger.h"
#include "updatemapping.h"
#include "updatesaga.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <algorithm>
#include <ranges>

namespace dockerauto::application {

using contracts::StartedUpdates;
using contracts::Update;
using core::CallContext;
using core::ContainerId;
using core::Deadline;
using core::ErrorCode;
using core::fail;
using core::HostId;
using core::Result;
using core::UpdateId;
using core::UpdateStatus;
using core::UpdateStrategy;
using ports::UpdateFilter;
using ports::UpdateRecord;
using namespace std::chrono_literals;

/// An update that is queued or carried out now.
struct UpdateService::Active
{
    std::stop_source cancel;
    std::atomic<bool> cancelled = false;
};

UpdateService::UpdateService(ports::Storage &storage, HostService &hosts, ImageCache &images,
    ports::CredentialStore &credentials, ContainerSync &sync, EventFeed &feed, const core::Clock &clock,
    const UpdateSettings &settings)
    : m_storage(storage)
    , m_hosts(hosts)
    , m_images(images)
    , m_credentials(credentials)
    , m_sync(sync)
    , m_clock(clock)
    , m_settings(settings)
    , m_ledger(std::make_unique<UpdateLedger>(storage, feed, clock))
    , m_pool(QStringLiteral("updates"), settings.parallel, 10'000)
{
}

UpdateService::~UpdateService()
{
    stop();
}

void UpdateService::whenSettled(std::function<void(const ContainerId &)> settled)
{
    m_settled = std::move(settled);
}

void UpdateService::stop()
{
    m_pool.stop();
}

HostService::Observer UpdateService::observer()
{
    return {.connected = [this](const HostId &host, ports::ContainerEngine &,
                             const std::stop_token &stop) { takeUp(host, stop); },
        .event = [](const HostId &, ports::ContainerEngine &, const ports::EngineEvent &,
                     const std::stop_token &) {}};
}

Result<UpdateRecord> UpdateService::prepare(ports::UnitOfWork &work, const ContainerId &id,
    std::optional<UpdateStrategy> strategy, const QString &requestedBy) const
{
    DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
    const auto refuse = [&](const QString &why) {
        return fail(ErrorCode::Conflict, QStringLiteral("“%1” can't be updated: %2").arg(container.name, why),
            QStringLiteral("containers"));
    };
    if (container.policy == core::UpdatePolicy::Pinned) {
        return refuse(QStringLiteral("it is pinned. Change its policy first."));
    }
    if (container.decision.candidateDigest.isEmpty()) {
        return refuse(container.decision.decision == core::Decision::UpToDate
                          ? QStringLiteral("it is up to date.")
                          : QStringLiteral("no newer image is known. Check it first. (%1)")
                                .arg(container.decision.reason));
    }
    const UpdateStrategy wanted = strategy.value_or(container.strategy);
    if (wanted != UpdateStrategy::Rolling && wanted != UpdateStrategy::Recreate) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“strategy” can be rolling or recreate in this version"),
            QStringLiteral("strategy"));
    }
    // A single container is always stopped before the new one starts, whatever was wished: the record tells
    // what is done, not what was asked for.
    return UpdateRecord{.id = UpdateId(core::newUniqueId()),
        .container = container.id,
        .containerName = container.name,
        .host = container.host,
        .status = UpdateStatus::Pending,
        .strategy = UpdateStrategy::Recreate,
        .from = {container.image, container.tag, container.digest, container.imageId},
        .to = {container.image, container.decision.candidateTag, container.decision.candidateDigest, {}},
        .requestedBy = requestedBy,
        .approvedBy = {},
        .error = {},
        .proof = {},
        .createdAt = m_clock.now(),
        .startedAt = {},
        .completedAt = {}};
}

Result<StartedUpdates> UpdateService::start(const std::vector<ContainerId> &containers,
    std::optional<UpdateStrategy> strategy, const QString &requestedBy, const CallContext &context)
{
    if (containers.empty()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("Name at least one container"),
            QStringLiteral("containers"));
    }
    // Until they are queued here, nobody else may take up what is written down here.
    const std::lock_guard taking(m_takingUp);
    std::vector<LedgerEntry> entries;
    // All rows or none, so that a refused container does not leave half of a batch behind.
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            entries.clear();
            for (const ContainerId &id : containers) {
                DOCKERAUTO_TRY_ASSIGN(entry, writeDown(work, id, strategy, requestedBy));
                entries.push_back(std::move(entry));
            }
            return {};
        },
        context));
    StartedUpdates started;
    for (const LedgerEntry &entry : entries) {
        m_ledger->announce(entry);
        started.items.push_back(
            {entry.update.id.text(), entry.update.container.text(), UpdateStatus::Pending});
        // What can't be queued now is taken up at the next connection to the host: it is written down.
        if (auto queued = enqueue(entry.update.id, entry.update.host); !queued) {
            qCWarning(core::logUpdate).noquote() << queued.error().text();
        }
    }
    return started;
}

/// The word of the person who starts an update that waits for approval is the approval.
Result<std::optional<LedgerEntry>> UpdateService::approveWaiting(
    ports::UnitOfWork &work, const UpdateRecord &wanted) const
{
    DOCKERAUTO_TRY_ASSIGN(waiting, work.updates().list({.state = UpdateFilter::State::Any,
                                                           .status = UpdateStatus::AwaitingApproval,
                                                           .container = wanted.container},
                                       std::nullopt, 1));
    if (waiting.empty()) {
        return std::nullopt;
    }
    UpdateRecord update = waiting.front();
    if (update.to.digest != wanted.to.digest) {
        update.status = UpdateStatus::Cancelled;
        update.error = QStringLiteral("Another version was started");
        update.completedAt = m_clock.now();
        DOCKERAUTO_TRY(work.updates().save(update));
        return std::nullopt;
    }
    update.status = UpdateStatus::Pending;
    update.approvedBy = wanted.requestedBy;
    DOCKERAUTO_TRY(work.updates().save(update));
    DOCKERAUTO_TRY_ASSIGN(stepRecords, work.updates().steps(update.id));
    return LedgerEntry{.update = std::move(update), .steps = std::move(stepRecords)};
}

Result<LedgerEntry> UpdateService::writeDown(ports::UnitOfWork &work, const ContainerId &id,
    std::optional<UpdateStrategy> strategy, const QString &requestedBy, UpdateStatus status) const
{
    static const std::vector<QString> stepNames{steps::preflight, steps::pull, steps::rename, steps::create,
        steps::stop, steps::start, steps::health, steps::verify, steps::commit, steps::cleanup};
    DOCKERAUTO_TRY_ASSIGN(record, prepare(work, id, strategy, requestedBy));
    record.status = status;
    if (status == UpdateStatus::Pending) {
        DOCKERAUTO_TRY_ASSIGN(approved, approveWaiting(work, record));
        if (approved) {
            return std::move(*approved);
        }
    }
    if (auto saved = work.updates().save(record); !saved) {
        return saved.error().code == ErrorCode::Conflict
                   ? fail(ErrorCode::Conflict,
                         QStringLiteral("“%1” is being updated already").arg(record.containerName),
                         QStringLiteral("containers"))
                   : fail(std::move(saved.error()));
    }
    LedgerEntry entry{.update = std::move(record), .steps = {}};
    for (const QString &name : stepNames) {
        entry.steps.push_back({.position = static_cast<int>(entry.steps.size()), .name = name});
        DOCKERAUTO_TRY(work.updates().saveStep(entry.update.id, entry.steps.back()));
    }
    return entry;
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
    const auto read = m_storage.read(
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
        auto engine = m_hosts.engine(host);
        auto entry = m_ledger->load(id, {Deadline::in(10s), stop});
        if (engine && entry) {
            UpdateSaga saga(
                {m_storage, m_hosts, m_images, m_credentials, m_sync, *m_ledger, m_clock, m_settings},
                std::move(*entry), *engine, stop, active->cancel.get_token(),
                [active] { return active->cancelled.load(); });
            end = saga.recover();
        }
        if (end == UpdateSaga::End::Settled) {
            break;
        }
        m_clock.sleep(pause, stop);
        pause = std::min(pause * 2, 10'000ms);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_active.erase(id);
    }
    if (end == UpdateSaga::End::Settled && m_settled) {
        if (const auto entry = m_ledger->load(id, {Deadline::in(10s), {}})) {
            m_settled(entry->update.container);
        }
    }
}

Result<Update> UpdateService::cancel(const UpdateId &id, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(entry, m_ledger->load(id, context));
    if (core::isFinal(entry.update.status)) {
        return fail(ErrorCode::Conflict, QStringLiteral("The update is finished already"));
    }
    if (entry.update.status == UpdateStatus::Parked ||
        entry.update.status == UpdateStatus::AwaitingApproval) {
        // A person has looked at it: what is on the host now is how it shall be.
        DOCKERAUTO_TRY(m_ledger->setStatus(entry, UpdateStatus::Cancelled, entry.update.error, context));
        return describe(id, context);
    }
    DOCKERAUTO_TRY_ASSIGN(journal, m_ledger->journal(id, context));
    const bool committed = std::ranges::any_of(journal, [](const ports::JournalRecord &record) {
        return record.step == steps::commit && record.kind == ports::JournalRecord::Kind::Done;
    });
    if (committed) {
        return fail(ErrorCode::Conflict, QStringLiteral("The new container has been accepted already"));
    }
    {
        const std::lock_guard lock(m_mutex);
        if (const auto active = m_active.find(id); active != m_active.end()) {
            active->second->cancelled = true;
            active->second->cancel.request_stop();
        }
    }
    return describe(id, context);
}

Result<Update> UpdateService::describe(const UpdateId &id, const CallContext &context) const
{
    Update update;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.updates().find(id));
            DOCKERAUTO_TRY_ASSIGN(stepRecords, work.updates().steps(id));
            DOCKERAUTO_TRY_ASSIGN(lines, work.updates().log(id));
            update = toContract(record, stepRecords);
            for (const auto &line : lines) {
                update.log.push_back(toContract(line));
            }
            return {};
        },
        context));
    for (contracts::Step &step : update.steps) {
        step.progress = m_ledger->progressOf(update.id, step.name);
    }
    return update;
}

Result<contracts::UpdatePage> UpdateService::list(
    const contracts::UpdateQuery &query, UpdateFilter::State state, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(limit, pageSize(query.limit));
    DOCKERAUTO_TRY_ASSIGN(after, fromCursor(query.cursor));
    UpdateFilter filter{.state = state, .status = query.status, .container = {}};
    if (query.container) {
        filter.container = ContainerId(*query.container);
    }
    contracts::UpdatePage page;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(records, work.updates().list(filter, after, limit));
            for (const auto &record : records) {
                DOCKERAUTO_TRY_ASSIGN(stepRecords, work.updates().steps(record.id));
                page.items.push_back(toContract(record, stepRecords));
            }
            return {};
        },
        context));
    if (static_cast<int>(page.items.size()) == limit) {
        page.nextCursor = toCursor({core::toRfc3339(page.items.back().createdAt), page.items.back().id});
    }
    return page;
}

Result<contracts::AvailablePage> UpdateService::available(
    const contracts::AvailableQuery &query, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(limit, pageSize(query.limit));
    DOCKERAUTO_TRY_ASSIGN(after, fromCursor(query.cursor));
    ports::ContainerFilter filter;
    filter.decision = query.decision;
    contracts::AvailablePage page;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(records, work.containers().list(filter, after, limit));
            for (const auto &record : records) {
                contracts::UpdateState state = toContract(record.decision);
                page.items.push_back({.container = record.id.text(),
                    .name = record.name,
                    .decision = state.decision,
                    .reason = std::move(state.reason),
                    .heldBy = state.heldBy,
                    .possibleAt = state.possibleAt,
                    .checkedAt = state.checkedAt,
                    .candidate = std::move(state.candidate)});
            }
            return {};
        },
        context));
    if (static_cast<int>(page.items.size()) == limit) {
        page.nextCursor = toCursor({page.items.back().name, page.items.back().container});
    }
    return page;
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
            return start(ids, request.strategy, environment.scope.principal.name(), environment.context);
        });
}

} // namespace dockerauto::application
