// What an update asks before it calls the new container good: hooks, health, probe, proof.

#include "names.h"
#include "updatesaga.h"
#include "updatetimes.h"

#include <contracts/codec.h>
#include <domain/containerlinks.h>
#include <domain/healthgate.h>
#include <domain/probe.h>
#include <domain/proof.h>

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

/// EX_TEMPFAIL of sysexits.h: what Watchtower's users already return to say "not now".
constexpr int exitNotNow = 75;

contracts::ProofDifference toContract(const domain::FieldDifference &difference, const QString &prefix)
{
    return {prefix + difference.path, difference.expected, difference.actual, difference.explanation};
}

} // namespace

Result<ports::ExecResult> UpdateSaga::runHook(
    const QString &step, const QString &id, const std::vector<QString> &argv)
{
    if (!m_with.hooksEnabled()) {
        log(step, QStringLiteral("not run: an administrator has not turned hooks on"));
        return ports::ExecResult{};
    }
    QStringList words(argv.begin(), argv.end());
    log(step, QStringLiteral("runs %1").arg(words.join(u' ')));
    auto ran = m_engine->runCommand(
        id, argv, waitContext(std::chrono::duration_cast<std::chrono::milliseconds>(m_care.hookTimeout)));
    if (!ran) {
        const bool late = ran.error().code == ErrorCode::Timeout && !m_cancel.stop_requested();
        return late
                   ? fail(ErrorCode::Conflict, QStringLiteral("The hook %1 was not finished after %2 seconds")
                                                   .arg(argv.front())
                                                   .arg(m_care.hookTimeout.count()))
                   : fail(std::move(ran.error()));
    }
    for (const QString &line : ran->output.split(u'\n', Qt::SkipEmptyParts).mid(0, 200)) {
        log(step, line.left(500));
    }
    return ran;
}

Result<> UpdateSaga::hookBefore()
{
    DOCKERAUTO_TRY_ASSIGN(ran, runHook(steps::hookBefore, m_state.root().oldId, m_care.hookBefore));
    if (ran.exitCode == exitNotNow) {
        m_putOff = true;
        settle(UpdateStatus::Skipped, QStringLiteral("The container's own hook asked for another time"));
        return {};
    }
    return ran.exitCode == 0 ? Result<>()
                             : fail(ErrorCode::Conflict,
                                   QStringLiteral("The hook before the update ended with %1. Nothing was "
                                                  "changed.")
                                       .arg(ran.exitCode));
}

Result<> UpdateSaga::hookAfter()
{
    DOCKERAUTO_TRY_ASSIGN(ran, runHook(steps::hookAfter, m_state.root().newId, m_care.hookAfter));
    return ran.exitCode == 0
               ? Result<>()
               : fail(ErrorCode::Conflict,
                     QStringLiteral("The hook after the update ended with %1").arg(ran.exitCode));
}

Result<> UpdateSaga::awaitHealth()
{
    for (std::size_t index = 0; index < m_state.members.size(); ++index) {
        const SagaMember &member = m_state.members[index];
        if (!member.wasRunning) {
            continue;
        }
        if (index > 0) {
            DOCKERAUTO_TRY(
                act(steps::health, [&] { return m_engine->startContainer(member.newId, callContext(60s)); }));
        }
        DOCKERAUTO_TRY(awaitHealthOf(member, index == 0));
    }
    return {};
}

/// False, with the problem in words, when the probe was asked and did not pass. An engine that does not
/// answer is an error.
Result<bool> UpdateSaga::probePasses(const Json &inspect, QString &problem)
{
    DOCKERAUTO_TRY_ASSIGN(probe, domain::parseProbe(m_care.probe));
    if (probe.kind == domain::Probe::Kind::None) {
        return true;
    }
    DOCKERAUTO_TRY_ASSIGN(info, m_with.hosts.info(m_entry.update.host));
    const auto asked = m_with.prober.ask(probe, inspect, info, *m_engine, waitContext(15s));
    if (asked) {
        log(steps::health, domain::describe(probe) % QStringLiteral(": passed"));
        return true;
    }
    if (m_cancel.stop_requested()) {
        return fail(ErrorCode::Cancelled, QStringLiteral("The update was cancelled"));
    }
    problem = QStringLiteral("%1: %2").arg(domain::describe(probe), asked.error().text());
    return false;
}

Result<> UpdateSaga::awaitHealthOf(const SagaMember &member, bool isRoot)
{
    const auto begin = m_with.clock.steadyNow();
    const QString prefix = isRoot ? QString() : QStringLiteral("“%1”: ").arg(member.name);
    const auto gone = [&] {
        return fail(ErrorCode::Conflict, prefix % QStringLiteral("The new container ended and was removed"));
    };
    DOCKERAUTO_TRY_ASSIGN(first, inspectIfThere(member.newId));
    if (!first) {
        return gone();
    }
    const domain::HealthGate gate(
        *first, {.stableFor = m_with.settings.stableFor, .slack = m_with.settings.healthSlack});
    const auto budget = healthBudget(gate, isRoot ? m_care.probe : QString());
    QString problem;
    // What ends at once is seen at once: nobody is served meanwhile.
    auto pause = 10ms;
    while (true) {
        DOCKERAUTO_TRY_ASSIGN(inspect, inspectIfThere(member.newId));
        if (!inspect) {
            return gone();
        }
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_with.clock.steadyNow() - begin);
        const auto judgement = gate.judge(*inspect, elapsed);
        if (judgement.verdict == domain::HealthGate::Verdict::Failed && problem.isEmpty()) {
            return fail(ErrorCode::Conflict, prefix % judgement.reason);
        }
        m_with.ledger.progress(m_entry, steps::health,
            {.done = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count(),
                .total = std::chrono::duration_cast<std::chrono::seconds>(budget).count(),
                .unit = QStringLiteral("seconds")});
        if (judgement.verdict == domain::HealthGate::Verdict::Passed) {
            DOCKERAUTO_TRY_ASSIGN(passes, isRoot ? probePasses(*inspect, problem) : Result<bool>(true));
            if (passes) {
                log(steps::health, prefix % judgement.reason);
                return {};
            }
        }
        if (elapsed > budget + 60s || (!problem.isEmpty() && elapsed > budget)) {
            return fail(ErrorCode::Conflict, prefix % problem);
        }
        // Not past the end of the time in which a container without a health check has to run.
        const auto left = gate.budget() - elapsed;
        if (!m_with.clock.sleep(left > 0ms ? std::min(pause, left) : pause, m_cancel)) {
            return fail(ErrorCode::Cancelled, QStringLiteral("The update was cancelled"));
        }
        pause = std::min(pause * 2, 1000ms);
    }
}

Result<> UpdateSaga::verify()
{
    contracts::Proof proof{.faithful = true, .fieldsCompared = 0, .differences = {}};
    for (std::size_t index = 0; index < m_state.members.size(); ++index) {
        DOCKERAUTO_TRY(verifyOne(index, proof));
    }
    // What passed its gate before may have been ended with the engine since.
    DOCKERAUTO_TRY(sameEngine());
    m_entry.update.proof = contracts::encode(proof);
    m_entry.update.to.imageId = m_state.newImageId;
    if (!proof.faithful) {
        const auto unexplained = std::ranges::find_if(proof.differences,
            [](const contracts::ProofDifference &difference) { return difference.explanation.isEmpty(); });
        return fail(ErrorCode::Conflict,
            QStringLiteral("The new container is not the old one with a new image: %1 was %2 and is %3")
                .arg(unexplained->path, unexplained->expected.left(200), unexplained->actual.left(200)));
    }
    log(steps::verify,
        QStringLiteral("%1 fields compared, nothing but the image changed").arg(proof.fieldsCompared));
    return {};
}

Result<> UpdateSaga::verifyOne(std::size_t index, contracts::Proof &proof)
{
    const SagaMember &member = m_state.members[index];
    const bool isRoot = index == 0;
    auto after = m_engine->inspectContainer(member.newId, callContext(15s));
    if (!after && after.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("“%1” was removed by somebody else while it was updated").arg(member.name));
    }
    if (!after) {
        return fail(std::move(after.error()));
    }
    const QString expectedImage = isRoot ? m_state.newImageId : member.oldImageId;
    if (textOf(*after, "Image") != expectedImage) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("“%1” runs another image than the one that was meant. A tag was moved meanwhile; "
                           "check again.")
                .arg(member.name));
    }
    // A rollback brings back what was there before the update, not what is there now.
    Json before = member.before;
    if (isRoot && isRollback()) {
        before = memberOf(m_restorePoint, "before");
        tieLike(before, member.before);
    }
    for (std::size_t i = 0; i < index; ++i) {
        const SagaMember &earlier = m_state.members[i];
        domain::retie(before, earlier.oldId, earlier.name, earlier.aside, earlier.newId);
    }
    DOCKERAUTO_TRY_ASSIGN(beforeImage,
        imageOf(*m_engine, m_with.images, m_with.storage, textOf(before, "Image"), callContext(30s)));
    DOCKERAUTO_TRY_ASSIGN(
        afterImage, imageOf(*m_engine, m_with.images, m_with.storage, expectedImage, callContext(30s)));
    const auto report = domain::proveFaithful(before, *after, beforeImage, afterImage);
    const QString prefix = isRoot ? QString() : u'/' % member.name;
    proof.faithful = proof.faithful && report.faithful();
    proof.fieldsCompared += report.fieldsCompared;
    for (const auto &difference : report.differences) {
        proof.differences.push_back(toContract(difference, prefix));
    }
    return {};
}

Result<> UpdateSaga::commit()
{
    for (const SagaMember &member : m_state.members) {
        if (member.wasPaused) {
            DOCKERAUTO_TRY(m_engine->pauseContainer(member.newId, callContext(30s)));
        }
    }
    DOCKERAUTO_TRY(sameEngine());
    DOCKERAUTO_TRY(act(steps::commit, [] { return Result<>(); }));
    return m_with.ledger.flush(m_entry, storeContext());
}

UpdateSaga::End UpdateSaga::cleanUp()
{
    m_with.ledger.beginStep(m_entry, steps::cleanup);
    const auto removed = act(steps::cleanup, [this]() -> Result<> {
        for (const SagaMember &member : std::views::reverse(m_state.members)) {
            auto gone = removeContainer(member.oldId, ports::ContainerEngine::Removal::OnlyStopped);
            if (!gone) {
                return fail(gone.error().within(
                    QStringLiteral("The old container is still there as “%1”").arg(member.aside)));
            }
        }
        if (m_state.handedOver) {
            return m_with.self.removeHelper(m_entry.update.id, *m_engine, callContext(60s));
        }
        return {};
    });
    if (!removed && leavesOpen(removed.error())) {
        return End::Interrupted;
    }
    m_with.ledger.endStep(m_entry, steps::cleanup, removed ? StepStatus::Succeeded : StepStatus::Failed,
        removed ? QString() : removed.error().text());
    prepareWatch();
    return settle(UpdateStatus::Succeeded, {});
}

} // namespace dockerauto::application
