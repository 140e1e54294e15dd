#pragma once

#include <contracts/plans.h>

namespace dockerauto::test {

/// What an update of home-assistant would do: all good, one container in its network, one volume.
[[nodiscard]] contracts::Plan samplePlan();
/// What an update of the database of nextcloud would do: its data should be saved first, one thing stands in
/// the way, others are to be noticed, the registry does not tell the changes.
[[nodiscard]] contracts::Plan blockedPlan();
/// blockedPlan() without what stands in the way.
[[nodiscard]] contracts::Plan databasePlan();
/// home-assistant as text of this format.
[[nodiscard]] contracts::ContainerExport sampleExport(core::ExportFormat format);

} // namespace dockerauto::test
