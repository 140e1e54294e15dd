#pragma once

#include <ports/security.h>

namespace dockerauto::security {

/// The operating system's generator. Thread-safe.
class SystemRandomness final : public ports::Randomness
{
public:
    SystemRandomness();

    QByteArray bytes(int count) override;
};

} // namespace dockerauto::security
