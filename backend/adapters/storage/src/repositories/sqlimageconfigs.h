#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table image_configs.
class SqlImageConfigs final : public ports::ImageConfigRepository
{
public:
    explicit SqlImageConfigs(SqlSession sql) : m_sql(sql) {}

    core::Result<std::optional<ports::ImageConfigRecord>> find(const QString &imageId) override;
    core::Result<> save(const ports::ImageConfigRecord &record) override;
    core::Result<std::vector<QString>> missing(const std::vector<QString> &imageIds) override;
    core::Result<> removeUnused() override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
