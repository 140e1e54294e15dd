#include "backupestimate.h"

#include <algorithm>

namespace dockerauto::application {

using contracts::PlannedVolume;
using core::SnapshotMethod;
using ports::SnapshotRecord;

namespace {

/// Bytes a second, when nothing is known of the disk: a slow one.
constexpr qint64 guessedSpeed = 50'000'000;

} // namespace

std::optional<qint64> sumOf(const std::vector<PlannedVolume> &volumes, Summed summed)
{
    qint64 sum = 0;
    for (const PlannedVolume &volume : volumes) {
        if (summed == Summed::OnlyArchives && volume.method != SnapshotMethod::Archive) {
            continue;
        }
        if (!volume.sizeBytes) {
            return std::nullopt;
        }
        sum += *volume.sizeBytes;
    }
    return sum;
}

bool hasArchives(const std::vector<PlannedVolume> &volumes)
{
    return std::ranges::any_of(
        volumes, [](const PlannedVolume &volume) { return volume.method == SnapshotMethod::Archive; });
}

std::optional<qint64> secondsFor(
    const std::vector<PlannedVolume> &volumes, const std::vector<SnapshotRecord> &earlier)
{
    if (!hasArchives(volumes)) {
        return 1;
    }
    qint64 bytes = 0;
    qint64 milliseconds = 0;
    qint64 lastTime = 0;
    for (const SnapshotRecord &record : earlier) {
        if (record.method == SnapshotMethod::Archive) {
            bytes += record.sizeBytes;
            milliseconds += record.milliseconds;
            lastTime += record.update == earlier.front().update ? record.milliseconds : 0;
        }
    }
    const auto size = sumOf(volumes, Summed::OnlyArchives);
    if (!size) {
        return lastTime > 0 ? std::optional(lastTime / 1000 + 1) : std::nullopt;
    }
    // Small ones tell more of the engine's calls than of the disk.
    constexpr qint64 telling = qint64(1) << 20;
    const qint64 speed = bytes >= telling && milliseconds > 0
                             ? std::max(qint64(1), bytes * 1000 / milliseconds)
                             : guessedSpeed;
    return *size / speed + 1;
}

QString inWords(qint64 bytes)
{
    constexpr double gigabyte = 1e9;
    constexpr double megabyte = 1e6;
    return bytes >= 1'000'000'000
               ? QStringLiteral("%1 GB").arg(static_cast<double>(bytes) / gigabyte, 0, 'f', 1)
               : QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / megabyte, 0, 'f', 1);
}

} // namespace dockerauto::application
