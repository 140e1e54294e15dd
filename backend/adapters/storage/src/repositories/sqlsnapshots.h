#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table snapshots.
class SqlSnapshots final : public ports::SnapshotRepository
{
public:
    explicit SqlSnapshots(SqlSession sql) : m_sql(sql) {}

    core::Result<> save(const ports::SnapshotRecord &record) override;
    core::Result<std::vector<ports::SnapshotRecord>> ofUpdate(const core::UpdateId &update) override;
    core::Result<std::vector<ports::SnapshotRecord>> ofContainer(const core::ContainerId &container) override;
    core::Result<> remove(const QString &id) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
