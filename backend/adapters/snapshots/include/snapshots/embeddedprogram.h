#pragma once

#include <ports/volumesnapshots.h>

namespace dockerauto::snapshots {

/// The program that empties volumes, which is a part of this one. It runs where this one could run.
ports::EmptyingProgram embeddedProgram();

} // namespace dockerauto::snapshots
