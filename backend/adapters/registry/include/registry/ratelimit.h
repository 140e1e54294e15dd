#pragma once

#include <core/time.h>

#include <QByteArray>

#include <chrono>
#include <map>
#include <optional>

namespace dockerauto::registry {

/// What a registry says about how much it may be used. Whatever is missing or cannot be read is absent.
struct RateLimit
{
    /// Pulls in the window, from `ratelimit-limit: 100;w=21600`.
    std::optional<qint64> limit;
    /// Of them left, from `ratelimit-remaining: 76;w=21600`.
    std::optional<qint64> remaining;
    std::optional<qint64> windowSeconds;
    /// How long it wants to be left alone: Retry-After in seconds or as a date, else a duration behind
    /// `retry-after:` in the text of the error, as GitHub's registry sends it. Never negative; parts of a
    /// second count as a whole one, and so does less than a second in the text.
    std::optional<std::chrono::seconds> retryAfter;

    friend bool operator==(const RateLimit &, const RateLimit &) = default;
};

/// `headers` by names in lower case; `body` is that of an error, or empty.
RateLimit parseRateLimit(
    const std::multimap<QByteArray, QByteArray> &headers, const QByteArray &body, core::Timestamp now);

/// A date as HTTP writes it, in any of the three forms of RFC 9110, 5.6.7.
std::optional<core::Timestamp> parseHttpDate(const QByteArray &text);

} // namespace dockerauto::registry
