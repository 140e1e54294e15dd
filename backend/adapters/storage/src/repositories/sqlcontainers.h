#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Table containers. The project of the filter is the member "project" of the configuration.
class SqlContainers final : public ports::ContainerRepository
{
public:
    explicit SqlContainers(SqlSession sql) : m_sql(sql) {}

    core::Result<ports::ContainerRecord> find(const core::ContainerId &id) override;
    core::Result<std::vector<ports::ContainerRecord>> ofHost(const core::HostId &host) override;
    core::Result<std::vector<ports::ContainerRecord>> list(
        const ports::ContainerFilter &filter, const std::optional<ports::PageKey> &after, int limit) override;
    core::Result<qint64> count(const ports::ContainerFilter &filter) override;
    core::Result<> saveObserved(const ports::ContainerRecord &record) override;
    core::Result<> saveOwnRules(const core::ContainerId &id, const core::Json &rules) override;
    core::Result<> saveResolved(const core::ContainerId &id, core::UpdatePolicy policy,
        core::UpdateStrategy strategy, const QString &source) override;
    core::Result<> saveDecision(const core::ContainerId &id, const ports::DecisionRecord &decision) override;
    core::Result<> remove(const core::ContainerId &id) override;

    /// What `list` asks, for tests of how it is answered.
    static SqlQuery listQuery(
        const ports::ContainerFilter &filter, const std::optional<ports::PageKey> &after, int limit);

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
