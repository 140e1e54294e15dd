#pragma once

#include "application/eventfeed.h"

#include <contracts/updates.h>
#include <core/callcontext.h>
#include <core/clock.h>
#include <ports/storage.h>

#include <QString>

#include <map>
#include <mutex>
#include <string_view>
#include <vector>

namespace dockerauto::application {

namespace steps {
inline const QString preflight = QStringLiteral("preflight");
inline const QString pull = QStringLiteral("pull");
inline const QString hookBefore = QStringLiteral("hook_before");
inline const QString rename = QStringLiteral("rename");
inline const QString create = QStringLiteral("create");
inline const QString stop = QStringLiteral("stop");
inline const QString backup = QStringLiteral("backup");
inline const QString restore = QStringLiteral("restore");
inline const QString start = QStringLiteral("start");
inline const QString health = QStringLiteral("health");
inline const QString hookAfter = QStringLiteral("hook_after");
inline const QString verify = QStringLiteral("verify");
inline const QString commit = QStringLiteral("commit");
inline const QString cleanup = QStringLiteral("cleanup");
/// A line of the journal only: what a person has said of a parked update.
inline const QString resume = QStringLiteral("resume");
inline const QString rollback = QStringLiteral("rollback");
} // namespace steps

/// An update with its steps, as the one thread that carries it out knows it.
struct LedgerEntry
{
    ports::UpdateRecord update;
    std::vector<ports::StepRecord> steps;
    int journalPosition = 0;

    /// What is said already and goes to disk with the next flush.
    std::vector<ports::JournalRecord> pendingJournal = {};
    std::vector<ports::UpdateLogRecord> pendingLog = {};
    std::vector<int> pendingSteps = {};
};

/// Writes down everything that an update does, before and after it does it, and tells those who watch.
///
/// An intent, a status and a flush are on disk when they return without an error, and everything said before
/// them too. Results, steps and the log wait for the next of those, in one transaction: after a crash in
/// between the engine tells what has happened, as it has to in any case. Thread-safe for different updates.
class UpdateLedger
{
public:
    UpdateLedger(ports::Storage &storage, EventFeed &feed, const core::Clock &clock);

    /// Tells those who watch how the update is now.
    void announce(const LedgerEntry &entry);
    core::Result<LedgerEntry> load(const core::UpdateId &id, const core::CallContext &context);
    core::Result<std::vector<ports::JournalRecord>> journal(
        const core::UpdateId &id, const core::CallContext &context);

    /// Sets the status and the times that go with it, and everything else of the row; `also` happens in the
    /// same transaction.
    core::Result<> setStatus(LedgerEntry &entry, core::UpdateStatus status, const QString &error,
        const core::CallContext &context, const ports::Storage::Work &also = {});
    void beginStep(LedgerEntry &entry, const QString &name, const QString &detail = {});
    void endStep(
        LedgerEntry &entry, const QString &name, core::StepStatus status, const QString &detail = {});
    /// Before a call that changes something.
    core::Result<> intend(
        LedgerEntry &entry, const QString &step, const core::Json &data, const core::CallContext &context);
    /// After it.
    void result(
        LedgerEntry &entry, const QString &step, ports::JournalRecord::Kind kind, const core::Json &data);
    /// For people.
    void log(LedgerEntry &entry, const QString &step, const QString &text);
    core::Result<> flush(LedgerEntry &entry, const core::CallContext &context);

    /// Live only, at most four times a second.
    void progress(const LedgerEntry &entry, const QString &step, const contracts::Progress &progress);
    [[nodiscard]] std::optional<contracts::Progress> progressOf(
        const QString &update, const QString &step) const;

private:
    struct LiveProgress
    {
        QString step;
        contracts::Progress progress;
        std::chrono::steady_clock::time_point published;
    };

    ports::StepRecord &stepOf(LedgerEntry &entry, const QString &name);
    static void remember(LedgerEntry &entry, const ports::StepRecord &step);
    core::Result<> writePending(ports::UnitOfWork &work, const LedgerEntry &entry) const;
    void announcePending(LedgerEntry &entry);
    void publishStep(const LedgerEntry &entry, const contracts::Step &step);

    ports::Storage &m_storage;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    mutable std::mutex m_mutex;
    std::map<QString, LiveProgress> m_live;
};

} // namespace dockerauto::application
