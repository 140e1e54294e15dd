#pragma once

#include <core/json.h>
#include <core/result.h>
#include <core/secret.h>

#include <QByteArray>

#include <string_view>

namespace dockerauto::security {

/// A JSON Web Signature whose signature was found right.
struct Jws
{
    core::Json header;
    QByteArray payload;
};

/// The text without padding, of the alphabet of URLs.
QByteArray toBase64Url(const QByteArray &bytes);
/// Reads only what toBase64Url could have written: no padding, no other alphabet, no stray bits at the end.
core::Result<QByteArray> fromBase64Url(const QByteArray &text);

/// `header.payload.signature` with HS256. The header is taken as it is: one JSON object.
QByteArray signHs256(const QByteArray &header, const QByteArray &payload, const core::Secret &key);

/// Opens a compact JWS (RFC 7515) of at most 8 KiB that was signed with HS256 and a key of at least 32 bytes.
/// The signature is checked before anything of the content is looked at, in constant time. A header that
/// names another algorithm, or brings `crit`, `zip`, `b64`, `jku`, `jwk`, `x5u` or `x5c`, is refused. Every
/// refusal is Unauthenticated.
core::Result<Jws> openHs256(const QByteArray &compact, const core::Secret &key);

/// The key out of a JSON Web Key (RFC 7517) of type `oct`; Unsupported for other types and when `use`,
/// `key_ops` or `alg` say that it is not for verifying with `algorithm`.
core::Result<core::Secret> keyFromJwk(const core::Json &jwk, std::string_view algorithm);

} // namespace dockerauto::security
