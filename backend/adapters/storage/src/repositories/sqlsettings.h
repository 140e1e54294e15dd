#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table settings.
class SqlSettings final : public ports::SettingRepository
{
public:
    explicit SqlSettings(SqlSession sql) : m_sql(sql) {}

    core::Result<std::optional<core::Json>> get(const QString &name) override;
    core::Result<> set(const QString &name, const core::Json &value) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
