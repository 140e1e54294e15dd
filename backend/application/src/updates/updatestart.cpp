// From the wish to the row that says what will be done.

#include "application/updates/updateservice.h"

#include "../policies/rulesmapping.h"
#include "candidateground.h"
#include "updateledger.h"

#include <core/logging.h>
#include <core/uniqueid.h>

namespace dockerauto::application {

using contracts::StartedUpdates;
using core::CallContext;
using core::ContainerId;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using core::UpdateId;
using core::UpdateStatus;
using ports::UpdateFilter;
using ports::UpdateRecord;

namespace {

/// Those that apply; what turns out not to be needed is skipped in the end.
std::vector<QString> stepsOf(const UpdateRecord &record)
{
    const auto has = [&](const char *key) {
        const Json &value = core::memberOf(record.care, key);
        return value == true || (value.is_array() && !value.empty());
    };
    const bool update = record.kind == core::UpdateKind::Update;
    std::vector<QString> names{steps::preflight, steps::pull};
    if (update && has("hookBefore")) {
        names.push_back(steps::hookBefore);
    }
    names.insert(names.end(), {steps::rename, steps::create, steps::stop});
    if (has("saveVolumes")) {
        names.push_back(steps::backup);
    }
    if (has("restoreVolumes")) {
        names.push_back(steps::restore);
    }
    names.insert(names.end(), {steps::start, steps::health});
    if (update && has("hookAfter")) {
        names.push_back(steps::hookAfter);
    }
    names.insert(names.end(), {steps::verify, steps::commit, steps::cleanup});
    return names;
}

Result<Json> careFor(
    ports::UnitOfWork &work, const ports::ContainerRecord &container, const StartOptions &options)
{
    DOCKERAUTO_TRY_ASSIGN(chosen, careByRules(work, container));
    chosen.care.rollback = options.rollback.value_or(chosen.care.rollback);
    Json json = careToJson(chosen.care);
    json["saveVolumes"] = options.backupVolumes.value_or(chosen.savesVolumes);
    return json;
}

} // namespace

Result<UpdateRecord> UpdateService::prepare(ports::UnitOfWork &work, const Wish &wish) const
{
    DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(wish.container));
    DOCKERAUTO_TRY(checkCandidate(container, wish.options.strategy));
    DOCKERAUTO_TRY_ASSIGN(care, careFor(work, container, wish.options));
    // The record tells what is done, not what was asked for.
    return UpdateRecord{.id = UpdateId(core::newUniqueId()),
        .container = container.id,
        .containerName = container.name,
        .host = container.host,
        .status = UpdateStatus::Pending,
        .strategy = onlyStrategy,
        .from = {container.image, container.tag, container.digest, container.imageId},
        .to = {container.image, container.decision.candidateTag, container.decision.candidateDigest, {}},
        .requestedBy = wish.requestedBy,
        .approvedBy = {},
        .error = {},
        .proof = {},
        .createdAt = m_with.clock.now(),
        .startedAt = {},
        .completedAt = {},
        .planHash = wish.options.planHash,
        .care = std::move(care)};
}

/// Who names a plan has looked at it: it must still be what would be done.
Result<> UpdateService::checkPlan(const Wish &wish, const CallContext &context)
{
    ports::ContainerRecord container;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(wish.container));
            container = std::move(found);
            return {};
        },
        context));
    DOCKERAUTO_TRY_ASSIGN(engine, m_with.hosts.engine(container.host));
    DOCKERAUTO_TRY_ASSIGN(ground,
        layCandidateGround(*engine, m_with.images, m_with.memory, m_with.storage, container, context));
    return ground.hash == wish.options.planHash
               ? Result<>()
               : fail(ErrorCode::Conflict,
                     QStringLiteral("The plan is out of date: the container, what is tied to it, or the "
                                    "version has changed since. Look at the plan again."),
                     QStringLiteral("planHash"));
}

Result<StartedUpdates> UpdateService::rehearse(
    const std::vector<Wish> &wishes, const CallContext &context) const
{
    StartedUpdates started;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            for (const Wish &wish : wishes) {
                DOCKERAUTO_TRY_ASSIGN(record, prepare(work, wish));
                started.items.push_back({QString(), record.container.text(), record.status});
            }
            return {};
        },
        context));
    return started;
}

Result<StartedUpdates> UpdateService::start(const std::vector<ContainerId> &containers,
    const StartOptions &options, const QString &requestedBy, const CallContext &context)
{
    if (containers.empty()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("Name at least one container"),
            QStringLiteral("containers"));
    }
    if (!options.planHash.isEmpty() && containers.size() > 1) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("A plan is for one container; name just that one"), QStringLiteral("planHash"));
    }
    std::vector<Wish> wishes;
    for (const ContainerId &id : containers) {
        wishes.push_back({id, options, requestedBy});
    }
    if (!options.planHash.isEmpty()) {
        DOCKERAUTO_TRY(checkPlan(wishes.front(), context));
    }
    if (options.dryRun) {
        return rehearse(wishes, context);
    }
    // Until they are queued here, nobody else may take up what is written down here.
    const std::lock_guard taking(m_takingUp);
    std::vector<LedgerEntry> entries;
    // All rows or none, so that a refused container does not leave half of a batch behind.
    DOCKERAUTO_TRY(m_with.storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            entries.clear();
            for (const Wish &wish : wishes) {
                DOCKERAUTO_TRY_ASSIGN(entry, writeDown(work, wish));
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
        update.completedAt = m_with.clock.now();
        DOCKERAUTO_TRY(work.updates().save(update));
        return std::nullopt;
    }
    update.status = UpdateStatus::Pending;
    update.approvedBy = wanted.requestedBy;
    update.planHash = wanted.planHash;
    update.care = wanted.care;
    DOCKERAUTO_TRY(work.updates().save(update));
    DOCKERAUTO_TRY_ASSIGN(stepRecords, work.updates().steps(update.id));
    return LedgerEntry{.update = std::move(update), .steps = std::move(stepRecords)};
}

Result<LedgerEntry> UpdateService::writeDown(
    ports::UnitOfWork &work, const Wish &wish, UpdateStatus status) const
{
    DOCKERAUTO_TRY_ASSIGN(record, prepare(work, wish));
    record.status = status;
    if (status == UpdateStatus::Pending) {
        DOCKERAUTO_TRY_ASSIGN(approved, approveWaiting(work, record));
        if (approved) {
            return std::move(*approved);
        }
    }
    return save(work, std::move(record));
}

Result<LedgerEntry> UpdateService::save(ports::UnitOfWork &work, UpdateRecord record)
{
    if (auto saved = work.updates().save(record); !saved) {
        return saved.error().code == ErrorCode::Conflict
                   ? fail(ErrorCode::Conflict,
                         QStringLiteral("“%1” is being updated already").arg(record.containerName),
                         QStringLiteral("containers"))
                   : fail(std::move(saved.error()));
    }
    LedgerEntry entry{.update = std::move(record), .steps = {}};
    for (const QString &name : stepsOf(entry.update)) {
        entry.steps.push_back({.position = static_cast<int>(entry.steps.size()), .name = name});
        DOCKERAUTO_TRY(work.updates().saveStep(entry.update.id, entry.steps.back()));
    }
    return entry;
}

} // namespace dockerauto::application
