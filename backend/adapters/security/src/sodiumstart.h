#pragma once

namespace dockerauto::security {

/// Makes libsodium ready; must come before every other use of it. Ends the program when the system has no
/// random numbers, since nothing here is safe without them.
void startSodium();

} // namespace dockerauto::security
