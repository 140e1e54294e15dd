// Stopping, undoing and going on with updates.

#include "application/updates/updateservice.h"

#include "active.h"
#include "updateledger.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::Update;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using core::UpdateId;
using core::UpdateStatus;
using ports::UpdateRecord;

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

Result<Update> UpdateService::resume(
    const UpdateId &id, core::ResumeDirection direction, const QString &who, const CallContext &context)
{
    const std::lock_guard taking(m_takingUp);
    DOCKERAUTO_TRY_ASSIGN(entry, m_ledger->load(id, context));
    if (entry.update.status != UpdateStatus::Parked) {
        return fail(ErrorCode::Conflict, QStringLiteral("Only a parked update can be resumed; this one is %1")
                                             .arg(core::toQString(entry.update.status)));
    }
    // Without an engine nothing could be looked at; then it stays parked.
    DOCKERAUTO_TRY_ASSIGN(engine, m_with.hosts.engine(entry.update.host));
    m_ledger->log(entry, steps::resume, QStringLiteral("resumed by %1").arg(who));
    m_ledger->result(entry, steps::resume, ports::JournalRecord::Kind::Done,
        Json{{"direction", std::string(core::toText(direction))}});
    DOCKERAUTO_TRY(m_ledger->setStatus(entry, UpdateStatus::Running, {}, context));
    DOCKERAUTO_TRY(enqueue(id, entry.update.host));
    return describe(id, context);
}

Result<UpdateRecord> UpdateService::prepareRollback(ports::UnitOfWork &work, const UpdateRecord &undone,
    std::optional<bool> restoreVolumes, const QString &requestedBy, const QString &reason) const
{
    if (undone.status != UpdateStatus::Succeeded || undone.kind != core::UpdateKind::Update) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("Only an update that succeeded can be rolled back; this one is %1")
                .arg(core::toQString(undone.status)));
    }
    if (!undone.restorePoint.is_object()) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("What is needed to go back is not kept any more; only the newest versions are"));
    }
    DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(undone.container));
    DOCKERAUTO_TRY_ASSIGN(saved, work.snapshots().ofUpdate(undone.id));
    if (restoreVolumes == true && saved.empty()) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("No volumes were saved with this update, so none can be put back"),
            QStringLiteral("restoreVolumes"));
    }
    const bool restore = restoreVolumes.value_or(true) && !saved.empty();
    UpdateRecord record;
    record.id = UpdateId(core::newUniqueId());
    record.container = undone.container;
    record.containerName = container.name;
    record.host = undone.host;
    record.kind = core::UpdateKind::Rollback;
    record.rollbackOf = undone.id;
    record.strategy = core::UpdateStrategy::Recreate;
    record.from = {container.image, container.tag, container.digest, container.imageId};
    record.to = undone.from;
    record.requestedBy = requestedBy;
    record.createdAt = m_with.clock.now();
    record.care = undone.care.is_object() ? undone.care : Json::object();
    // What is there now is saved first, so that a rollback that fails loses nothing either.
    record.care["saveVolumes"] = restore;
    record.care["restoreVolumes"] = restore;
    record.care["reason"] = reason;
    return record;
}

Result<UpdateId> UpdateService::rollBack(const UpdateId &id, std::optional<bool> restoreVolumes,
    const QString &requestedBy, const QString &reason, const CallContext &context)
{
    const std::lock_guard taking(m_takingUp);
    LedgerEntry entry;
    DOCKERAUTO_TRY(m_with.storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(undone, work.updates().find(id));
            DOCKERAUTO_TRY_ASSIGN(record, prepareRollback(work, undone, restoreVolumes, requestedBy, reason));
            DOCKERAUTO_TRY_ASSIGN(written, save(work, std::move(record)));
            entry = std::move(written);
            return {};
        },
        context));
    m_ledger->announce(entry);
    if (auto queued = enqueue(entry.update.id, entry.update.host); !queued) {
        qCWarning(core::logUpdate).noquote() << queued.error().text();
    }
    return entry.update.id;
}

Result<Update> UpdateService::undo(
    const contracts::RollbackRequest &request, const QString &who, const CallContext &context)
{
    const UpdateId id(request.id);
    DOCKERAUTO_TRY_ASSIGN(entry, m_ledger->load(id, context));
    switch (entry.update.status) {
    case UpdateStatus::Pending:
    case UpdateStatus::Running:
    case UpdateStatus::Paused:
        return cancel(id, context);
    case UpdateStatus::Parked:
        return resume(id, core::ResumeDirection::Back, who, context);
    default:
        break;
    }
    DOCKERAUTO_TRY_ASSIGN(rollback, rollBack(id, request.restoreVolumes, who, {}, context));
    return describe(rollback, context);
}

} // namespace dockerauto::application
