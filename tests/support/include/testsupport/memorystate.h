#pragma once

#include <core/result.h>
#include <ports/storage.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace dockerauto::testsupport {

/// All that a MemoryStorage holds: plain values, so that a copy is a snapshot.
struct MemoryState
{
    std::map<core::HostId, ports::HostRecord> hosts;
    std::map<core::ContainerId, ports::ContainerRecord> containers;
    std::map<core::UpdateId, ports::UpdateRecord> updates;
    std::map<core::UpdateId, std::map<int, ports::StepRecord>> steps;
    std::map<core::UpdateId, std::vector<ports::UpdateLogRecord>> logs;
    std::map<core::UpdateId, std::map<int, ports::JournalRecord>> journals;
    std::map<core::UserId, ports::UserRecord> users;
    std::map<core::SessionId, ports::SessionRecord> sessions;
    std::vector<ports::AuditRecord> audit;
    std::map<QString, core::Json> settings;
    std::map<QString, ports::PolicyRecord> policies;
    std::map<QString, ports::ScheduleRecord> schedules;
    std::map<QString, ports::WindowRecord> windows;
    std::map<QString, ports::RegistryRecord> registries;
    std::map<QString, ports::WebhookRecord> webhooks;
    std::map<std::tuple<QString, QString, QString>, ports::SightingRecord> sightings;
    std::map<std::tuple<core::ContainerId, core::Hold, QString, QString>, ports::HoldRecord> holds;
    std::map<QString, ports::ImageConfigRecord> imageConfigs;
    /// In the order in which they were taken.
    std::vector<ports::SnapshotRecord> snapshots;
};

namespace memory {

template <class Key, class Record>
core::Result<Record> findIn(const std::map<Key, Record> &rows, const Key &key, const char *what)
{
    const auto row = rows.find(key);
    if (row == rows.end()) {
        return core::fail(
            core::ErrorCode::NotFound, QStringLiteral("There is no such %1").arg(QLatin1String(what)));
    }
    return row->second;
}

template <class Key, class Record>
std::vector<Record> valuesOf(const std::map<Key, Record> &rows)
{
    std::vector<Record> values;
    for (const auto &[key, value] : rows) {
        values.push_back(value);
    }
    return values;
}

template <class Record>
std::vector<Record> firstOf(std::vector<Record> rows, int limit)
{
    if (rows.size() > static_cast<std::size_t>(std::max(limit, 0))) {
        rows.resize(static_cast<std::size_t>(std::max(limit, 0)));
    }
    return rows;
}

} // namespace memory

} // namespace dockerauto::testsupport
