#pragma once

#include <testsupport/memorystate.h>

namespace dockerauto::testsupport::memory {

/// Rows with an id and a name of their own.
template <class Port, class Record, std::map<QString, Record> MemoryState::*rows>
class Named final : public Port
{
public:
    explicit Named(MemoryState &state) : m_state(state) {}
    core::Result<std::vector<Record>> all() override
    {
        auto list = valuesOf(m_state.*rows);
        std::ranges::sort(list, {}, [](const Record &row) { return std::pair(row.name, row.id); });
        return list;
    }
    core::Result<Record> find(const QString &id) override { return findIn(m_state.*rows, id, "row"); }
    core::Result<> save(const Record &record) override
    {
        for (const auto &[id, row] : m_state.*rows) {
            if (id != record.id && row.name == record.name) {
                return core::fail(core::ErrorCode::Conflict,
                    QStringLiteral("Another one is called “%1”").arg(record.name), QStringLiteral("name"));
            }
        }
        (m_state.*rows)[record.id] = record;
        return {};
    }
    core::Result<> remove(const QString &id) override
    {
        DOCKERAUTO_TRY(find(id));
        (m_state.*rows).erase(id);
        return {};
    }

private:
    MemoryState &m_state;
};

using Policies = Named<ports::PolicyRepository, ports::PolicyRecord, &MemoryState::policies>;
using Schedules = Named<ports::ScheduleRepository, ports::ScheduleRecord, &MemoryState::schedules>;
using Windows = Named<ports::WindowRepository, ports::WindowRecord, &MemoryState::windows>;

class Registries final : public ports::RegistryRepository
{
public:
    explicit Registries(MemoryState &state) : m_state(state) {}
    core::Result<std::vector<ports::RegistryRecord>> all() override { return valuesOf(m_state.registries); }
    core::Result<ports::RegistryRecord> find(const QString &registry) override
    {
        return findIn(m_state.registries, registry, "registry");
    }
    core::Result<> save(const ports::RegistryRecord &record) override
    {
        m_state.registries[record.registry] = record;
        return {};
    }
    core::Result<> remove(const QString &registry) override
    {
        DOCKERAUTO_TRY(find(registry));
        m_state.registries.erase(registry);
        return {};
    }

private:
    MemoryState &m_state;
};

class Webhooks final : public ports::WebhookRepository
{
public:
    explicit Webhooks(MemoryState &state) : m_state(state) {}
    core::Result<std::vector<ports::WebhookRecord>> all() override
    {
        auto list = valuesOf(m_state.webhooks);
        std::ranges::sort(list, {}, [](const auto &row) { return std::pair(row.name, row.id); });
        return list;
    }
    core::Result<ports::WebhookRecord> findByTokenHash(const QByteArray &hash) override
    {
        for (const auto &[id, row] : m_state.webhooks) {
            if (row.tokenHash == hash) {
                return row;
            }
        }
        return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such webhook"));
    }
    core::Result<> save(const ports::WebhookRecord &record) override
    {
        if (const auto other = findByTokenHash(record.tokenHash); other && other->id != record.id) {
            return core::fail(
                core::ErrorCode::Conflict, QStringLiteral("The token belongs to another webhook"));
        }
        m_state.webhooks[record.id] = record;
        return {};
    }
    core::Result<> remove(const QString &id) override
    {
        DOCKERAUTO_TRY(findIn(m_state.webhooks, id, "webhook"));
        m_state.webhooks.erase(id);
        return {};
    }

private:
    MemoryState &m_state;
};

class Candidates final : public ports::CandidateRepository
{
public:
    explicit Candidates(MemoryState &state) : m_state(state) {}
    core::Result<std::optional<ports::SightingRecord>> sighting(
        const QString &repository, const QString &tag, const QString &digest) override
    {
        const auto row = m_state.sightings.find({repository, tag, digest});
        return row == m_state.sightings.end() ? std::nullopt : std::optional(row->second);
    }
    core::Result<> saveSighting(const ports::SightingRecord &record) override
    {
        const auto [row, added] =
            m_state.sightings.try_emplace({record.repository, record.tag, record.digest}, record);
        if (!added) {
            row->second.firstSeenAt = std::min(row->second.firstSeenAt, record.firstSeenAt);
            if (record.publishedAt) {
                row->second.publishedAt = record.publishedAt;
            }
        }
        return {};
    }
    core::Result<std::vector<ports::HoldRecord>> holds(const core::ContainerId &container) override
    {
        auto list = valuesOf(m_state.holds);
        std::erase_if(list, [&](const auto &row) { return row.container != container; });
        std::ranges::sort(list, {},
            [](const auto &row) { return std::tuple(core::toText(row.kind), row.tag, row.digest); });
        return list;
    }
    core::Result<> saveHold(const ports::HoldRecord &record) override
    {
        if (!m_state.containers.contains(record.container)) {
            return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such container"));
        }
        m_state.holds[{record.container, record.kind, record.tag, record.digest}] = record;
        return {};
    }
    core::Result<> removeHolds(
        const core::ContainerId &container, const std::vector<core::Hold> &kinds) override
    {
        std::erase_if(m_state.holds, [&](const auto &hold) {
            return hold.second.container == container &&
                   std::ranges::find(kinds, hold.second.kind) != kinds.end();
        });
        return {};
    }

private:
    MemoryState &m_state;
};

class ImageConfigs final : public ports::ImageConfigRepository
{
public:
    explicit ImageConfigs(MemoryState &state) : m_state(state) {}
    core::Result<std::optional<ports::ImageConfigRecord>> find(const QString &imageId) override
    {
        const auto row = m_state.imageConfigs.find(imageId);
        return row == m_state.imageConfigs.end() ? std::nullopt : std::optional(row->second);
    }
    core::Result<> save(const ports::ImageConfigRecord &record) override
    {
        m_state.imageConfigs.try_emplace(record.imageId, record);
        return {};
    }
    core::Result<std::vector<QString>> missing(const std::vector<QString> &imageIds) override
    {
        std::vector<QString> missing;
        for (const QString &id : imageIds) {
            if (!m_state.imageConfigs.contains(id) && std::ranges::find(missing, id) == missing.end()) {
                missing.push_back(id);
            }
        }
        return missing;
    }
    core::Result<> removeUnused() override
    {
        std::erase_if(m_state.imageConfigs, [&](const auto &row) {
            const QString &id = row.first;
            return std::ranges::none_of(m_state.containers, [&](const auto &one) {
                return one.second.imageId == id;
            }) && std::ranges::none_of(m_state.updates, [&](const auto &one) {
                return one.second.from.imageId == id || one.second.to.imageId == id;
            });
        });
        return {};
    }

private:
    MemoryState &m_state;
};

class Snapshots final : public ports::SnapshotRepository
{
public:
    explicit Snapshots(MemoryState &state) : m_state(state) {}
    core::Result<> save(const ports::SnapshotRecord &record) override
    {
        const auto row = std::ranges::find(m_state.snapshots, record.id, &ports::SnapshotRecord::id);
        if (row == m_state.snapshots.end()) {
            m_state.snapshots.push_back(record);
        } else {
            *row = record;
        }
        return {};
    }
    core::Result<std::vector<ports::SnapshotRecord>> ofUpdate(const core::UpdateId &update) override
    {
        auto list = m_state.snapshots;
        std::erase_if(list, [&](const auto &row) { return row.update != update; });
        return list;
    }
    core::Result<std::vector<ports::SnapshotRecord>> ofContainer(const core::ContainerId &container) override
    {
        auto list = m_state.snapshots;
        std::erase_if(list, [&](const auto &row) { return row.container != container; });
        std::ranges::reverse(list);
        return list;
    }
    core::Result<> remove(const QString &id) override
    {
        std::erase_if(m_state.snapshots, [&](const auto &row) { return row.id == id; });
        return {};
    }

private:
    MemoryState &m_state;
};

} // namespace dockerauto::testsupport::memory
