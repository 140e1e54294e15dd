#pragma once

namespace dockerauto::app {

/// The helper that replaces this program's own container, told by the environment what to do. Opens no
/// storage and reads no settings. Ends with 0 when one of both containers runs, with 2 when it was called
/// wrongly, and else with 1, so that the engine starts it again.
int runReplacement(int &argc, char **argv);

} // namespace dockerauto::app
