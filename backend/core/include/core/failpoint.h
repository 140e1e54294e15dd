#pragma once

namespace dockerauto::core {

/// A named moment at which tests let the program die, or stand still while they do something to the world
/// around it: `DOCKER_AUTO_FAILPOINT=NAME:kill` ends it there by SIGKILL, `NAME:hold:FILE` makes the file and
/// waits until it is gone, a minute at most. Does nothing in builds without tests. Any thread.
void failpoint(const char *name);

} // namespace dockerauto::core
