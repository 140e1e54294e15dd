#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table policies.
class SqlPolicies final : public ports::PolicyRepository
{
public:
    explicit SqlPolicies(SqlSession sql) : m_sql(sql) {}

    core::Result<std::vector<ports::PolicyRecord>> all() override;
    core::Result<ports::PolicyRecord> find(const QString &id) override;
    core::Result<> save(const ports::PolicyRecord &record) override;
    core::Result<> remove(const QString &id) override;

private:
    SqlSession m_sql;
};

/// Table schedules.
class SqlSchedules final : public ports::ScheduleRepository
{
public:
    explicit SqlSchedules(SqlSession sql) : m_sql(sql) {}

    core::Result<std::vector<ports::ScheduleRecord>> all() override;
    core::Result<ports::ScheduleRecord> find(const QString &id) override;
    core::Result<> save(const ports::ScheduleRecord &record) override;
    core::Result<> remove(const QString &id) override;

private:
    SqlSession m_sql;
};

/// Table windows.
class SqlWindows final : public ports::WindowRepository
{
public:
    explicit SqlWindows(SqlSession sql) : m_sql(sql) {}

    core::Result<std::vector<ports::WindowRecord>> all() override;
    core::Result<ports::WindowRecord> find(const QString &id) override;
    core::Result<> save(const ports::WindowRecord &record) override;
    core::Result<> remove(const QString &id) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
