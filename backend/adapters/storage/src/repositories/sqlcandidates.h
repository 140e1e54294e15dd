#pragma once

#include "sql/sqlconnection.h"

#include <ports/storage.h>

namespace dockerauto::storage {

/// Tables sightings and holds.
class SqlCandidates final : public ports::CandidateRepository
{
public:
    explicit SqlCandidates(SqlSession sql) : m_sql(sql) {}

    core::Result<std::optional<ports::SightingRecord>> sighting(
        const QString &repository, const QString &tag, const QString &digest) override;
    core::Result<> saveSighting(const ports::SightingRecord &record) override;
    core::Result<std::vector<ports::HoldRecord>> holds(const core::ContainerId &container) override;
    core::Result<> saveHold(const ports::HoldRecord &record) override;
    core::Result<> removeHolds(
        const core::ContainerId &container, const std::vector<core::Hold> &kinds) override;

private:
    SqlSession m_sql;
};

} // namespace dockerauto::storage
