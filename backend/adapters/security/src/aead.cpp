#include "security/aead.h"

#include "sodiumstart.h"

#include <sodium.h>

namespace dockerauto::security::aead {
namespace {

static_assert(keySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(nonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(tagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

unsigned long long lengthOf(const QByteArray &array)
{
    return static_cast<unsigned long long>(array.size());
}

} // namespace

QByteArray seal(const core::Secret &key, const QByteArray &nonce, const QByteArray &associatedData,
    const core::Secret &plaintext)
{
    startSodium();
    Q_ASSERT(key.reveal().size() == keySize && nonce.size() == nonceSize);
    const QByteArray &text = plaintext.reveal();
    QByteArray sealed(text.size() + tagSize, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char *>(sealed.data()), nullptr,
        bytesOf(text), lengthOf(text), bytesOf(associatedData), lengthOf(associatedData), nullptr,
        bytesOf(nonce), bytesOf(key.reveal()));
    return sealed;
}

core::Result<core::Secret> open(const core::Secret &key, const QByteArray &nonce,
    const QByteArray &associatedData, const QByteArray &ciphertext, const QByteArray &tag)
{
    startSodium();
    if (key.reveal().size() != keySize || nonce.size() != nonceSize || tag.size() != tagSize) {
        return core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("XChaCha20-Poly1305 takes a key of 32 bytes, a nonce of 24 and a tag of 16"));
    }
    QByteArray plaintext(ciphertext.size(), '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
            reinterpret_cast<unsigned char *>(plaintext.data()), nullptr, bytesOf(ciphertext),
            lengthOf(ciphertext), bytesOf(tag), bytesOf(associatedData), lengthOf(associatedData),
            bytesOf(nonce), bytesOf(key.reveal())) != 0) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral("What is sealed was changed, or it was sealed with another key"));
    }
    return core::Secret(std::move(plaintext));
}

} // namespace dockerauto::security::aead
