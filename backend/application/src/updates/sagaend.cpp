// The end of an update: what is remembered of it.

#include "updatesaga.h"

#include <core/logging.h>

namespace dockerauto::application {

using core::Json;
using core::Result;
using core::UpdateStatus;
using namespace std::chrono_literals;

UpdateSaga::End UpdateSaga::settle(UpdateStatus status, const QString &error)
{
    // What is known of the containers first, the end of the update last: whoever sees the end sees all of it.
    for (const SagaMember &member : m_state.members) {
        const QString engineId = status == UpdateStatus::Succeeded ? member.newId : member.oldId;
        if (auto refreshed = m_with.sync.refresh(m_entry.update.host, engineId, callContext(15s));
            !refreshed) {
            qCWarning(core::logUpdate).noquote() << refreshed.error().text();
        }
    }
    if (auto remembered = rememberDecision(status, error); !remembered) {
        qCWarning(core::logUpdate).noquote() << remembered.error().text();
    }
    if (status != UpdateStatus::Parked) {
        for (const core::UpdateId &id : {m_entry.update.id, m_entry.update.rollbackOf}) {
            auto gone =
                id.isEmpty() ? Result<>() : m_with.snapshots.removeHelpers(id, *m_engine, callContext(30s));
            if (!gone) {
                qCWarning(core::logUpdate).noquote() << gone.error().text();
            }
        }
    }
    const bool undid = isRollback() && status == UpdateStatus::Succeeded;
    auto set = m_with.ledger.setStatus(m_entry, status, error, storeContext(),
        undid ? [this](ports::UnitOfWork &work) { return closeUndone(work); } : ports::Storage::Work());
    if (!set) {
        qCWarning(core::logUpdate).noquote()
            << m_entry.update.containerName
            << "the end of the update could not be stored:" << set.error().text();
        return End::Interrupted;
    }
    qCInfo(core::logUpdate).noquote()
        << m_entry.update.containerName << "update ended:" << core::toQString(status) << error;
    return End::Settled;
}

/// The history of the update that was undone says so.
Result<> UpdateSaga::closeUndone(ports::UnitOfWork &work) const
{
    DOCKERAUTO_TRY_ASSIGN(undone, work.updates().find(m_entry.update.rollbackOf));
    undone.status = UpdateStatus::RolledBack;
    undone.rolledBackBy = m_entry.update.id;
    const QString reason = core::textOf(m_entry.update.care, "reason");
    undone.error =
        reason.isEmpty() ? QStringLiteral("Rolled back by %1").arg(m_entry.update.requestedBy) : reason;
    undone.restorePoint = {};
    undone.hasRestorePoint = false;
    if (undone.observation.is_object()) {
        if (core::textOf(undone.observation, "state") == core::toQString(core::WatchState::Watching)) {
            undone.observation["state"] = std::string(core::toText(core::WatchState::Ended));
            undone.observation["reason"] = "Rolled back";
        }
    }
    const auto now = m_with.clock.now();
    DOCKERAUTO_TRY(work.candidates().saveHold({.container = undone.container,
        .kind = core::Hold::Quarantine,
        .tag = undone.to.tag,
        .digest = undone.to.digest,
        .until = std::nullopt,
        .reason = undone.error,
        .createdBy = QStringLiteral("update ") % undone.id.text(),
        .createdAt = now}));
    return work.updates().save(undone);
}

/// A finished update can be undone, and is watched for a while.
void UpdateSaga::prepareWatch()
{
    if (isRollback() || m_state.members.empty()) {
        return;
    }
    m_entry.update.restorePoint = restorePointOf(m_state);
    m_entry.update.hasRestorePoint = true;
    if (isToBeWatched()) {
        const auto until = m_with.clock.now() + m_care.watch;
        m_entry.update.observation = Json{{"state", std::string(core::toText(core::WatchState::Watching))},
            {"until", core::toRfc3339(until)}, {"reason", ""}, {"baseline", m_state.baseline}};
    }
}

/// What has failed is not tried again by itself: a version that did not work until it changes, one that could
/// not be tried for some hours.
Result<> UpdateSaga::quarantine(ports::UnitOfWork &work, UpdateStatus status, const QString &error) const
{
    if (isRollback() || (status != UpdateStatus::RolledBack && status != UpdateStatus::Failed)) {
        return {};
    }
    const auto now = m_with.clock.now();
    return work.candidates().saveHold({.container = m_entry.update.container,
        .kind = core::Hold::Quarantine,
        .tag = m_entry.update.to.tag,
        .digest = m_entry.update.to.digest,
        .until = status == UpdateStatus::Failed ? std::optional(now + 6h) : std::nullopt,
        .reason = error,
        .createdBy = QStringLiteral("update ") % m_entry.update.id.text(),
        .createdAt = now});
}

Result<> UpdateSaga::rememberDecision(UpdateStatus status, const QString &error)
{
    const core::ContainerId &id = m_entry.update.container;
    const bool done = status == UpdateStatus::Succeeded || status == UpdateStatus::Skipped;
    const bool undid = isRollback() && done;
    const bool arrived = !isRollback() && done;
    const bool untouched = !done && m_entry.journalPosition == 0 && status != UpdateStatus::Failed;
    if (m_putOff || untouched || (isRollback() && !undid)) {
        return {};
    }
    // What a rollback leaves behind is the newer version again.
    const ports::ImageVersionRecord &newer = undid ? m_entry.update.from : m_entry.update.to;
    DOCKERAUTO_TRY(m_with.storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
            ports::DecisionRecord decision = container.decision;
            decision.checkedAt = m_with.clock.now();
            decision.heldBy.reset();
            decision.possibleAt.reset();
            if (arrived) {
                decision = {};
                decision.checkedAt = m_with.clock.now();
                decision.decision = core::Decision::UpToDate;
                decision.reason = QStringLiteral("Runs what the registry has under this tag");
            } else {
                decision.decision = core::Decision::UpdateAvailable;
                decision.candidateTag = newer.tag;
                decision.candidateDigest = newer.digest;
                decision.reason = undid ? QStringLiteral("This version was rolled back")
                                        : QStringLiteral("The last try did not succeed: ") % error;
            }
            DOCKERAUTO_TRY(quarantine(work, status, error));
            return work.containers().saveDecision(id, decision);
        },
        storeContext()));
    return m_with.sync.announce(id, storeContext());
}

} // namespace dockerauto::application
