#include "updateledger.h"

#include "updatemapping.h"

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>

#include <algorithm>

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

Result<> UpdateLedger::setStatus(
    LedgerEntry &entry, core::UpdateStatus status, const QString &error, const CallContext &context)
{
    ports::UpdateRecord next = entry.update;
    next.status = status;
    next.error = error;
    if (status == core::UpdateStatus::Running && !next.startedAt) {
        next.startedAt = m_clock.now();
    }
    if (core::isFinal(status)) {
        next.completedAt = m_clock.now();
    }
    std::vector<StepRecord> stepsNow = entry.steps;
    if (core::isFinal(status)) {
        for (StepRecord &step : stepsNow) {
            if (step.status == StepStatus::Pending || step.status == StepStatus::Running) {
                step.status = StepStatus::Skipped;
            }
        }
    }
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY(work.updates().save(next));
            if (core::isFinal(status)) {
                for (const StepRecord &step : stepsNow) {
                    DOCKERAUTO_TRY(work.updates().saveStep(next.id, step));
                }
            }
            return {};
        },
        context));
    entry.update = std::move(next);
    entry.steps = std::move(stepsNow);
    if (core::isFinal(status)) {
        const std::lock_guard lock(m_mutex);
        m_live.erase(entry.update.id.text());
    }
    announce(entry);
    return {};
}

Result<> UpdateLedger::beginStep(
    LedgerEntry &entry, const QString &name, const QString &detail, const CallContext &context)
{
    auto step = std::ranges::find(entry.steps, name, &StepRecord::name);
    if (step == entry.steps.end()) {
        entry.steps.push_back({.position = static_cast<int>(entry.steps.size()), .name = name});
        step = std::prev(entry.steps.end());
    }
    step->status = StepStatus::Running;
    step->startedAt = m_clock.now();
    step->completedAt.reset();
    step->detail = detail;
    return saveStep(entry, *step, context);
}

Result<> UpdateLedger::endStep(LedgerEntry &entry, const QString &name, StepStatus status,
    const QString &detail, const CallContext &context)
{
    const auto step = std::ranges::find(entry.steps, name, &StepRecord::name);
    if (step == entry.steps.end()) {
        return {};
    }
    step->status = status;
    step->completedAt = m_clock.now();
    if (!detail.isEmpty()) {
        step->detail = detail;
    }
    return saveStep(entry, *step, context);
}

Result<> UpdateLedger::saveStep(LedgerEntry &entry, StepRecord &step, const CallContext &context)
{
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &work) { return work.updates().saveStep(entry.update.id, step); }, context));
    publishStep(entry, toContract(step));
    return {};
}

Result<> UpdateLedger::appendJournal(LedgerEntry &entry, const QString &step, JournalRecord::Kind kind,
    const core::Json &data, const CallContext &context)
{
    const JournalRecord record{.position = entry.journalPosition + 1,
        .step = step,
        .kind = kind,
        .data = data,
        .time = m_clock.now()};
    DOCKERAUTO_TRY(m_storage.write(
        [&](UnitOfWork &work) { return work.updates().appendJournal(entry.update.id, record); }, context));
    entry.journalPosition = record.position;
    return {};
}

void UpdateLedger::log(
    const LedgerEntry &entry, const QString &step, const QString &text, const CallContext &context)
{
    qCInfo(core::logUpdate).noquote() << entry.update.containerName << step % u':' << text;
    const ports::UpdateLogRecord line{.time = m_clock.now(), .step = step, .text = text};
    const auto written = m_storage.write(
        [&](UnitOfWork &work) { return work.updates().appendLog(entry.update.id, line); }, context);
    if (!written) {
        qCWarning(core::logUpdate).noquote()
            << "the log of the update can't be written:" << written.error().text();
    }
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
