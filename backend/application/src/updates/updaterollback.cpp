// The way back: the new container is taken away, the old one put in its place as it was.

#include "names.h"
#include "plainwords.h"
#include "updatesaga.h"

#include <contracts/codec.h>
#include <core/failpoint.h>
#include <core/logging.h>
#include <domain/containerlinks.h>

#include <algorithm>
#include <ranges>

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::StepStatus;
using core::textOf;
using core::UpdateStatus;
using namespace std::chrono_literals;

namespace {

bool runs(const Json &inspect)
{
    const Json &state = memberOf(inspect, "State");
    return memberOf(state, "Running") == true || memberOf(state, "Restarting") == true;
}

QString labelOf(const Json &inspect, const char *name)
{
    return textOf(memberOf(memberOf(inspect, "Config"), "Labels"), name);
}

std::vector<contracts::LogLine> toContract(const std::vector<domain::LogRecord> &records)
{
    std::vector<contracts::LogLine> lines;
    for (const domain::LogRecord &record : records) {
        lines.push_back({.time = record.time,
            .stream = record.stream == domain::LogRecord::Stream::Stderr ? QStringLiteral("stderr")
                                                                         : QStringLiteral("stdout"),
            .text = record.text.left(1000)});
    }
    return lines;
}

} // namespace

UpdateSaga::End UpdateSaga::failed(const core::Error &error, const QString &step)
{
    const bool cancelled = m_cancelled();
    const bool shuttingDown = m_shutdown.stop_requested() && !cancelled;
    const bool changed = m_entry.journalPosition > 0 && !m_untouched;
    if (shuttingDown || (changed && (leavesOpen(error) || engineWasAway()) && !cancelled)) {
        qCWarning(core::logUpdate).noquote()
            << m_entry.update.containerName << "interrupted during" << step << u':' << error.text();
        // What is known of the last call spares the recovery a step back.
        (void)m_with.ledger.flush(m_entry, storeContext());
        return End::Interrupted;
    }
    const QString reason = cancelled ? QStringLiteral("Cancelled by a person") : plainWords(error);
    log(step, reason);
    m_with.ledger.endStep(m_entry, step, StepStatus::Failed, reason);
    if (!changed) {
        return settle(cancelled ? UpdateStatus::Cancelled : UpdateStatus::Failed, reason);
    }
    if (!m_care.rollback && !cancelled && !isRollback() && m_state.newStarted) {
        keepLastWordsOfNew();
        return settle(UpdateStatus::Parked,
            QStringLiteral("%1. It is not put back by itself, as its rules say: resume or roll back this "
                           "update.")
                .arg(reason));
    }
    m_state.putBackReason = reason;
    m_state.putBackStatus = cancelled ? UpdateStatus::Cancelled : UpdateStatus::RolledBack;
    if (isRollback() && !cancelled) {
        m_state.putBackStatus = UpdateStatus::Failed;
    }
    return putBack();
}

UpdateSaga::End UpdateSaga::putBack()
{
    m_with.ledger.beginStep(m_entry, steps::rollback);
    if (!m_with.ledger.intend(
            m_entry, steps::rollback, m_state.toJson(SagaState::Extent::Changing), storeContext())) {
        return End::Interrupted;
    }
    core::failpoint("rollback.intended");
    for (const Step step : {&UpdateSaga::takeNewAway, &UpdateSaga::restoreSaved, &UpdateSaga::restoreOld,
             &UpdateSaga::checkOldRuns}) {
        auto done = (this->*step)();
        if (done) {
            core::failpoint(step == &UpdateSaga::takeNewAway    ? "rollback.away"
                            : step == &UpdateSaga::restoreSaved ? "rollback.volumes"
                            : step == &UpdateSaga::restoreOld   ? "rollback.old"
                                                                : "rollback.checked");
            continue;
        }
        if (leavesOpen(done.error()) || engineWasAway()) {
            (void)m_with.ledger.flush(m_entry, storeContext());
            return End::Interrupted;
        }
        keepLastWordsOfNew();
        keepLastWordsOfOld();
        m_with.ledger.endStep(m_entry, steps::rollback, StepStatus::Failed, plainWords(done.error()));
        return settle(UpdateStatus::Parked,
            QStringLiteral("%1. Then the old container could not be put back: %2. Both are kept; look at "
                           "“%3” and “%4”, then resume or cancel this update.")
                .arg(m_state.putBackReason, plainWords(done.error()), m_state.root().name,
                    failedName(m_state.root().name, m_entry.update.id)));
    }
    keepLastWordsOfNew();
    keepLastWordsOfOld();
    if (auto removed = removeNew(); !removed && leavesOpen(removed.error())) {
        (void)m_with.ledger.flush(m_entry, storeContext());
        return End::Interrupted;
    }
    core::failpoint("rollback.removed");
    const QString detail = m_state.root().wasRunning ? QStringLiteral("The old container runs again")
                                                     : QStringLiteral("The old container is back");
    m_with.ledger.endStep(m_entry, steps::rollback, StepStatus::Succeeded, detail);
    return settle(m_state.putBackStatus, m_state.putBackReason);
}

/// What the new one said is the first thing that people ask for, and it goes away with it.
void UpdateSaga::keepLastWordsOfNew()
{
    if (m_state.root().newId.isEmpty() || m_entry.update.lastWords.is_object()) {
        return;
    }
    const auto lines = m_engine->readLogs(
        m_state.root().newId, {.tail = 100, .since = {}, .timestamps = true}, callContext(5s));
    if (lines) {
        m_entry.update.lastWords =
            contracts::encode(contracts::LastWords{.replacement = toContract(*lines), .original = {}});
    }
}

void UpdateSaga::keepLastWordsOfOld()
{
    auto words =
        contracts::decode<contracts::LastWords>(m_entry.update.lastWords, contracts::UnknownFields::Ignore);
    if (!words || !m_state.root().wasRunning) {
        return;
    }
    const auto lines = m_engine->readLogs(
        m_state.root().oldId, {.tail = 100, .since = {}, .timestamps = true}, callContext(5s));
    if (lines) {
        words->original = toContract(*lines);
        m_entry.update.lastWords = contracts::encode(*words);
    }
}

Result<std::optional<Json>> UpdateSaga::findNew(SagaMember &member)
{
    // By name too: the engine may have made it although its answer never came.
    for (const QString &idOrName : {member.newId, member.name, failedName(member.name, m_entry.update.id)}) {
        DOCKERAUTO_TRY_ASSIGN(inspect, inspectIfThere(idOrName));
        const bool ours = inspect && labelOf(*inspect, labels::operation) == m_entry.update.id.text();
        if (ours && textOf(*inspect, "Id") != member.oldId) {
            member.newId = textOf(*inspect, "Id");
            return inspect;
        }
    }
    return std::nullopt;
}

Result<std::optional<Json>> UpdateSaga::findOld(SagaMember &member)
{
    // It may have been made again already, by a way back that was interrupted.
    DOCKERAUTO_TRY_ASSIGN(again, inspectIfThere(member.name));
    if (again && labelOf(*again, labels::rebuilt) == m_entry.update.id.text()) {
        member.oldId = textOf(*again, "Id");
        return again;
    }
    return inspectIfThere(member.oldId);
}

/// Whether what the container lives in was made again, so that it would look for what is gone.
bool UpdateSaga::isStranded(const SagaMember &member, const Json &inspect) const
{
    return std::ranges::any_of(m_state.members, [&](const SagaMember &other) {
        const QString before = textOf(other.before, "Id");
        return &other != &member && other.oldId != before &&
               !domain::tiesTo(inspect, before, other.name).empty();
    });
}

Result<> UpdateSaga::takeNewAway()
{
    for (SagaMember &member : std::views::reverse(m_state.members)) {
        DOCKERAUTO_TRY_ASSIGN(fresh, findNew(member));
        if (!fresh) {
            continue;
        }
        if (runs(*fresh)) {
            // With --rm they go away with it.
            keepLastWordsOfNew();
            // It failed: it does not get the long grace time of one that works.
            auto stopped = m_engine->stopContainer(member.newId, 10, callContext(45s));
            if (!stopped && stopped.error().code != ErrorCode::NotFound) {
                return stopped;
            }
        }
        if (textOf(*fresh, "Name") == QString(u'/' % member.name)) {
            auto renamed = m_engine->renameContainer(
                member.newId, failedName(member.name, m_entry.update.id), callContext(30s));
            // With --rm it is gone since it was stopped.
            if (!renamed && (renamed.error().code != ErrorCode::NotFound || !member.autoRemove)) {
                return renamed;
            }
        }
    }
    return {};
}

/// What the new one may have written is not what the old one has left.
Result<> UpdateSaga::restoreSaved()
{
    if (!m_state.backedUp || !m_state.newStarted) {
        return {};
    }
    log(steps::rollback, QStringLiteral("the volumes are put back as they were"));
    DOCKERAUTO_TRY(m_with.snapshots.restore(
        m_state.root().before, m_entry.update.id, *m_engine, [](const auto &) {}, callContext(6h)));
    // Before the old one runs, and writes: a way back that is interrupted must not do it again then.
    m_state.newStarted = false;
    m_with.ledger.result(m_entry, steps::rollback, ports::JournalRecord::Kind::Done,
        m_state.toJson(SagaState::Extent::Changing));
    return m_with.ledger.flush(m_entry, storeContext());
}

Result<> UpdateSaga::restoreOld()
{
    for (SagaMember &member : m_state.members) {
        DOCKERAUTO_TRY(restoreOne(member));
    }
    return {};
}

Result<> UpdateSaga::restoreOne(SagaMember &member)
{
    DOCKERAUTO_TRY_ASSIGN(old, findOld(member));
    if (old && isStranded(member, *old)) {
        if (textOf(*old, "Name") == QString(u'/' % member.name)) {
            DOCKERAUTO_TRY(m_engine->renameContainer(member.oldId, member.aside, callContext(30s)));
        }
        old.reset();
    }
    if (!old) {
        DOCKERAUTO_TRY(rebuild(member));
        DOCKERAUTO_TRY_ASSIGN(made, findOld(member));
        old = std::move(made);
    }
    if (!old) {
        return fail(ErrorCode::NotFound, QStringLiteral("the old container was removed by somebody else"));
    }
    if (textOf(*old, "Name") != QString(u'/' % member.name)) {
        DOCKERAUTO_TRY(m_engine->renameContainer(member.oldId, member.name, callContext(30s)));
    }
    if (!member.autoRemove && member.restartPolicy.is_object() &&
        memberOf(memberOf(*old, "HostConfig"), "RestartPolicy") != member.restartPolicy) {
        DOCKERAUTO_TRY(m_engine->setRestartPolicy(member.oldId, member.restartPolicy, callContext(30s)));
    }
    if (!member.wasRunning) {
        return {};
    }
    if (memberOf(memberOf(*old, "State"), "Running") != true) {
        DOCKERAUTO_TRY(m_engine->startContainer(member.oldId, callContext(60s)));
    }
    if (member.wasPaused && memberOf(memberOf(*old, "State"), "Paused") != true) {
        DOCKERAUTO_TRY(m_engine->pauseContainer(member.oldId, callContext(30s)));
    }
    return {};
}

/// The old one is gone: it was made to vanish at its stop, or somebody has removed it. It is made again from
/// what was recorded of it.
Result<> UpdateSaga::rebuild(SagaMember &member)
{
    log(steps::rollback, QStringLiteral("“%1” is gone and is made again as it was").arg(member.name));
    Json body = member.again.create;
    const auto present = m_engine->inspectImage(textOf(body, "Image"), callContext(15s));
    if (!present || textOf(*present, "Id") != member.oldImageId) {
        body["Image"] = member.oldImageId;
    }
    for (const SagaMember &other : m_state.members) {
        const QString now = other.oldId;
        domain::retie(body, textOf(other.before, "Id"), other.name, other.aside, now);
    }
    if (!body["Labels"].is_object()) {
        body["Labels"] = Json::object();
    }
    body["Labels"][labels::rebuilt] = m_entry.update.id.text();
    return make(member.name, body, member.again.connect, member.oldId);
}

Result<> UpdateSaga::checkOldRuns()
{
    for (const SagaMember &member : m_state.members) {
        if (!member.wasRunning) {
            continue;
        }
        auto old = m_engine->inspectContainer(member.oldId, callContext(15s));
        if (!old && old.error().code != ErrorCode::NotFound) {
            return fail(std::move(old.error()));
        }
        if (!old || !runs(*old)) {
            return fail(ErrorCode::Conflict,
                QStringLiteral("the old container “%1” ended right after its start").arg(member.name));
        }
    }
    return {};
}

Result<> UpdateSaga::removeNew()
{
    for (SagaMember &member : std::views::reverse(m_state.members)) {
        DOCKERAUTO_TRY_ASSIGN(fresh, findNew(member));
        if (!fresh) {
            continue;
        }
        auto removed = removeContainer(member.newId, ports::ContainerEngine::Removal::Force);
        if (!removed) {
            log(steps::rollback,
                QStringLiteral("the new container could not be removed: ") % removed.error().text());
            return removed;
        }
    }
    for (const SagaMember &member : std::views::reverse(m_state.members)) {
        // One that could not live on where it was, and was made again.
        const QString before = textOf(member.before, "Id");
        if (before != member.oldId) {
            DOCKERAUTO_TRY(removeContainer(before, ports::ContainerEngine::Removal::OnlyStopped));
        }
    }
    return m_state.handedOver ? m_with.self.removeHelper(m_entry.update.id, *m_engine, callContext(60s))
                              : Result<>();
}

} // namespace dockerauto::application
