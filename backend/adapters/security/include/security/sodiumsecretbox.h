#pragma once

#include <ports/security.h>

#include <map>

namespace dockerauto::security {

/// XChaCha20-Poly1305 (libsodium). A sealed secret is `1`, the length and text of the key's id, the nonce,
/// the ciphertext with its tag; version, key id and place are the associated data.
class SodiumSecretBox final : public ports::SecretBox
{
public:
    /// Seals with `current`; opens with any of `keys` (32 bytes each, by id).
    SodiumSecretBox(
        std::map<QByteArray, core::Secret> keys, QByteArray current, ports::Randomness &randomness);

    QByteArray seal(const core::Secret &secret, const QByteArray &place) override;
    core::Result<core::Secret> open(const QByteArray &sealed, const QByteArray &place) override;

private:
    std::map<QByteArray, core::Secret> m_keys;
    QByteArray m_current;
    ports::Randomness &m_randomness;
};

} // namespace dockerauto::security
