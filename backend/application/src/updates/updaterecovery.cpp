#include "names.h"
#include "updatesaga.h"

#include <core/logging.h>

#include <algorithm>

namespace dockerauto::application {

using core::Json;
using core::memberOf;
using core::Result;
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

/// An update that is interrupted again and again is not begun anew for ever.
constexpr int maxRestarts = 3;

bool wasWritten(const std::vector<JournalRecord> &journal, const QString &step, JournalRecord::Kind kind)
{
    return std::ranges::any_of(
        journal, [&](const JournalRecord &record) { return record.step == step && record.kind == kind; });
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
        if (record.data.contains("oldId")) {
            m_state = SagaState::fromJson(record.data);
        }
        m_epoch += record.step == recoverMark ? 1 : 0;
    }
    auto facts = gatherFacts(*journal);
    if (!facts) {
        qCWarning(core::logUpdate).noquote()
            << "can't look after the update of" << m_entry.update.containerName
            << "yet:" << facts.error().text();
        return End::Interrupted;
    }
    const auto mark = m_with.ledger.appendJournal(
        m_entry, recoverMark, JournalRecord::Kind::Intent, m_state.toJson(), storeContext());
    if (!mark) {
        return End::Interrupted;
    }
    m_with.ledger.log(m_entry, recoverMark,
        QStringLiteral("taken up again after an interruption during “%1”").arg(journal->back().step),
        storeContext());
    const QString interrupted = QStringLiteral("The program was interrupted during the update");
    switch (domain::decideRecovery(*facts)) {
    case RecoveryAction::NothingChanged:
        return m_epoch <= maxRestarts ? run() : settle(UpdateStatus::Failed, interrupted);
    case RecoveryAction::GoForward:
        return goForward();
    case RecoveryAction::CleanUp:
        return cleanUp();
    case RecoveryAction::PutBack:
        if (m_state.putBackReason.isEmpty()) {
            m_state.putBackReason = interrupted;
        }
        return putBack();
    case RecoveryAction::Park:
        break;
    }
    return settle(UpdateStatus::Parked,
        QStringLiteral(
            "%1, and what is on the host now fits neither going on nor going back: look at “%2” and “%3”, "
            "then cancel this update.")
            .arg(interrupted, m_state.name, m_state.aside));
}

Result<RecoveryFacts> UpdateSaga::gatherFacts(const std::vector<JournalRecord> &journal)
{
    RecoveryFacts facts;
    DOCKERAUTO_TRY_ASSIGN(old, inspectIfThere(m_state.oldId));
    if (old) {
        facts.old = textOf(*old, "Name") == QString(u'/' % m_state.name) ? OldContainer::InPlace
                                                                         : OldContainer::Aside;
    }
    DOCKERAUTO_TRY_ASSIGN(fresh, findNew());
    if (fresh) {
        const bool whole = wasWritten(journal, steps::create, JournalRecord::Kind::Done);
        facts.fresh = whole ? NewContainer::Complete : NewContainer::Incomplete;
    }
    DOCKERAUTO_TRY_ASSIGN(occupant, inspectIfThere(m_state.name));
    if (occupant) {
        const QString id = textOf(*occupant, "Id");
        facts.nameTakenByOther = id != m_state.oldId && (!fresh || id != m_state.newId);
    }
    if (wasWritten(journal, steps::rollback, JournalRecord::Kind::Intent)) {
        facts.phase = JournalPhase::PuttingBack;
    } else if (wasWritten(journal, steps::commit, JournalRecord::Kind::Done)) {
        facts.phase = JournalPhase::Committed;
    }
    return facts;
}

UpdateSaga::End UpdateSaga::goForward()
{
    return forward({{&steps::stop, &UpdateSaga::stopOld}, {&steps::start, &UpdateSaga::startNew},
        {&steps::health, &UpdateSaga::awaitHealth}, {&steps::verify, &UpdateSaga::verify},
        {&steps::commit, &UpdateSaga::commit}});
}

} // namespace dockerauto::application
