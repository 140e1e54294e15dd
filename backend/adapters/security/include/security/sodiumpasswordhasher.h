#pragma once

#include <ports/security.h>

#include <condition_variable>
#include <mutex>

namespace dockerauto::security {

/// Argon2id of libsodium with 64 MiB, two passes and one lane. At most two computations run at once, so that
/// a flood of sign-ins costs 128 MiB and two cores at most; a few more wait within their deadline, what is
/// beyond that is RateLimited at once. Encoded strings that ask for more than 64 MiB or four passes are
/// Corrupt before anything is computed.
class SodiumPasswordHasher final : public ports::PasswordHasher
{
public:
    SodiumPasswordHasher();

    core::Result<QString> hash(const core::Secret &password, const core::CallContext &context) override;
    core::Result<bool> verify(
        const QString &encoded, const core::Secret &password, const core::CallContext &context) override;

private:
    class Turn;

    core::Result<> takeTurn(const core::CallContext &context);
    void endTurn();

    std::mutex m_mutex;
    std::condition_variable_any m_free;
    int m_running = 0;
    int m_waiting = 0;
};

} // namespace dockerauto::security
