#pragma once

#include "bootstrap/settings.h"

namespace dockerauto::app {

/// Runs the desktop with the backend inside until its window is closed. The exit status of the program.
int runDesktop(int &argc, char **argv, const Settings &settings);

} // namespace dockerauto::app
