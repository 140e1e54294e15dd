#pragma once

#include <contracts/operations.h>
#include <core/time.h>

#include <vector>

namespace dockerauto::test {

class FakeBackend;

/// The moment at which the samples are looked at.
[[nodiscard]] core::Timestamp sampleNow();

/// A small server as its owner sees it: 21 containers in six projects, one of them being updated, one ill,
/// one stopped.
[[nodiscard]] std::vector<contracts::Container> sampleContainers();
[[nodiscard]] contracts::Container sampleContainer(const QString &name);
[[nodiscard]] contracts::MetricsSample sampleMetrics(int moment);

/// One that runs its health check, three that wait, and some that are finished; one was rolled back.
[[nodiscard]] std::vector<contracts::Update> openUpdates();
[[nodiscard]] std::vector<contracts::Update> finishedUpdates();
[[nodiscard]] contracts::Update pullingUpdate();

/// Makes the backend answer with all of these.
void script(FakeBackend &backend);

} // namespace dockerauto::test
