#pragma once

#include "repositories/sqlaudit.h"
#include "repositories/sqlcandidates.h"
#include "repositories/sqlcontainers.h"
#include "repositories/sqlhosts.h"
#include "repositories/sqlimageconfigs.h"
#include "repositories/sqlplanning.h"
#include "repositories/sqlregistries.h"
#include "repositories/sqlsessions.h"
#include "repositories/sqlsettings.h"
#include "repositories/sqlsnapshots.h"
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
        , m_policies(sql)
        , m_schedules(sql)
        , m_windows(sql)
        , m_registries(sql)
        , m_webhooks(sql)
        , m_candidates(sql)
        , m_imageConfigs(sql)
        , m_snapshots(sql)
    {
    }

    ports::HostRepository &hosts() override { return m_hosts; }
    ports::ContainerRepository &containers() override { return m_containers; }
    ports::UpdateRepository &updates() override { return m_updates; }
    ports::UserRepository &users() override { return m_users; }
    ports::SessionRepository &sessions() override { return m_sessions; }
    ports::AuditRepository &audit() override { return m_audit; }
    ports::SettingRepository &settings() override { return m_settings; }
    ports::PolicyRepository &policies() override { return m_policies; }
    ports::ScheduleRepository &schedules() override { return m_schedules; }
    ports::WindowRepository &windows() override { return m_windows; }
    ports::RegistryRepository &registries() override { return m_registries; }
    ports::WebhookRepository &webhooks() override { return m_webhooks; }
    ports::CandidateRepository &candidates() override { return m_candidates; }
    ports::ImageConfigRepository &imageConfigs() override { return m_imageConfigs; }
    ports::SnapshotRepository &snapshots() override { return m_snapshots; }

private:
    SqlHosts m_hosts;
    SqlContainers m_containers;
    SqlUpdates m_updates;
    SqlUsers m_users;
    SqlSessions m_sessions;
    SqlAudit m_audit;
    SqlSettings m_settings;
    SqlPolicies m_policies;
    SqlSchedules m_schedules;
    SqlWindows m_windows;
    SqlRegistries m_registries;
    SqlWebhooks m_webhooks;
    SqlCandidates m_candidates;
    SqlImageConfigs m_imageConfigs;
    SqlSnapshots m_snapshots;
};

} // namespace dockerauto::storage
