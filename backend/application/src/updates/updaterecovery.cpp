// Takes up an update that was interrupted: what the engine really has decides, not what was meant.

#include "names.h"
#include "updatesaga.h"

#include <core/logging.h>

#include <algorithm>

namespace dockerauto::application {

using core::Json;
using core::memberOf;
using core::Result;
using core::ResumeDirection;
using core::textOf;
using core::UpdateStatus;
using domain::JournalPhase;
using domain::NewContainer;
using domain::OldContainer;
using domain::RecoveryAction;
using domain::RecoveryFacts;
using ports::JournalRecord;
using namespace std::chrono_literals;

namespace {

const QString recoverMark = QStringLiteral("recover");
const QString interrupted = QStringLiteral("The program was interrupted during the update");

/// An update that is interrupted again and again is not begun anew for ever.
constexpr int maxRestarts = 3;

bool wasWritten(const std::vector<JournalRecord> &journal, const QString &step, JournalRecord::Kind kind)
{
    return std::ranges::any_of(
        journal, [&](const JournalRecord &record) { return record.step == step && record.kind == kind; });
}

/// What a person has said since the update was parked.
ResumeDirection directionOf(const std::vector<JournalRecord> &journal)
{
    const JournalRecord &last = journal.back();
    return last.step != steps::resume ? ResumeDirection::Auto
                                      : core::fromQString<ResumeDirection>(textOf(last.data, "direction"))
                                            .value_or(ResumeDirection::Auto);
}

/// A person may choose the way where there are two; nobody can choose one that is not there.
RecoveryAction directed(RecoveryAction action, ResumeDirection direction, const RecoveryFacts &facts)
{
    if (action == RecoveryAction::CleanUp || facts.nameTakenByOther) {
        return action;
    }
    const bool canGoBack = facts.old != OldContainer::Missing || facts.rebuildable;
    if (direction == ResumeDirection::Back && canGoBack) {
        return RecoveryAction::PutBack;
    }
    if (direction == ResumeDirection::Forward && facts.fresh == NewContainer::Complete) {
        return RecoveryAction::GoForward;
    }
    return action;
}

} // namespace

UpdateSaga::End UpdateSaga::recover()
{
    auto journal = m_with.ledger.journal(m_entry.update.id, storeContext());
    if (!journal) {
        return End::Interrupted;
    }
    if (journal->empty()) {
        return run();
    }
    for (const JournalRecord &record : *journal) {
        m_state.merge(record.data);
        m_epoch += record.step == recoverMark ? 1 : 0;
    }
    m_groundWritten = true;
    if (isRollback() && !readRestorePoint()) {
        return End::Interrupted;
    }
    if (auto info = m_with.hosts.info(m_entry.update.host)) {
        m_info = std::move(*info);
    }
    std::vector<QString> names;
    for (const SagaMember &member : m_state.members) {
        names.push_back(m_entry.update.host.text() % u'/' % member.name);
    }
    auto hold = m_with.locks.tryHold(names);
    const auto works = helperWorks();
    if (!hold || !works || *works) {
        return End::Interrupted;
    }
    m_hold = std::move(*hold);
    const auto actions = judge(*journal);
    if (!actions) {
        qCWarning(core::logUpdate).noquote()
            << "can't look after the update of" << m_entry.update.containerName
            << "yet:" << actions.error().text();
        return End::Interrupted;
    }
    log(recoverMark,
        QStringLiteral("taken up again after an interruption during “%1”").arg(journal->back().step));
    if (!m_with.ledger.intend(
            m_entry, recoverMark, m_state.toJson(SagaState::Extent::Changing), storeContext())) {
        return End::Interrupted;
    }
    return goOn(domain::combineRecovery(*actions));
}

UpdateSaga::End UpdateSaga::goOn(RecoveryAction action)
{
    switch (action) {
    case RecoveryAction::NothingChanged:
        // Begun anew, it takes what it needs.
        m_hold = {};
        return m_epoch <= maxRestarts ? run() : settle(UpdateStatus::Failed, interrupted);
    case RecoveryAction::GoForward:
        return goForward();
    case RecoveryAction::CleanUp:
        return cleanUp();
    case RecoveryAction::PutBack:
        if (m_state.putBackReason.isEmpty()) {
            m_state.putBackReason = m_state.handedOver
                                        ? QStringLiteral("The new version of this program did not start")
                                        : interrupted;
        }
        return putBack();
    case RecoveryAction::Park:
        break;
    }
    return settle(UpdateStatus::Parked,
        QStringLiteral(
            "%1, and what is on the host now fits neither going on nor going back: look at “%2” and “%3”, "
            "then resume or cancel this update.")
            .arg(interrupted, m_state.root().name, m_state.root().aside));
}

Result<std::vector<RecoveryAction>> UpdateSaga::judge(const std::vector<JournalRecord> &journal)
{
    const ResumeDirection direction = directionOf(journal);
    std::vector<RecoveryAction> actions;
    for (SagaMember &member : m_state.members) {
        DOCKERAUTO_TRY_ASSIGN(facts, gatherFacts(member, journal));
        actions.push_back(directed(domain::decideRecovery(facts), direction, facts));
    }
    if (m_state.handedOver && actions.front() == RecoveryAction::GoForward) {
        // The helper has judged the new one: it runs, or the old one runs again.
        DOCKERAUTO_TRY_ASSIGN(fresh, inspectIfThere(m_state.root().newId));
        const bool runs = fresh && memberOf(memberOf(*fresh, "State"), "Running") == true;
        actions.front() = runs ? RecoveryAction::GoForward : RecoveryAction::PutBack;
    }
    return actions;
}

Result<bool> UpdateSaga::helperWorks()
{
    if (!m_state.handedOver) {
        return false;
    }
    DOCKERAUTO_TRY_ASSIGN(helper, inspectIfThere(replaceHelperName(m_state.root().name, m_entry.update.id)));
    const QString status = helper ? textOf(memberOf(*helper, "State"), "Status") : QString();
    return status == QStringLiteral("running") || status == QStringLiteral("restarting");
}

Result<RecoveryFacts> UpdateSaga::gatherFacts(SagaMember &member, const std::vector<JournalRecord> &journal)
{
    RecoveryFacts facts;
    DOCKERAUTO_TRY_ASSIGN(old, findOld(member));
    if (old) {
        facts.old =
            textOf(*old, "Name") == QString(u'/' % member.name) ? OldContainer::InPlace : OldContainer::Aside;
    }
    DOCKERAUTO_TRY_ASSIGN(fresh, findNew(member));
    if (fresh) {
        // With several containers the journal tells of each, by its id, that it was made.
        const bool whole = std::ranges::any_of(journal, [&](const JournalRecord &record) {
            return record.step == steps::create && record.kind == JournalRecord::Kind::Done &&
                   std::ranges::any_of(memberOf(record.data, "members"),
                       [&](const Json &line) { return textOf(line, "newId") == member.newId; });
        });
        facts.fresh = whole ? NewContainer::Complete : NewContainer::Incomplete;
    }
    DOCKERAUTO_TRY_ASSIGN(occupant, inspectIfThere(member.name));
    if (occupant) {
        const QString id = textOf(*occupant, "Id");
        facts.nameTakenByOther = id != member.oldId && (!fresh || id != member.newId);
    }
    facts.vanishes = member.autoRemove;
    facts.rebuildable = member.again.create.is_object();
    if (wasWritten(journal, steps::rollback, JournalRecord::Kind::Intent)) {
        facts.phase = JournalPhase::PuttingBack;
    } else if (wasWritten(journal, steps::commit, JournalRecord::Kind::Done) ||
               wasWritten(journal, steps::cleanup, JournalRecord::Kind::Intent)) {
        facts.phase = JournalPhase::Committed;
    }
    return facts;
}

UpdateSaga::End UpdateSaga::goForward()
{
    static constexpr auto stations =
        std::to_array<Station>({{&steps::stop, &UpdateSaga::stopOld}, {&steps::backup, &UpdateSaga::backUp},
            {&steps::restore, &UpdateSaga::restoreVolumes}, {&steps::start, &UpdateSaga::startNew},
            {&steps::health, &UpdateSaga::awaitHealth}, {&steps::hookAfter, &UpdateSaga::hookAfter},
            {&steps::verify, &UpdateSaga::verify}, {&steps::commit, &UpdateSaga::commit}});
    return forward(stations);
}

} // namespace dockerauto::application
