#include "sodiumstart.h"

#include <sodium.h>

#include <QtGlobal>

namespace dockerauto::security {

void startSodium()
{
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        qFatal("libsodium cannot be used: the system gives no random numbers");
    }
}

} // namespace dockerauto::security
