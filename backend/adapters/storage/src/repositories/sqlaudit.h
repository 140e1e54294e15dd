#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table audit.
class SqlAudit final : public ports::AuditRepository
{
public:
    explicit SqlAudit(SqlSession sql) : m_sql(sql) {}

    core::Result<> append(const ports::AuditRecord &record) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
