#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table sessions.
class SqlSessions final : public ports::SessionRepository
{
public:
    explicit SqlSessions(SqlSession sql) : m_sql(sql) {}

    core::Result<ports::SessionRecord> find(const core::SessionId &id) override;
    core::Result<> save(const ports::SessionRecord &record) override;
    core::Result<> removeExpired(core::Timestamp now) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
