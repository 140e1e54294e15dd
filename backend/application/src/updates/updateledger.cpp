#include "updateledger.h"

#include "updatemapping.h"

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>

#include <algorithm>
#include <utility>

namespace dockerauto::application {

using core::CallContext;
using core::Result;
using core::StepStatus;
using core::UpdateId;
using ports::JournalRecord;
using ports::StepRecord;
using ports::UnitOfWork;
using namespace std::chrono_literals;

UpdateLedger::UpdateLedger(ports::Storage &storage, EventFeed &feed, const core::Clock &clock)
    : m_storage(storage), m_feed(feed), m_clock(clock)
{
}

Result<LedgerEntry> UpdateLedger::load(const UpdateId &id, const CallContext &context)
{
    LedgerEntry entry;
    DOCKERAUTO_TRY(m_storage.read(
        [&](UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(update, work.updates().find(id));
            DOCKERAUTO_TRY_ASSIGN(stepList, work.updates().steps(id));
            DOCKERAUTO_TRY_ASSIGN(records, work.updates().journal(id));
            entry.update = std::move(update);
            entry.steps = std::move(stepList);
            entry.journalPosition = records.empty() ? 0 : records.back().position;
            return {};
        },
        context));
    return entry;
}

Result<std::vector<JournalRecord>> UpdateLedger::journal(const UpdateId &id, const CallContext &context)
{
    std::vector<JournalRecord> journal;
    DOCKERAUTO_TRY(m_storage.read(
        [&](UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(records, work.updates().journal(id));
            journal = std::move(records);
            return {};
        },
        context));
    return journal;
}

Result<> UpdateLedger::setStatus(LedgerEntry &entry, core::UpdateStatus status, const QString &error,
    const CallContext &context, const ports::Storage::Work &also)
{
    ports::UpdateRecord next = entry.update;
    next.status = status;
    next.error = error;
    if (status == core::UpdateStatus::Running && !next.startedAt) {
        next.startedAt = m_clock.now();
    }
    if (core::isFinal(status)) {
        next.completedAt = m_clock.now();
        for (StepRecord &step : entry.steps) {
            if (step.status == StepStatus::Pending || step.status == StepStatus::Running) {
                step.status = StepStatus::Skipped;
                remember(entry, step);
            }
        }
    }
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY(work.updates().save(next));
            DOCKERAUTO_TRY(writePending(work, entry));
            return also ? also(work) : Result<>();
        },
        context));
    entry.update = std::move(next);
    announcePending(entry);
    if (core::isFinal(status)) {
        const std::lock_guard lock(m_mutex);
        m_live.erase(entry.update.id.text());
    }
    announce(entry);
    return {};
}

StepRecord &UpdateLedger::stepOf(LedgerEntry &entry, const QString &name)
{
    const auto step = std::ranges::find(entry.steps, name, &StepRecord::name);
    return step != entry.steps.end() ? *step
                                     : entry.steps.emplace_back(StepRecord{
                                           .position = static_cast<int>(entry.steps.size()), .name = name});
}

void UpdateLedger::remember(LedgerEntry &entry, const StepRecord &step)
{
    if (std::ranges::find(entry.pendingSteps, step.position) == entry.pendingSteps.end()) {
        entry.pendingSteps.push_back(step.position);
    }
}

void UpdateLedger::beginStep(LedgerEntry &entry, const QString &name, const QString &detail)
{
    StepRecord &step = stepOf(entry, name);
    step.status = StepStatus::Running;
    step.startedAt = m_clock.now();
    step.completedAt.reset();
    step.detail = detail;
    remember(entry, step);
}

void UpdateLedger::endStep(LedgerEntry &entry, const QString &name, StepStatus status, const QString &detail)
{
    StepRecord &step = stepOf(entry, name);
    step.status = status;
    step.completedAt = m_clock.now();
    if (!detail.isEmpty()) {
        step.detail = detail;
    }
    remember(entry, step);
}

void UpdateLedger::result(
    LedgerEntry &entry, const QString &step, JournalRecord::Kind kind, const core::Json &data)
{
    entry.pendingJournal.push_back({.position = ++entry.journalPosition,
        .step = step,
        .kind = kind,
        .data = data,
        .time = m_clock.now()});
}

Result<> UpdateLedger::intend(
    LedgerEntry &entry, const QString &step, const core::Json &data, const CallContext &context)
{
    result(entry, step, JournalRecord::Kind::Intent, data);
    return flush(entry, context);
}

Result<> UpdateLedger::flush(LedgerEntry &entry, const CallContext &context)
{
    if (entry.pendingJournal.empty() && entry.pendingLog.empty() && entry.pendingSteps.empty()) {
        return {};
    }
    DOCKERAUTO_TRY(m_storage.write([&](UnitOfWork &work) { return writePending(work, entry); }, context));
    announcePending(entry);
    return {};
}

Result<> UpdateLedger::writePending(UnitOfWork &work, const LedgerEntry &entry) const
{
    for (const StepRecord &step : entry.steps) {
        if (std::ranges::find(entry.pendingSteps, step.position) != entry.pendingSteps.end()) {
            DOCKERAUTO_TRY(work.updates().saveStep(entry.update.id, step));
        }
    }
    for (const ports::UpdateLogRecord &line : entry.pendingLog) {
        DOCKERAUTO_TRY(work.updates().appendLog(entry.update.id, line));
    }
    for (const JournalRecord &record : entry.pendingJournal) {
        DOCKERAUTO_TRY(work.updates().appendJournal(entry.update.id, record));
    }
    return {};
}

void UpdateLedger::announcePending(LedgerEntry &entry)
{
    entry.pendingJournal.clear();
    entry.pendingLog.clear();
    // What is told is on disk.
    const std::vector<int> changed = std::exchange(entry.pendingSteps, {});
    for (const StepRecord &step : entry.steps) {
        if (std::ranges::find(changed, step.position) != changed.end()) {
            publishStep(entry, toContract(step));
        }
    }
}

void UpdateLedger::log(LedgerEntry &entry, const QString &step, const QString &text)
{
    qCInfo(core::logUpdate).noquote() << entry.update.containerName << step % u':' << text;
    entry.pendingLog.push_back({.time = m_clock.now(), .step = step, .text = text});
}

void UpdateLedger::progress(
    const LedgerEntry &entry, const QString &step, const contracts::Progress &progress)
{
    const auto now = m_clock.steadyNow();
    {
        const std::lock_guard lock(m_mutex);
        LiveProgress &live = m_live[entry.update.id.text()];
        const bool last = progress.total && progress.done >= *progress.total;
        const bool soon = live.step == step && now - live.published < 250ms && !last;
        live.step = step;
        live.progress = progress;
        if (soon) {
            return;
        }
        live.published = now;
    }
    const auto record = std::ranges::find(entry.steps, step, &StepRecord::name);
    if (record != entry.steps.end()) {
        contracts::Step described = toContract(*record);
        described.progress = progress;
        publishStep(entry, described);
    }
}

std::optional<contracts::Progress> UpdateLedger::progressOf(const QString &update, const QString &step) const
{
    const std::lock_guard lock(m_mutex);
    const auto live = m_live.find(update);
    return live != m_live.end() && live->second.step == step ? std::optional(live->second.progress)
                                                             : std::nullopt;
}

void UpdateLedger::announce(const LedgerEntry &entry)
{
    m_feed.publish(contracts::topics::updates, contracts::events::updateChanged,
        contracts::encode(toContract(entry.update, entry.steps)));
}

void UpdateLedger::publishStep(const LedgerEntry &entry, const contracts::Step &step)
{
    m_feed.publish(contracts::topics::updates, contracts::events::updateStep,
        contracts::encode(
            contracts::UpdateStepChanged{entry.update.id.text(), entry.update.container.text(), step}));
}

} // namespace dockerauto::application
