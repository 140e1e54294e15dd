#pragma once

#include <core/result.h>
#include <core/secret.h>

#include <QByteArray>

namespace dockerauto::security {

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): authenticated encryption whose nonce is long enough to be
/// random.
namespace aead {

inline constexpr int keySize = 32;
inline constexpr int nonceSize = 24;
inline constexpr int tagSize = 16;

/// The ciphertext, as long as the plaintext, with the tag behind it. Key and nonce have the sizes above; a
/// nonce is never used twice with one key.
QByteArray seal(const core::Secret &key, const QByteArray &nonce, const QByteArray &associatedData,
    const core::Secret &plaintext);

/// InvalidArgument when key, nonce or tag have another size, Corrupt when one bit of anything is another one.
core::Result<core::Secret> open(const core::Secret &key, const QByteArray &nonce,
    const QByteArray &associatedData, const QByteArray &ciphertext, const QByteArray &tag);

} // namespace aead
} // namespace dockerauto::security
