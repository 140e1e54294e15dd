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
inline const QString rename = QStringLiteral("rename");
inline const QString create = QStringLiteral("create");
inline const QString stop = QStringLiteral("stop");
inline const QString start = QStringLiteral("start");
inline const QString health = QStringLiteral("health");
inline const QString verify = QStringLiteral("verify");
inline const QString commit = QStringLiteral("commit");
inline const QString cleanup = QStringLiteral("cleanup");
inline const QString rollback = QStringLiteral("rollback");
} // namespace steps

/// An update with its steps, as the one thread that carries it out knows it.
struct LedgerEntry
{
    ports::UpdateRecord update;
    std::vector<ports::StepRecord> steps;
    int journalPosition = 0;
};

/// Writes down everything that an update does, before and after it does it, and tells those who watch. What
/// it returns without an error is on disk. Thread-safe for different updates.
class UpdateLedger
{
public:
    UpdateLedger(ports::Storage &storage, EventFeed &feed, const core::Clock &clock);

    /// Tells those who watch how the update is now.
    void announce(const LedgerEntry &entry);
    core::Result<LedgerEntry> load(const core::UpdateId &id, const core::CallContext &context);
    core::Result<std::vector<ports::JournalRecord>> journal(
        const core::UpdateId &id, const core::CallContext &context);

    /// Sets the status and the times that go with it, and everything else of the row.
    core::Result<> setStatus(LedgerEntry &entry, core::UpdateStatus status, const QString &error,
        const core::CallContext &context);
    core::Result<> beginStep(
        LedgerEntry &entry, const QString &name, const QString &detail, const core::CallContext &context);
    core::Result<> endStep(LedgerEntry &entry, const QString &name, core::StepStatus status,
        const QString &detail, const core::CallContext &context);
    core::Result<> appendJournal(LedgerEntry &entry, const QString &step, ports::JournalRecord::Kind kind,
        const core::Json &data, const core::CallContext &context);
    /// For people; a failure to write it changes nothing.
    void log(
        const LedgerEntry &entry, const QString &step, const QString &text, const core::CallContext &context);

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

    core::Result<> saveStep(LedgerEntry &entry, ports::StepRecord &step, const core::CallContext &context);
    void publishStep(const LedgerEntry &entry, const contracts::Step &step);

    ports::Storage &m_storage;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    mutable std::mutex m_mutex;
    std::map<QString, LiveProgress> m_live;
};

} // namespace dockerauto::application
