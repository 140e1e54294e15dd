#pragma once

#include <contracts/operations.h>

#include <vector>

namespace dockerauto::test {

class FakeBackend;

/// The sample containers, some with an update that is held back, each for another reason.
[[nodiscard]] std::vector<contracts::Container> decidedContainers();
[[nodiscard]] contracts::Container decidedContainer(const QString &name);
/// Why home-assistant is decided upon as it is: rules from three places, holds, many tags not taken, a label
/// that was not understood.
[[nodiscard]] contracts::Explanation sampleExplanation();
[[nodiscard]] contracts::ImageChanges sampleChanges();
/// Two more that wait for approval, one of them asked for by the program itself.
[[nodiscard]] std::vector<contracts::Update> updatesToApprove();

/// Makes the backend answer with these, after script().
void scriptDecisions(FakeBackend &backend);

} // namespace dockerauto::test
