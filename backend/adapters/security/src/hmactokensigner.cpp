#include "security/hmactokensigner.h"

#include "security/jws.h"

#include <optional>
#include <string_view>

namespace dockerauto::security {

using core::Json;

namespace {

constexpr std::chrono::seconds maxLife = std::chrono::minutes(15);

/// Whole seconds since the epoch; a fraction or a text is none.
std::optional<std::chrono::seconds> secondsOf(const Json &claims, const char *name)
{
    const Json &value = core::memberOf(claims, name);
    constexpr qint64 yearTenThousand = 253402300800;
    if (!value.is_number_integer() || value.get<double>() < 0 ||
        value.get<double>() > static_cast<double>(yearTenThousand)) {
        return std::nullopt;
    }
    return std::chrono::seconds(value.get<qint64>());
}

bool hasText(const Json &claims, const char *name)
{
    const Json &value = core::memberOf(claims, name);
    return value.is_string() && !value.get_ref<const std::string &>().empty();
}

} // namespace

HmacTokenSigner::HmacTokenSigner(core::Secret key, QString issuer, QString audience)
    : m_key(std::move(key)), m_issuer(std::move(issuer)), m_audience(std::move(audience))
{
}

QByteArray HmacTokenSigner::sign(const Json &claims)
{
    return signHs256(QByteArrayLiteral(R"({"alg":"HS256","typ":"JWT"})"),
        QByteArray::fromStdString(core::writeJson(claims)), m_key);
}

core::Result<Json> HmacTokenSigner::verify(const QByteArray &token, core::Timestamp now)
{
    const auto refused = [] {
        return core::fail(core::ErrorCode::Unauthenticated,
            QStringLiteral("The access token is not valid or has expired. Sign in again."));
    };
    const auto jws = openHs256(token, m_key);
    // Exactly the header that sign writes: what it does not write, it need not understand.
    if (!jws || jws->header != Json{{"alg", "HS256"}, {"typ", "JWT"}}) {
        return refused();
    }
    const QByteArray &payload = jws->payload;
    auto claims =
        core::parseJson(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size())));
    if (!claims || !accepts(*claims, now)) {
        return refused();
    }
    return claims;
}

bool HmacTokenSigner::accepts(const Json &claims, core::Timestamp now) const
{
    if (!claims.is_object() || core::memberOf(claims, "iss") != Json(m_issuer) ||
        core::memberOf(claims, "aud") != Json(m_audience) || !hasText(claims, "sub") ||
        !hasText(claims, "jti")) {
        return false;
    }
    const auto issued = secondsOf(claims, "iat");
    const auto begins = secondsOf(claims, "nbf");
    const auto ends = secondsOf(claims, "exp");
    if (!issued || !begins || !ends) {
        return false;
    }
    const auto time = now.time_since_epoch();
    return *issued <= time && *begins <= time && *ends > time && *ends > *issued &&
           *ends - *issued <= maxLife;
}

} // namespace dockerauto::security
