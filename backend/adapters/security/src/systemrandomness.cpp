#include "security/systemrandomness.h"

#include "sodiumstart.h"

#include <sodium.h>

namespace dockerauto::security {

SystemRandomness::SystemRandomness()
{
    startSodium();
}

QByteArray SystemRandomness::bytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), static_cast<std::size_t>(bytes.size()));
    return bytes;
}

} // namespace dockerauto::security
