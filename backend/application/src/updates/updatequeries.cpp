// What is told of updates.

#include "application/updates/updateservice.h"

#include "../containers/containermapping.h"
#include "../paging.h"
#include "updateledger.h"
#include "updatemapping.h"

namespace dockerauto::application {

using contracts::Update;
using core::CallContext;
using core::ContainerId;
using core::Result;
using core::UpdateId;
using ports::UpdateFilter;

Result<Update> UpdateService::describe(const UpdateId &id, const CallContext &context) const
{
    Update update;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.updates().find(id));
            DOCKERAUTO_TRY_ASSIGN(stepRecords, work.updates().steps(id));
            DOCKERAUTO_TRY_ASSIGN(lines, work.updates().log(id));
            DOCKERAUTO_TRY_ASSIGN(saved, work.snapshots().ofUpdate(id));
            update = toContract(record, stepRecords);
            for (const ports::SnapshotRecord &snapshot : saved) {
                update.savedVolumes.push_back({.volume = snapshot.volume,
                    .method = snapshot.method,
                    .sizeBytes = snapshot.sizeBytes,
                    .savedAt = snapshot.createdAt});
            }
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
    DOCKERAUTO_TRY(m_with.storage.read(
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
    DOCKERAUTO_TRY(m_with.storage.read(
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

} // namespace dockerauto::application
