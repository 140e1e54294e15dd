#pragma once

#include "bootstrap/settings.h"

namespace dockerauto::app {

/// Runs headless until a signal ends it. The exit status of the program.
int runServer(int &argc, char **argv, const Settings &settings);

/// Does what needs neither windows nor a backend: --help, --version, a wrong setting, and replacing its own
/// container. The settings, or the exit status of the program.
tl::expected<Settings, int> beginProgram(int argc, char **argv);

} // namespace dockerauto::app
