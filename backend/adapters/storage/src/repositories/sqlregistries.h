#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table registries.
class SqlRegistries final : public ports::RegistryRepository
{
public:
    explicit SqlRegistries(SqlSession sql) : m_sql(sql) {}

    core::Result<std::vector<ports::RegistryRecord>> all() override;
    core::Result<ports::RegistryRecord> find(const QString &registry) override;
    core::Result<> save(const ports::RegistryRecord &record) override;
    core::Result<> remove(const QString &registry) override;

private:
    SqlSession m_sql;
};

/// Table webhooks.
class SqlWebhooks final : public ports::WebhookRepository
{
public:
    explicit SqlWebhooks(SqlSession sql) : m_sql(sql) {}

    core::Result<std::vector<ports::WebhookRecord>> all() override;
    core::Result<ports::WebhookRecord> findByTokenHash(const QByteArray &hash) override;
    core::Result<> save(const ports::WebhookRecord &record) override;
    core::Result<> remove(const QString &id) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
