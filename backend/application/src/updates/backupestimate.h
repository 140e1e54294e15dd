#pragma once

#include <contracts/plans.h>
#include <ports/storage.h>

#include <optional>
#include <vector>

namespace dockerauto::application {

enum class Summed
{
    Everything,
    OnlyArchives
};

/// Nothing when one of the sizes is not known.
std::optional<qint64> sumOf(const std::vector<contracts::PlannedVolume> &volumes, Summed summed);
bool hasArchives(const std::vector<contracts::PlannedVolume> &volumes);
/// From the speed of earlier ones, newest first, or a cautious guess; with sizes unknown from the last time's
/// duration.
std::optional<qint64> secondsFor(
    const std::vector<contracts::PlannedVolume> &volumes, const std::vector<ports::SnapshotRecord> &earlier);
/// `1.2 GB`
QString inWords(qint64 bytes);

} // namespace dockerauto::application
