#pragma once

#include <contracts/operations.h>

#include <vector>

namespace dockerauto::test {

class FakeBackend;

/// Schedules, windows, rules and registries of the small server of samples.h, as they are at sampleNow().
[[nodiscard]] std::vector<contracts::Schedule> sampleSchedules();
[[nodiscard]] std::vector<contracts::Window> sampleWindows();
[[nodiscard]] std::vector<contracts::UpcomingItem> sampleUpcoming();
[[nodiscard]] std::vector<contracts::Policy> samplePolicies();
[[nodiscard]] std::vector<contracts::Registry> sampleRegistries();

/// Makes the backend answer with all of these.
void scriptPlanning(FakeBackend &backend);

} // namespace dockerauto::test
