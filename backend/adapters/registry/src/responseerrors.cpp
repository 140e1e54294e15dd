#include "responseerrors.h"

#include <QRegularExpression>

#include <curl/curl.h>

#include <algorithm>
#include <cmath>

namespace dockerauto::registry {

using core::ErrorCode;

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds longestWait = std::chrono::hours(24);

/// GitHub's registry says `retry-after: 536.818µs, allowed: 44000/minute` in the text.
std::optional<std::chrono::seconds> delayInText(const QByteArray &body)
{
    static const QRegularExpression form(
        QStringLiteral(R"(retry-after:\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)(ns|us|µs|μs|ms|s|m|h))"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(QString::fromUtf8(body.left(4096)));
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const QString unit = match.captured(2).toLower();
    double factor = 0;
    if (unit == QLatin1String("s")) {
        factor = 1;
    } else if (unit == QLatin1String("m")) {
        factor = 60;
    } else if (unit == QLatin1String("h")) {
        factor = 3600;
    }
    // Anything shorter than a second is a second.
    const double seconds = std::ceil(std::max(1.0, match.captured(1).toDouble() * factor));
    return std::chrono::seconds(static_cast<qint64>(std::min(seconds, 1e9)));
}

QString sentenceFor429(const QString &registry, std::optional<std::chrono::seconds> wait)
{
    const QString sentence = QStringLiteral("%1 takes no more requests from us for now.").arg(registry);
    return wait ? sentence + QStringLiteral(" Retry-After: %1 s.").arg(wait->count())
                : sentence + QStringLiteral(" It does not say for how long.");
}

} // namespace

std::optional<std::chrono::seconds> retryAfter(const HttpResponse &response, core::Timestamp now)
{
    const QByteArray header = response.header("retry-after");
    std::optional<std::chrono::seconds> wait;
    const bool digits =
        !header.isEmpty() && std::ranges::all_of(header, [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        bool fits = false;
        const qint64 seconds = header.toLongLong(&fits);
        wait = fits ? std::chrono::seconds(std::min<qint64>(seconds, longestWait.count())) : longestWait;
    } else if (const time_t date = header.isEmpty() ? -1 : curl_getdate(header.constData(), nullptr);
               date >= 0) {
        wait = std::chrono::ceil<std::chrono::seconds>(core::Timestamp(std::chrono::seconds(date)) - now);
    } else {
        wait = delayInText(response.body);
    }
    return wait ? std::optional(std::clamp<std::chrono::seconds>(*wait, 0s, longestWait)) : std::nullopt;
}

core::Error errorOf(
    const HttpResponse &response, const QString &registry, const QString &subject, core::Timestamp now)
{
    const auto error = [](ErrorCode code, const QString &message) {
        return core::Error{code, message, {}, nullptr};
    };
    constexpr int serverErrors = 500;
    switch (response.status) {
    case 401:
        return error(ErrorCode::Unauthenticated,
            QStringLiteral(
                "%1 gives %2 only to those who sign in, or has no such image. Check the name and the "
                "credentials for this registry.")
                .arg(registry, subject));
    case 403:
        return error(ErrorCode::Unauthenticated,
            QStringLiteral("%1 does not let us read %2. Check the rights of the account.")
                .arg(registry, subject));
    case 404:
        return error(ErrorCode::NotFound, QStringLiteral("%1 has no %2.").arg(registry, subject));
    case 429:
        return error(ErrorCode::RateLimited, sentenceFor429(registry, retryAfter(response, now)));
    default:
        break;
    }
    if (response.status >= serverErrors) {
        return error(ErrorCode::Unavailable,
            QStringLiteral("%1 has a problem of its own (status %2). Try again later.")
                .arg(registry)
                .arg(response.status));
    }
    return error(ErrorCode::Unavailable, QStringLiteral("%1 answered with status %2 when asked for %3.")
                                             .arg(registry, QString::number(response.status), subject));
}

} // namespace dockerauto::registry
