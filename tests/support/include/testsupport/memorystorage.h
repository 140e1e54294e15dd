#pragma once

#include <testsupport/memoryplanning.h>
#include <testsupport/memorystate.h>

#include <core/result.h>
#include <ports/storage.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace dockerauto::testsupport {

namespace memory {

class Hosts final : public ports::HostRepository
{
public:
    explicit Hosts(MemoryState &state) : m_state(state) {}
    core::Result<std::vector<ports::HostRecord>> all() override { return valuesOf(m_state.hosts); }
    core::Result<ports::HostRecord> find(const core::HostId &id) override
    {
        return findIn(m_state.hosts, id, "host");
    }
    core::Result<> save(const ports::HostRecord &record) override
    {
        m_state.hosts[record.id] = record;
        return {};
    }

private:
    MemoryState &m_state;
};

class Containers final : public ports::ContainerRepository
{
public:
    explicit Containers(MemoryState &state) : m_state(state) {}
    core::Result<ports::ContainerRecord> find(const core::ContainerId &id) override
    {
        return findIn(m_state.containers, id, "container");
    }
    core::Result<std::vector<ports::ContainerRecord>> ofHost(const core::HostId &host) override
    {
        ports::ContainerFilter filter;
        filter.host = host;
        return sorted(filter);
    }
    core::Result<std::vector<ports::ContainerRecord>> list(
        const ports::ContainerFilter &filter, const std::optional<ports::PageKey> &after, int limit) override
    {
        auto rows = sorted(filter);
        if (after) {
            std::erase_if(rows, [&](const auto &row) {
                return std::pair(row.name, row.id.text()) <= std::pair(after->key, after->id);
            });
        }
        return firstOf(std::move(rows), limit);
    }
    core::Result<qint64> count(const ports::ContainerFilter &filter) override
    {
        return static_cast<qint64>(sorted(filter).size());
    }
    core::Result<> saveObserved(const ports::ContainerRecord &record) override
    {
        for (const auto &[id, row] : m_state.containers) {
            if (id != record.id && row.host == record.host && row.name == record.name) {
                return core::fail(core::ErrorCode::Conflict,
                    QStringLiteral("Another container is called %1").arg(record.name));
            }
        }
        const auto [row, inserted] = m_state.containers.try_emplace(record.id, record);
        if (!inserted) {
            const ports::ContainerRecord before = std::exchange(row->second, record);
            row->second.policy = before.policy;
            row->second.strategy = before.strategy;
            row->second.decision = before.decision;
            row->second.policySource = before.policySource;
            row->second.ownRules = before.ownRules;
        }
        return {};
    }
    core::Result<> saveOwnRules(const core::ContainerId &id, const core::Json &rules) override
    {
        DOCKERAUTO_TRY(find(id));
        m_state.containers[id].ownRules = rules;
        return {};
    }
    core::Result<> saveResolved(const core::ContainerId &id, core::UpdatePolicy policy,
        core::UpdateStrategy strategy, const QString &source) override
    {
        DOCKERAUTO_TRY(find(id));
        m_state.containers[id].policy = policy;
        m_state.containers[id].strategy = strategy;
        m_state.containers[id].policySource = source;
        return {};
    }
    core::Result<> saveDecision(const core::ContainerId &id, const ports::DecisionRecord &decision) override
    {
        DOCKERAUTO_TRY(find(id));
        m_state.containers[id].decision = decision;
        return {};
    }
    core::Result<> remove(const core::ContainerId &id) override
    {
        m_state.containers.erase(id);
        std::erase_if(m_state.holds, [&](const auto &hold) { return hold.second.container == id; });
        return {};
    }

private:
    static bool matches(const ports::ContainerRecord &row, const ports::ContainerFilter &filter)
    {
        const auto project =
            core::textOf(core::memberOf(row.configuration, "labels"), "com.docker.compose.project");
        return (filter.search.isEmpty() || row.name.contains(filter.search, Qt::CaseInsensitive) ||
                   row.image.contains(filter.search, Qt::CaseInsensitive) ||
                   project.contains(filter.search, Qt::CaseInsensitive)) &&
               (filter.status.isEmpty() || row.status == filter.status) &&
               (filter.project.isEmpty() || project == filter.project) &&
               (!filter.host || row.host == *filter.host) &&
               (!filter.decision || row.decision.decision == *filter.decision);
    }
    std::vector<ports::ContainerRecord> sorted(const ports::ContainerFilter &filter) const
    {
        auto rows = valuesOf(m_state.containers);
        std::erase_if(rows, [&](const auto &row) { return !matches(row, filter); });
        std::ranges::sort(rows, {}, [](const auto &row) { return std::pair(row.name, row.id.text()); });
        return rows;
    }

    MemoryState &m_state;
};

class Updates final : public ports::UpdateRepository
{
public:
    explicit Updates(MemoryState &state) : m_state(state) {}
    core::Result<ports::UpdateRecord> find(const core::UpdateId &id) override
    {
        return findIn(m_state.updates, id, "update");
    }
    core::Result<std::vector<ports::UpdateRecord>> list(
        const ports::UpdateFilter &filter, const std::optional<ports::PageKey> &after, int limit) override
    {
        auto rows = valuesOf(m_state.updates);
        std::erase_if(rows, [&](const auto &row) {
            return !matches(row, filter) || (after && !(place(row) < std::pair(after->key, after->id)));
        });
        std::ranges::sort(rows, std::greater(), place);
        for (auto &row : rows) {
            row.restorePoint = {};
            row.lastWords = {};
        }
        return firstOf(std::move(rows), limit);
    }
    core::Result<> save(const ports::UpdateRecord &record) override
    {
        for (const auto &[id, row] : m_state.updates) {
            if (id != record.id && row.container == record.container && !core::isFinal(row.status) &&
                !core::isFinal(record.status)) {
                return core::fail(core::ErrorCode::Conflict,
                    QStringLiteral("Another update of %1 is not finished yet").arg(record.containerName));
            }
        }
        ports::UpdateRecord &row = m_state.updates[record.id];
        const ports::UpdateRecord before = std::exchange(row, record);
        if (record.restorePoint.is_null() && record.hasRestorePoint) {
            row.restorePoint = before.restorePoint;
        }
        row.hasRestorePoint = !row.restorePoint.is_null();
        if (record.lastWords.is_null()) {
            row.lastWords = before.lastWords;
        }
        return {};
    }
    core::Result<std::vector<ports::StepRecord>> steps(const core::UpdateId &id) override
    {
        return valuesOf(m_state.steps[id]);
    }
    core::Result<> saveStep(const core::UpdateId &id, const ports::StepRecord &step) override
    {
        DOCKERAUTO_TRY(find(id));
        m_state.steps[id][step.position] = step;
        return {};
    }
    core::Result<std::vector<ports::UpdateLogRecord>> log(const core::UpdateId &id) override
    {
        return m_state.logs[id];
    }
    core::Result<> appendLog(const core::UpdateId &id, const ports::UpdateLogRecord &line) override
    {
        DOCKERAUTO_TRY(find(id));
        m_state.logs[id].push_back(line);
        return {};
    }
    core::Result<std::vector<ports::JournalRecord>> journal(const core::UpdateId &id) override
    {
        return valuesOf(m_state.journals[id]);
    }
    core::Result<> appendJournal(const core::UpdateId &id, const ports::JournalRecord &record) override
    {
        DOCKERAUTO_TRY(find(id));
        if (!m_state.journals[id].try_emplace(record.position, record).second) {
            return core::fail(core::ErrorCode::Conflict,
                QStringLiteral("The journal has a line %1 already").arg(record.position));
        }
        return {};
    }

private:
    /// The sort key of the list: what a PageKey holds.
    static std::pair<QString, QString> place(const ports::UpdateRecord &row)
    {
        return {core::toRfc3339(row.createdAt), row.id.text()};
    }
    static bool matches(const ports::UpdateRecord &row, const ports::UpdateFilter &filter)
    {
        using State = ports::UpdateFilter::State;
        const bool finished = core::isFinal(row.status);
        return (filter.state == State::Any || finished == (filter.state == State::Finished)) &&
               (!filter.status || row.status == *filter.status) &&
               (!filter.container || row.container == *filter.container) &&
               (!filter.restorable || row.hasRestorePoint) &&
               (!filter.watching ||
                   core::textOf(row.observation, "state") == core::toQString(core::WatchState::Watching));
    }

    MemoryState &m_state;
};

class Users final : public ports::UserRepository
{
public:
    explicit Users(MemoryState &state) : m_state(state) {}
    core::Result<ports::UserRecord> find(const core::UserId &id) override
    {
        return findIn(m_state.users, id, "user");
    }
    core::Result<ports::UserRecord> findByEmail(const QString &email) override
    {
        for (const auto &[id, row] : m_state.users) {
            if (row.email == email) {
                return row;
            }
        }
        return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such user"));
    }
    core::Result<qint64> count() override { return static_cast<qint64>(m_state.users.size()); }
    core::Result<> save(const ports::UserRecord &record) override
    {
        if (const auto other = findByEmail(record.email); other && other->id != record.id) {
            return core::fail(
                core::ErrorCode::Conflict, QStringLiteral("The address belongs to another user"));
        }
        m_state.users[record.id] = record;
        return {};
    }

private:
    MemoryState &m_state;
};

class Sessions final : public ports::SessionRepository
{
public:
    explicit Sessions(MemoryState &state) : m_state(state) {}
    core::Result<ports::SessionRecord> find(const core::SessionId &id) override
    {
        return findIn(m_state.sessions, id, "session");
    }
    core::Result<> save(const ports::SessionRecord &record) override
    {
        m_state.sessions[record.id] = record;
        return {};
    }
    core::Result<> removeExpired(core::Timestamp now) override
    {
        std::erase_if(m_state.sessions, [&](const auto &row) { return row.second.expiresAt <= now; });
        return {};
    }

private:
    MemoryState &m_state;
};

class Audit final : public ports::AuditRepository
{
public:
    explicit Audit(MemoryState &state) : m_state(state) {}
    core::Result<> append(const ports::AuditRecord &record) override
    {
        m_state.audit.push_back(record);
        return {};
    }

private:
    MemoryState &m_state;
};

class Settings final : public ports::SettingRepository
{
public:
    explicit Settings(MemoryState &state) : m_state(state) {}
    core::Result<std::optional<core::Json>> get(const QString &name) override
    {
        const auto row = m_state.settings.find(name);
        return row == m_state.settings.end() ? std::nullopt : std::optional(row->second);
    }
    core::Result<> set(const QString &name, const core::Json &value) override
    {
        m_state.settings[name] = value;
        return {};
    }

private:
    MemoryState &m_state;
};

class Unit final : public ports::UnitOfWork
{
public:
    explicit Unit(MemoryState &state)
        : m_hosts(state)
        , m_containers(state)
        , m_updates(state)
        , m_users(state)
        , m_sessions(state)
        , m_audit(state)
        , m_settings(state)
        , m_policies(state)
        , m_schedules(state)
        , m_windows(state)
        , m_registries(state)
        , m_webhooks(state)
        , m_candidates(state)
        , m_imageConfigs(state)
        , m_snapshots(state)
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
    Hosts m_hosts;
    Containers m_containers;
    Updates m_updates;
    Users m_users;
    Sessions m_sessions;
    Audit m_audit;
    Settings m_settings;
    Policies m_policies;
    Schedules m_schedules;
    Windows m_windows;
    Registries m_registries;
    Webhooks m_webhooks;
    Candidates m_candidates;
    ImageConfigs m_imageConfigs;
    Snapshots m_snapshots;
};

} // namespace memory

/// Storage that keeps everything in memory with the promises of the port: transactions that roll back,
/// writers one after the other, readers on a snapshot. A call from within a transaction is a mistake of the
/// caller and fails as Internal; what a read writes is lost.
class MemoryStorage final : public ports::Storage
{
public:
    /// Called at the end of every successful transaction, before it counts. An error rolls the transaction
    /// back and is what the caller gets: a full disk, a lost database, a crash.
    using Fault = std::function<core::Result<>()>;

    core::Result<> write(const Work &work, const core::CallContext &context) override
    {
        DOCKERAUTO_TRY(enter(context));
        const Leave leave(*this);
        const std::scoped_lock turn(m_writer);
        MemoryState changed = state();
        memory::Unit unit(changed);
        DOCKERAUTO_TRY(work(unit));
        const std::scoped_lock lock(m_mutex);
        if (m_fault) {
            DOCKERAUTO_TRY(m_fault());
        }
        m_state = std::move(changed);
        ++m_commits;
        return {};
    }

    core::Result<> read(const Work &work, const core::CallContext &context) override
    {
        DOCKERAUTO_TRY(enter(context));
        const Leave leave(*this);
        MemoryState view = state();
        memory::Unit unit(view);
        return work(unit);
    }

    /// A copy of everything, for a test to look at.
    [[nodiscard]] MemoryState state() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_state;
    }
    /// How many transactions were committed.
    [[nodiscard]] int commits() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_commits;
    }
    void setFault(Fault fault)
    {
        const std::scoped_lock lock(m_mutex);
        m_fault = std::move(fault);
    }

private:
    struct Leave
    {
        explicit Leave(MemoryStorage &owner) : storage(owner) {}
        ~Leave()
        {
            const std::scoped_lock lock(storage.m_mutex);
            std::erase(storage.m_inside, std::this_thread::get_id());
        }
        Leave(const Leave &) = delete;
        Leave &operator=(const Leave &) = delete;
        MemoryStorage &storage;
    };

    core::Result<> enter(const core::CallContext &context)
    {
        DOCKERAUTO_TRY(context.check());
        const std::scoped_lock lock(m_mutex);
        if (std::ranges::find(m_inside, std::this_thread::get_id()) != m_inside.end()) {
            return core::fail(core::ErrorCode::Internal, QStringLiteral("Transactions must not be nested"));
        }
        m_inside.push_back(std::this_thread::get_id());
        return {};
    }

    std::mutex m_writer;
    mutable std::mutex m_mutex;
    MemoryState m_state;
    Fault m_fault;
    int m_commits = 0;
    std::vector<std::thread::id> m_inside;
};

} // namespace dockerauto::testsupport
