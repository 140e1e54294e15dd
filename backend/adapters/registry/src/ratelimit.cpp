#include "registry/ratelimit.h"

#include <QByteArrayList>
#include <QRegularExpression>

#include <curl/curl.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dockerauto::registry {

namespace {

using std::chrono::seconds;
using namespace std::chrono_literals;

/// More than anybody waits; keeps sums of times far from overflow.
constexpr seconds longestWait{std::numeric_limits<qint32>::max()};

/// Decimal digits and nothing else, which is less than QByteArray::toLongLong takes.
std::optional<qint64> numberIn(const QByteArray &text)
{
    const QByteArray digits = text.trimmed();
    const bool isNumber =
        !digits.isEmpty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 number = digits.toLongLong(&fits);
    return isNumber && fits ? std::optional(number) : std::nullopt;
}

struct Quota
{
    std::optional<qint64> count;
    std::optional<qint64> windowSeconds;
};

/// `100;w=21600`; of several quotas with a comma between them the first.
Quota quotaIn(const QByteArray &value)
{
    const QByteArrayList parts = value.split(',').value(0).split(';');
    Quota quota{numberIn(parts.value(0)), std::nullopt};
    for (qsizetype i = 1; i < parts.size() && quota.count; ++i) {
        const QByteArray part = parts.at(i).trimmed();
        if (part.startsWith("w=") && !quota.windowSeconds) {
            quota.windowSeconds = numberIn(part.mid(2));
            if (quota.windowSeconds) {
                quota.windowSeconds = std::min<qint64>(*quota.windowSeconds, longestWait.count());
            }
        }
    }
    return quota;
}

/// GitHub's registry says `retry-after: 536.818µs, allowed: 44000/minute` in the text. Go writes a duration
/// as one or more numbers with units: `1m30.5s`.
std::optional<seconds> delayInText(const QByteArray &body)
{
    static const QRegularExpression form(
        QStringLiteral(R"(retry-after:\s*((?:[0-9]{1,9}(?:\.[0-9]{1,9})?(?:ns|us|µs|μs|ms|s|m|h)){1,8}))"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression piece(
        QStringLiteral(R"(([0-9.]+)(ns|us|µs|μs|ms|s|m|h))"), QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype enough = 4096;
    const auto match = form.match(QString::fromUtf8(body.left(enough)));
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    double total = 0;
    for (auto pieces = piece.globalMatch(match.captured(1)); pieces.hasNext();) {
        const auto part = pieces.next();
        const QString unit = part.captured(2).toLower();
        const double factor = unit == QLatin1String("h")    ? 3600
                              : unit == QLatin1String("m")  ? 60
                              : unit == QLatin1String("s")  ? 1
                              : unit == QLatin1String("ms") ? 1e-3
                                                            : 0;
        total += part.captured(1).toDouble() * factor;
    }
    const double bounded = std::clamp(std::ceil(total), 1.0, static_cast<double>(longestWait.count()));
    return seconds(static_cast<qint64>(bounded));
}

std::optional<seconds> retryAfterIn(const QByteArray &header, core::Timestamp now)
{
    const QByteArray value = header.trimmed();
    if (!value.isEmpty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; })) {
        const auto number = numberIn(value);
        return std::min(
            longestWait, number ? seconds(std::min<qint64>(*number, longestWait.count())) : longestWait);
    }
    if (const auto date = parseHttpDate(value)) {
        return std::clamp(std::chrono::ceil<seconds>(*date - now), seconds(0), longestWait);
    }
    return std::nullopt;
}

} // namespace

std::optional<core::Timestamp> parseHttpDate(const QByteArray &text)
{
    // libcurl reads much that is no date of HTTP; those begin with the name of a day.
    static const QRegularExpression form(QStringLiteral(R"(\A(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )"));
    const QByteArray date = text.trimmed();
    if (!form.match(QString::fromLatin1(date)).hasMatch()) {
        return std::nullopt;
    }
    const time_t time = curl_getdate(date.constData(), nullptr);
    return time < 0 ? std::nullopt : std::optional(core::Timestamp(seconds(time)));
}

RateLimit parseRateLimit(
    const std::multimap<QByteArray, QByteArray> &headers, const QByteArray &body, core::Timestamp now)
{
    const auto value = [&](const char *name) {
        const auto found = headers.find(name);
        return found == headers.end() ? QByteArray() : found->second;
    };
    const Quota limit = quotaIn(value("ratelimit-limit"));
    const Quota remaining = quotaIn(value("ratelimit-remaining"));
    RateLimit result{limit.count, remaining.count,
        limit.windowSeconds ? limit.windowSeconds : remaining.windowSeconds,
        retryAfterIn(value("retry-after"), now)};
    if (!result.retryAfter) {
        result.retryAfter = delayInText(body);
    }
    return result;
}

} // namespace dockerauto::registry
