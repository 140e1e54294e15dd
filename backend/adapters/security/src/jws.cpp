#include "security/jws.h"

#include "sodiumstart.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace dockerauto::security {

using core::ErrorCode;
using core::Json;

namespace {

constexpr qsizetype maxSize = 8 * 1024;
// RFC 7518, 3.2: a key of the size of the hash output or larger must be used.
constexpr qsizetype minKeySize = 32;

core::Failure refused()
{
    return core::fail(ErrorCode::Unauthenticated, QStringLiteral("The token is not valid"));
}

QByteArray hmac(const QByteArray &text, const core::Secret &key)
{
    startSodium();
    const auto bytes = [](const QByteArray &array) {
        return reinterpret_cast<const unsigned char *>(array.constData());
    };
    QByteArray code(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes(key.reveal()), static_cast<std::size_t>(key.reveal().size()));
    crypto_auth_hmacsha256_update(&state, bytes(text), static_cast<unsigned long long>(text.size()));
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char *>(code.data()));
    sodium_memzero(&state, sizeof state);
    return code;
}

core::Result<Json> parseHeader(const QByteArray &text)
{
    auto header = core::parseJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!header || !header->is_object() || core::memberOf(*header, "alg") != Json("HS256")) {
        return refused();
    }
    static constexpr std::array forbidden{"crit", "zip", "b64", "jku", "jwk", "x5u", "x5c"};
    if (std::ranges::any_of(forbidden, [&](const char *name) { return header->contains(name); })) {
        return refused();
    }
    return header;
}

} // namespace

QByteArray toBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

core::Result<QByteArray> fromBase64Url(const QByteArray &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    // Written again and compared: padding and stray bits at the end would give one token many spellings.
    if (!decoded || toBase64Url(*decoded) != text) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("This is not base64url"));
    }
    return *decoded;
}

QByteArray signHs256(const QByteArray &header, const QByteArray &payload, const core::Secret &key)
{
    const QByteArray input = toBase64Url(header) + '.' + toBase64Url(payload);
    return input + '.' + toBase64Url(hmac(input, key));
}

core::Result<Jws> openHs256(const QByteArray &compact, const core::Secret &key)
{
    const qsizetype first = compact.indexOf('.');
    const qsizetype last = compact.lastIndexOf('.');
    if (compact.size() > maxSize || key.reveal().size() < minKeySize || compact.count('.') != 2) {
        return refused();
    }
    const auto signature = fromBase64Url(compact.mid(last + 1));
    const QByteArray expected = hmac(compact.left(last), key);
    if (!signature || signature->size() != expected.size() ||
        sodium_memcmp(
            signature->constData(), expected.constData(), static_cast<std::size_t>(expected.size())) != 0) {
        return refused();
    }
    const auto headerText = fromBase64Url(compact.left(first));
    auto payload = fromBase64Url(compact.mid(first + 1, last - first - 1));
    if (!headerText || !payload) {
        return refused();
    }
    DOCKERAUTO_TRY_ASSIGN(header, parseHeader(*headerText));
    return Jws{std::move(header), std::move(*payload)};
}

core::Result<core::Secret> keyFromJwk(const Json &jwk, std::string_view algorithm)
{
    const auto unsupported = [] {
        return core::fail(
            ErrorCode::Unsupported, QStringLiteral("This key cannot be used to check the signature"));
    };
    const auto says = [&](const char *name, const Json &value) {
        return !jwk.contains(name) || jwk[name] == value;
    };
    if (!jwk.is_object() || core::memberOf(jwk, "kty") != Json("oct") || algorithm != "HS256" ||
        !says("alg", Json("HS256")) || !says("use", Json("sig"))) {
        return unsupported();
    }
    if (jwk.contains("key_ops")) {
        const Json &uses = jwk["key_ops"];
        if (!uses.is_array() || std::ranges::find(uses, Json("verify")) == uses.end()) {
            return unsupported();
        }
    }
    DOCKERAUTO_TRY_ASSIGN(key, fromBase64Url(core::textOf(jwk, "k").toUtf8()));
    if (key.size() < minKeySize) {
        return unsupported();
    }
    return core::Secret(std::move(key));
}

} // namespace dockerauto::security
