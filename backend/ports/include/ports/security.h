#pragma once

#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <core/secret.h>
#include <core/time.h>

#include <QByteArray>
#include <QString>

namespace dockerauto::ports {

/// Argon2id in the encoded form `$argon2id$v=19$m=…`. Costs 64 MiB and about 100 ms a call; at most two run
/// at once, further ones wait within their deadline. Thread-safe.
class PasswordHasher
{
public:
    virtual ~PasswordHasher() = default;

    virtual core::Result<QString> hash(const core::Secret &password, const core::CallContext &context) = 0;
    /// False when the password is wrong. Corrupt when `encoded` is no such form or asks for more than our
    /// limits.
    virtual core::Result<bool> verify(
        const QString &encoded, const core::Secret &password, const core::CallContext &context) = 0;
};

/// JSON Web Tokens with HS256 and one key. Thread-safe.
class TokenSigner
{
public:
    virtual ~TokenSigner() = default;

    /// A compact token whose header is `{"alg":"HS256","typ":"JWT"}`.
    virtual QByteArray sign(const core::Json &claims) = 0;
    /// The claims, after signature, header, `iss`, `aud`, `nbf` and `exp` were found right. Unauthenticated
    /// otherwise, in the same words for every reason.
    virtual core::Result<core::Json> verify(const QByteArray &token, core::Timestamp now) = 0;
};

/// Random bytes and comparison that tell nothing by their time.
class Randomness
{
public:
    virtual ~Randomness() = default;

    /// `bytes` from the operating system's generator.
    virtual QByteArray bytes(int count) = 0;
};

/// Seals secrets for storage: authenticated encryption under a key that has an id, so that keys can change.
/// Thread-safe.
class SecretBox
{
public:
    virtual ~SecretBox() = default;

    /// `place` names the row and column that the secret belongs to; it must be the same when it is opened, so
    /// that a sealed secret is worth nothing in another place.
    virtual QByteArray seal(const core::Secret &secret, const QByteArray &place) = 0;
    /// Corrupt when it was sealed for another place, with a key that is not there, or was changed.
    virtual core::Result<core::Secret> open(const QByteArray &sealed, const QByteArray &place) = 0;
};

} // namespace dockerauto::ports
