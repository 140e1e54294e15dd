#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Tables update_history with its side tables, update_steps, update_log and update_journal. The key of a page
/// is the creation in RFC 3339.
class SqlUpdates final : public ports::UpdateRepository
{
public:
    explicit SqlUpdates(SqlSession sql) : m_sql(sql) {}

    core::Result<ports::UpdateRecord> find(const core::UpdateId &id) override;
    core::Result<std::vector<ports::UpdateRecord>> list(
        const ports::UpdateFilter &filter, const std::optional<ports::PageKey> &after, int limit) override;
    core::Result<> save(const ports::UpdateRecord &record) override;
    core::Result<std::vector<ports::StepRecord>> steps(const core::UpdateId &id) override;
    core::Result<> saveStep(const core::UpdateId &id, const ports::StepRecord &step) override;
    core::Result<std::vector<ports::UpdateLogRecord>> log(const core::UpdateId &id) override;
    core::Result<> appendLog(const core::UpdateId &id, const ports::UpdateLogRecord &line) override;
    core::Result<std::vector<ports::JournalRecord>> journal(const core::UpdateId &id) override;
    core::Result<> appendJournal(const core::UpdateId &id, const ports::JournalRecord &record) override;

    /// What `list` asks, for tests of how it is answered. InvalidArgument when the key of `after` is no time.
    static core::Result<SqlQuery> listQuery(
        const ports::UpdateFilter &filter, const std::optional<ports::PageKey> &after, int limit);

private:
    core::Result<> saveRow(const ports::UpdateRecord &record);

    SqlSession m_sql;
};

} // namespace dockerauto::storage
