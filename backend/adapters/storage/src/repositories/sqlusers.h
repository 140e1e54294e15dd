#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table users.
class SqlUsers final : public ports::UserRepository
{
public:
    explicit SqlUsers(SqlSession sql) : m_sql(sql) {}

    core::Result<ports::UserRecord> find(const core::UserId &id) override;
    core::Result<ports::UserRecord> findByEmail(const QString &email) override;
    core::Result<qint64> count() override;
    core::Result<> save(const ports::UserRecord &record) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
