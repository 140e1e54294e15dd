// What waits for the word of a person: proposed by checks, approved, refused or withdrawn.

#include "application/updates/updateservice.h"

#include "updateledger.h"

#include <core/logging.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::Update;
using core::CallContext;
using core::ContainerId;
using core::ErrorCode;
using core::fail;
using core::Hold;
using core::Result;
using core::UpdateId;
using core::UpdateStatus;
using ports::UpdateFilter;
using ports::UpdateRecord;

namespace {

/// What the history says who asked for it.
const QString policyApproval = QStringLiteral("policy approval");

Result<std::optional<UpdateRecord>> waitingFor(ports::UnitOfWork &work, const ContainerId &id)
{
    DOCKERAUTO_TRY_ASSIGN(found,
        work.updates().list(
            {.state = UpdateFilter::State::Any, .status = UpdateStatus::AwaitingApproval, .container = id},
            std::nullopt, 1));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Result<> requireWaiting(const UpdateRecord &update)
{
    return update.status == UpdateStatus::AwaitingApproval
               ? Result<>()
               : fail(ErrorCode::Conflict,
                     QStringLiteral("The update of “%1” does not wait for approval; it is %2")
                         .arg(update.containerName, core::toQString(update.status)));
}

} // namespace

Result<bool> UpdateService::isProposed(
    ports::UnitOfWork &work, const ContainerId &id, std::vector<UpdateId> &outdated) const
{
    DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
    DOCKERAUTO_TRY_ASSIGN(waiting, waitingFor(work, id));
    if (!waiting) {
        return false;
    }
    if (waiting->to.digest == container.decision.candidateDigest) {
        return true;
    }
    outdated.push_back(waiting->id);
    return false;
}

Result<> UpdateService::propose(const std::vector<ContainerId> &containers, const CallContext &context)
{
    for (const ContainerId &id : containers) {
        bool proposed = false;
        std::vector<UpdateId> outdated;
        DOCKERAUTO_TRY(m_with.storage.read(
            [&](ports::UnitOfWork &work) -> Result<> {
                outdated.clear();
                DOCKERAUTO_TRY_ASSIGN(known, isProposed(work, id, outdated));
                proposed = known;
                return {};
            },
            context));
        if (proposed) {
            continue;
        }
        DOCKERAUTO_TRY(
            close(outdated, QStringLiteral("A newer version came before anybody approved"), context));
        std::optional<LedgerEntry> entry;
        const auto written = m_with.storage.write(
            [&](ports::UnitOfWork &work) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(
                    made, writeDown(work, {id, {}, policyApproval}, UpdateStatus::AwaitingApproval));
                entry = std::move(made);
                return {};
            },
            context);
        if (written) {
            m_ledger->announce(*entry);
        } else {
            // It is being updated, or it changed meanwhile; the next check asks again.
            qCInfo(core::logUpdate).noquote() << written.error().text();
        }
    }
    return {};
}

Result<> UpdateService::withdraw(const std::vector<ContainerId> &containers, const CallContext &context)
{
    std::vector<UpdateId> outdated;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            outdated.clear();
            DOCKERAUTO_TRY_ASSIGN(waiting, work.updates().list({.state = UpdateFilter::State::Any,
                                                                   .status = UpdateStatus::AwaitingApproval,
                                                                   .container = {}},
                                               std::nullopt, 10'000));
            for (const UpdateRecord &update : waiting) {
                if (std::ranges::find(containers, update.container) != containers.end()) {
                    outdated.push_back(update.id);
                }
            }
            return {};
        },
        context));
    return close(outdated, QStringLiteral("It is not waited for any more"), context);
}

Result<> UpdateService::close(
    const std::vector<UpdateId> &waiting, const QString &why, const CallContext &context)
{
    for (const UpdateId &id : waiting) {
        const std::lock_guard taking(m_takingUp);
        DOCKERAUTO_TRY_ASSIGN(entry, m_ledger->load(id, context));
        if (entry.update.status == UpdateStatus::AwaitingApproval) {
            DOCKERAUTO_TRY(m_ledger->setStatus(entry, UpdateStatus::Cancelled, why, context));
        }
    }
    return {};
}

Result<Update> UpdateService::approve(
    const contracts::UpdateVerdict &verdict, const QString &who, const CallContext &context)
{
    const UpdateId id(verdict.id);
    {
        // Until it is queued here, nobody else may take it up.
        const std::lock_guard taking(m_takingUp);
        DOCKERAUTO_TRY_ASSIGN(entry, m_ledger->load(id, context));
        DOCKERAUTO_TRY(requireWaiting(entry.update));
        DOCKERAUTO_TRY(m_with.storage.read(
            [&](ports::UnitOfWork &work) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(entry.update.container));
                if (container.decision.candidateDigest != entry.update.to.digest) {
                    return fail(ErrorCode::Conflict,
                        QStringLiteral(
                            "Another version of “%1” is offered by now. Look at it and approve that.")
                            .arg(container.name));
                }
                return {};
            },
            context));
        entry.update.approvedBy = who;
        if (verdict.comment && !verdict.comment->isEmpty()) {
            m_ledger->log(entry, QStringLiteral("approve"), who % u':' % u' ' % *verdict.comment);
        }
        DOCKERAUTO_TRY(m_ledger->setStatus(entry, UpdateStatus::Pending, {}, context));
        DOCKERAUTO_TRY(enqueue(id, entry.update.host));
    }
    return describe(id, context);
}

Result<Update> UpdateService::reject(
    const contracts::UpdateVerdict &verdict, const QString &who, const CallContext &context)
{
    const UpdateId id(verdict.id);
    {
        const std::lock_guard taking(m_takingUp);
        DOCKERAUTO_TRY_ASSIGN(entry, m_ledger->load(id, context));
        DOCKERAUTO_TRY(requireWaiting(entry.update));
        const QString comment = verdict.comment.value_or(QString());
        const QString reason = comment.isEmpty() ? QStringLiteral("Refused by %1").arg(who)
                                                 : QStringLiteral("Refused by %1: %2").arg(who, comment);
        DOCKERAUTO_TRY(m_with.storage.write(
            [&](ports::UnitOfWork &work) {
                return work.candidates().saveHold({.container = entry.update.container,
                    .kind = Hold::Skipped,
                    .tag = entry.update.to.tag,
                    .digest = entry.update.to.digest,
                    .until = {},
                    .reason = reason,
                    .createdBy = who,
                    .createdAt = m_with.clock.now()});
            },
            context));
        DOCKERAUTO_TRY(m_ledger->setStatus(entry, UpdateStatus::Skipped, reason, context));
        if (m_settled) {
            m_settled(entry.update);
        }
    }
    return describe(id, context);
}

} // namespace dockerauto::application
