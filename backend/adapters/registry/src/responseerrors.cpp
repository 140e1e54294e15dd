#include "responseerrors.h"

#include "registry/ratelimit.h"
#include "trafficcontrol.h"

namespace dockerauto::registry {

using core::ErrorCode;

namespace {

/// Of a host that a registry referred to; the registry's own limits are kept by TrafficControl.
QString sentenceFor429(const HttpResponse &response, core::Timestamp now)
{
    const auto wait = parseRateLimit(response.headers, response.body, now).retryAfter;
    const QString sentence =
        QStringLiteral("%1 takes no more requests from us for now.").arg(response.url.host());
    return wait ? sentence + QStringLiteral(" Try again in %1 s.").arg(wait->count())
                : sentence + QStringLiteral(" It does not say for how long.");
}

} // namespace

core::Error errorOf(
    const HttpResponse &response, const QString &registry, const QString &subject, core::Timestamp now)
{
    const auto error = [](ErrorCode code, const QString &message) {
        return core::Error{code, message, {}, nullptr};
    };
    const QString name = nameForPeople(registry);
    constexpr int serverErrors = 500;
    switch (response.status) {
    case 401:
        return error(ErrorCode::Unauthenticated,
            QStringLiteral(
                "%1 gives %2 only to those who sign in, or has no such image. Check the name and the "
                "credentials for this registry.")
                .arg(name, subject));
    case 403:
        return error(ErrorCode::Unauthenticated,
            QStringLiteral("%1 does not let us read %2. Check the rights of the account.")
                .arg(name, subject));
    case 404:
        return error(ErrorCode::NotFound, QStringLiteral("%1 has no %2.").arg(name, subject));
    case 429:
        return error(ErrorCode::RateLimited, sentenceFor429(response, now));
    default:
        break;
    }
    if (response.status >= serverErrors) {
        return error(ErrorCode::Unavailable,
            QStringLiteral("%1 has a problem of its own (status %2). Try again later.")
                .arg(name)
                .arg(response.status));
    }
    return error(ErrorCode::Unavailable, QStringLiteral("%1 answered with status %2 when asked for %3.")
                                             .arg(name, QString::number(response.status), subject));
}

} // namespace dockerauto::registry
