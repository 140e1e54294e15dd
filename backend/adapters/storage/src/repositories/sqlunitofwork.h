#pragma once

#include "repositories/sqlaudit.h"
#include "repositories/sqlcontainers.h"
#include "repositories/sqlhosts.h"
#include "repositories/sqlsessions.h"
#include "repositories/sqlsettings.h"
#include "repositories/sqlupdates.h"
#include "repositories/sqlusers.h"

namespace dockerauto::storage {

/// All repositories over one connection that is inside a transaction.
class SqlUnitOfWork final : public ports::UnitOfWork
{
public:
    explicit SqlUnitOfWork(SqlSession sql)
        : m_hosts(sql)
        , m_containers(sql)
        , m_updates(sql)
        , m_users(sql)
        , m_sessions(sql)
        , m_audit(sql)
        , m_settings(sql)
    {
    }

    ports::HostRepository &hosts() override { return m_hosts; }
    ports::ContainerRepository &containers() override { return m_containers; }
    ports::UpdateRepository &updates() override { return m_updates; }
    ports::UserRepository &users() override { return m_users; }
    ports::SessionRepository &sessions() override { return m_sessions; }
    ports::AuditRepository &audit() override { return m_audit; }
    ports::SettingRepository &settings() override { return m_settings; }

private:
    SqlHosts m_hosts;
    SqlContainers m_containers;
    SqlUpdates m_updates;
    SqlUsers m_users;
    SqlSessions m_sessions;
    SqlAudit m_audit;
    SqlSettings m_settings;
};

} // namespace dockerauto::storage
