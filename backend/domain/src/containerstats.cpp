#include "domain/containerstats.h"

#include <algorithm>
#include <limits>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

quint64 counter(const Json &object, const char *key)
{
    const Json &value = memberOf(object, key);
    if (value.is_number_unsigned()) {
        return value.get<quint64>();
    }
    if (value.is_number_integer()) {
        return static_cast<quint64>(std::max<qint64>(0, value.get<qint64>()));
    }
    if (value.is_number_float()) {
        const double number = value.get<double>();
        return number >= 0 && number < 18446744073709551616.0 ? static_cast<quint64>(number) : 0;
    }
    return 0;
}

void add(quint64 &sum, quint64 value)
{
    const quint64 most = std::numeric_limits<quint64>::max();
    sum = value > most - sum ? most : sum + value;
}

quint64 difference(quint64 now, quint64 before)
{
    return now > before ? now - before : 0;
}

/// Nanoseconds since the epoch; core::Timestamp has only milliseconds, too few for the Windows rule.
std::optional<qint64> nanoseconds(const QString &text)
{
    const auto time = core::fromEngineTime(text);
    if (!time) {
        return std::nullopt;
    }
    const qint64 seconds = std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count();
    qint64 fraction = 0;
    if (const qsizetype dot = text.indexOf(u'.'); dot > 0) {
        qint64 unit = 100'000'000;
        for (qsizetype i = dot + 1; i < text.size() && text[i] >= u'0' && text[i] <= u'9'; ++i, unit /= 10) {
            fraction += (text[i].unicode() - u'0') * unit;
        }
    }
    return seconds * 1'000'000'000 + fraction;
}

double cpuPercentUnix(const Json &stats)
{
    const Json &now = memberOf(stats, "cpu_stats");
    const Json &before = memberOf(stats, "precpu_stats");
    if (!memberOf(before, "system_cpu_usage").is_number()) {
        return 0;
    }
    const Json &usage = memberOf(now, "cpu_usage");
    const quint64 used =
        difference(counter(usage, "total_usage"), counter(memberOf(before, "cpu_usage"), "total_usage"));
    const quint64 system = difference(counter(now, "system_cpu_usage"), counter(before, "system_cpu_usage"));
    if (used == 0 || system == 0) {
        return 0;
    }
    quint64 cpus = counter(now, "online_cpus");
    if (cpus == 0) {
        const Json &each = memberOf(usage, "percpu_usage");
        cpus = each.is_array() ? each.size() : 0;
    }
    return static_cast<double>(used) / static_cast<double>(system) * static_cast<double>(cpus) * 100.0;
}

double cpuPercentWindows(const Json &stats)
{
    const auto now = nanoseconds(core::textOf(stats, "read"));
    const auto before = nanoseconds(core::textOf(stats, "preread"));
    if (!now || !before || *now <= *before) {
        return 0;
    }
    const auto possible =
        static_cast<double>((*now - *before) / 100) * static_cast<double>(counter(stats, "num_procs"));
    const quint64 used =
        difference(counter(memberOf(memberOf(stats, "cpu_stats"), "cpu_usage"), "total_usage"),
            counter(memberOf(memberOf(stats, "precpu_stats"), "cpu_usage"), "total_usage"));
    return possible > 0 ? static_cast<double>(used) / possible * 100.0 : 0;
}

/// What is used without the cache that the kernel can drop: cgroup v1 and v2 name it differently.
quint64 memoryWithoutCache(const Json &memory)
{
    const quint64 usage = counter(memory, "usage");
    const Json &details = memberOf(memory, "stats");
    if (memberOf(details, "total_inactive_file").is_number()) {
        const quint64 inactive = counter(details, "total_inactive_file");
        if (inactive < usage) {
            return usage - inactive;
        }
    }
    const quint64 inactive = counter(details, "inactive_file");
    return inactive < usage ? usage - inactive : usage;
}

void addBlockIo(const Json &stats, ContainerStats &result)
{
    const Json &entries = memberOf(memberOf(stats, "blkio_stats"), "io_service_bytes_recursive");
    if (!entries.is_array()) {
        return;
    }
    for (const Json &entry : entries) {
        const QString operation = core::textOf(entry, "op");
        if (operation.startsWith(u'r', Qt::CaseInsensitive)) {
            add(result.readBytes, counter(entry, "value"));
        } else if (operation.startsWith(u'w', Qt::CaseInsensitive)) {
            add(result.writeBytes, counter(entry, "value"));
        }
    }
}

} // namespace

ContainerStats computeStats(const Json &stats)
{
    ContainerStats result;
    const Json &memory = memberOf(stats, "memory_stats");
    // Only Windows engines say how many processors there are.
    if (counter(stats, "num_procs") > 0) {
        result.cpuPercent = cpuPercentWindows(stats);
        result.memoryUsage = counter(memory, "privateworkingset");
        const Json &storage = memberOf(stats, "storage_stats");
        result.readBytes = counter(storage, "read_size_bytes");
        result.writeBytes = counter(storage, "write_size_bytes");
    } else {
        result.cpuPercent = cpuPercentUnix(stats);
        result.memoryUsage = memoryWithoutCache(memory);
        result.memoryLimit = counter(memory, "limit");
        addBlockIo(stats, result);
    }
    if (result.memoryLimit > 0) {
        result.memoryPercent =
            static_cast<double>(result.memoryUsage) / static_cast<double>(result.memoryLimit) * 100.0;
    }
    const Json &networks = memberOf(stats, "networks");
    if (networks.is_object()) {
        for (const Json &network : networks) {
            add(result.rxBytes, counter(network, "rx_bytes"));
            add(result.txBytes, counter(network, "tx_bytes"));
        }
    }
    result.pids = counter(memberOf(stats, "pids_stats"), "current");
    return result;
}

} // namespace dockerauto::domain
