#pragma once

#include "fakebackend.h"

#include <contracts/updates.h>

namespace dockerauto::test {

// Updates in the states that come after, or instead of, a good end.

/// With commands, a copy of the volumes and all other steps; `step` runs, what is before it is done.
[[nodiscard]] contracts::Update fullUpdate(const QString &step);
/// Succeeded two minutes ago and watched for another eight; its volumes were saved.
[[nodiscard]] contracts::Update watchedUpdate();
/// Succeeded, was watched to the end, can be rolled back; some of its fields are not as they were.
[[nodiscard]] contracts::Update keptUpdate();
/// Became worse while it was watched, and was put back by `wayBack()`.
[[nodiscard]] contracts::Update regressedUpdate();
/// The operation that has undone regressedUpdate().
[[nodiscard]] contracts::Update wayBack();
/// Neither forward nor back was possible.
[[nodiscard]] contracts::Update parkedUpdate();
/// Put back, with the last words of both containers; both have the same fault.
[[nodiscard]] contracts::Update sickUpdate();

/// Makes the backend answer with these, and with the way back when it is asked for one.
void scriptAfterwards(FakeBackend &backend);

} // namespace dockerauto::test
