#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table hosts.
class SqlHosts final : public ports::HostRepository
{
public:
    explicit SqlHosts(SqlSession sql) : m_sql(sql) {}

    core::Result<std::vector<ports::HostRecord>> all() override;
    core::Result<ports::HostRecord> find(const core::HostId &id) override;
    core::Result<> save(const ports::HostRecord &record) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
