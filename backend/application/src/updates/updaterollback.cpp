#include "names.h"
#include "updatesaga.h"

#include <core/logging.h>

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::StepStatus;
using core::textOf;
using core::UpdateStatus;
using ports::JournalRecord;
using namespace std::chrono_literals;

UpdateSaga::End UpdateSaga::failed(const core::Error &error, const QString &step)
{
    const bool cancelled = m_cancelled();
    const bool shuttingDown = m_shutdown.stop_requested() && !cancelled;
    const bool changed = m_entry.journalPosition > 0;
    if (shuttingDown || (changed && leavesOpen(error) && !cancelled)) {
        qCWarning(core::logUpdate).noquote()
            << m_entry.update.containerName << "interrupted during" << step << u':' << error.text();
        return End::Interrupted;
    }
    const QString reason = cancelled ? QStringLiteral("Cancelled by a person") : error.text();
    m_with.ledger.log(m_entry, step, reason, storeContext());
    if (!m_with.ledger.endStep(m_entry, step, StepStatus::Failed, reason, storeContext())) {
        return End::Interrupted;
    }
    if (!changed) {
        return settle(cancelled ? UpdateStatus::Cancelled : UpdateStatus::Failed, reason);
    }
    m_state.putBackReason = reason;
    m_state.putBackStatus = cancelled ? UpdateStatus::Cancelled : UpdateStatus::RolledBack;
    return putBack();
}

UpdateSaga::End UpdateSaga::putBack()
{
    const auto store = storeContext();
    auto begun = m_with.ledger.beginStep(m_entry, steps::rollback, {}, store);
    if (begun) {
        begun = m_with.ledger.appendJournal(
            m_entry, steps::rollback, JournalRecord::Kind::Intent, m_state.toJson(), store);
    }
    if (!begun) {
        return End::Interrupted;
    }
    keepLastWords();
    for (const Step step : {&UpdateSaga::takeNewAway, &UpdateSaga::restoreOld, &UpdateSaga::checkOldRuns}) {
        auto done = (this->*step)();
        if (done) {
            continue;
        }
        if (leavesOpen(done.error())) {
            return End::Interrupted;
        }
        const QString problem =
            QStringLiteral("%1. Then the old container could not be put back: %2. Both are kept; "
                           "look at “%3” and “%4”.")
                .arg(m_state.putBackReason, done.error().text(), m_state.name, m_state.aside);
        if (!m_with.ledger.endStep(
                m_entry, steps::rollback, StepStatus::Failed, done.error().text(), store)) {
            return End::Interrupted;
        }
        return settle(UpdateStatus::Parked, problem);
    }
    if (auto removed = removeNew(); !removed && leavesOpen(removed.error())) {
        return End::Interrupted;
    }
    const QString detail = m_state.wasRunning ? QStringLiteral("The old container runs again")
                                              : QStringLiteral("The old container is back");
    if (!m_with.ledger.endStep(m_entry, steps::rollback, StepStatus::Succeeded, detail, store)) {
        return End::Interrupted;
    }
    return settle(m_state.putBackStatus, m_state.putBackReason);
}

void UpdateSaga::keepLastWords()
{
    if (m_state.newId.isEmpty()) {
        return;
    }
    // What the new one said is the first thing that people ask for, and it goes away with it.
    const auto lines =
        m_engine->readLogs(m_state.newId, {.tail = 20, .since = {}, .timestamps = true}, callContext(5s));
    if (!lines) {
        return;
    }
    for (const domain::LogRecord &line : *lines) {
        m_with.ledger.log(m_entry, steps::rollback, QStringLiteral("new container: ") % line.text.left(500),
            storeContext());
    }
}

Result<std::optional<Json>> UpdateSaga::findNew()
{
    // By name too: the engine may have made it although its answer never came.
    for (const QString &idOrName :
        {m_state.newId, m_state.name, failedName(m_state.name, m_entry.update.id)}) {
        DOCKERAUTO_TRY_ASSIGN(inspect, inspectIfThere(idOrName));
        const bool ours = inspect && textOf(memberOf(memberOf(*inspect, "Config"), "Labels"),
                                         labels::operation) == m_entry.update.id.text();
        if (ours && textOf(*inspect, "Id") != m_state.oldId) {
            m_state.newId = textOf(*inspect, "Id");
            return inspect;
        }
    }
    return std::nullopt;
}

Result<> UpdateSaga::takeNewAway()
{
    DOCKERAUTO_TRY_ASSIGN(fresh, findNew());
    if (!fresh) {
        return {};
    }
    if (memberOf(memberOf(*fresh, "State"), "Running") == true ||
        memberOf(memberOf(*fresh, "State"), "Restarting") == true) {
        // It failed: it does not get the long grace time of one that works.
        DOCKERAUTO_TRY(m_engine->stopContainer(m_state.newId, 10, callContext(45s)));
    }
    if (textOf(*fresh, "Name") != QString(u'/' % m_state.name)) {
        return {};
    }
    return m_engine->renameContainer(
        m_state.newId, failedName(m_state.name, m_entry.update.id), callContext(30s));
}

Result<> UpdateSaga::restoreOld()
{
    DOCKERAUTO_TRY_ASSIGN(old, inspectIfThere(m_state.oldId));
    if (!old) {
        return fail(ErrorCode::NotFound, QStringLiteral("the old container was removed by somebody else"));
    }
    if (textOf(*old, "Name") != QString(u'/' % m_state.name)) {
        DOCKERAUTO_TRY(m_engine->renameContainer(m_state.oldId, m_state.name, callContext(30s)));
    }
    if (m_state.restartPolicy.is_object() &&
        memberOf(memberOf(*old, "HostConfig"), "RestartPolicy") != m_state.restartPolicy) {
        DOCKERAUTO_TRY(m_engine->setRestartPolicy(m_state.oldId, m_state.restartPolicy, callContext(30s)));
    }
    if (!m_state.wasRunning) {
        return {};
    }
    if (memberOf(memberOf(*old, "State"), "Running") != true) {
        DOCKERAUTO_TRY(m_engine->startContainer(m_state.oldId, callContext(60s)));
    }
    if (m_state.wasPaused && memberOf(memberOf(*old, "State"), "Paused") != true) {
        DOCKERAUTO_TRY(m_engine->pauseContainer(m_state.oldId, callContext(30s)));
    }
    return {};
}

Result<> UpdateSaga::checkOldRuns()
{
    if (!m_state.wasRunning) {
        return {};
    }
    DOCKERAUTO_TRY_ASSIGN(old, m_engine->inspectContainer(m_state.oldId, callContext(15s)));
    const Json &state = memberOf(old, "State");
    if (memberOf(state, "Running") != true && memberOf(state, "Restarting") != true) {
        return fail(ErrorCode::Conflict, QStringLiteral("the old container ended right after its start"));
    }
    return {};
}

Result<> UpdateSaga::removeNew()
{
    DOCKERAUTO_TRY_ASSIGN(fresh, findNew());
    if (!fresh) {
        return {};
    }
    auto removed =
        m_engine->removeContainer(m_state.newId, ports::ContainerEngine::Removal::Force, callContext(60s));
    if (!removed && removed.error().code != ErrorCode::NotFound) {
        m_with.ledger.log(m_entry, steps::rollback,
            QStringLiteral("the new container could not be removed: ") % removed.error().text(),
            storeContext());
        return removed;
    }
    return {};
}

UpdateSaga::End UpdateSaga::settle(UpdateStatus status, const QString &error)
{
    // What is known of the container first, the end of the update last: whoever sees the end sees all of it.
    const QString engineId = status == UpdateStatus::Succeeded ? m_state.newId : m_state.oldId;
    if (!engineId.isEmpty()) {
        if (auto refreshed = m_with.sync.refresh(m_entry.update.host, engineId, callContext(15s));
            !refreshed) {
            qCWarning(core::logUpdate).noquote() << refreshed.error().text();
        }
    }
    if (auto remembered = rememberDecision(status, error); !remembered) {
        qCWarning(core::logUpdate).noquote() << remembered.error().text();
    }
    if (auto set = m_with.ledger.setStatus(m_entry, status, error, storeContext()); !set) {
        qCWarning(core::logUpdate).noquote()
            << m_entry.update.containerName
            << "the end of the update could not be stored:" << set.error().text();
        return End::Interrupted;
    }
    qCInfo(core::logUpdate).noquote()
        << m_entry.update.containerName << "update ended:" << core::toQString(status) << error;
    return End::Settled;
}

/// What has failed is not tried again by itself: a version that did not work until it changes, one that could
/// not be tried for some hours.
Result<> UpdateSaga::quarantine(ports::UnitOfWork &work, UpdateStatus status, const QString &error) const
{
    if (status != UpdateStatus::RolledBack && status != UpdateStatus::Failed) {
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
    const bool arrived = status == UpdateStatus::Succeeded || status == UpdateStatus::Skipped;
    if (!arrived && m_entry.journalPosition == 0 && status != UpdateStatus::Failed) {
        return {};
    }
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
                decision.candidateTag = m_entry.update.to.tag;
                decision.candidateDigest = m_entry.update.to.digest;
                decision.reason = QStringLiteral("The last try did not succeed: ") % error;
            }
            DOCKERAUTO_TRY(quarantine(work, status, error));
            return work.containers().saveDecision(id, decision);
        },
        storeContext()));
    return m_with.sync.announce(id, storeContext());
}

} // namespace dockerauto::application
