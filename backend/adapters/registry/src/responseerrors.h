#pragma once

#include "httpclient.h"

#include <core/result.h>
#include <core/time.h>

#include <chrono>
#include <optional>

namespace dockerauto::registry {

/// How long the registry wants us to wait: Retry-After in seconds or as a date, or a duration such as `1.5s`
/// in the text of the error. Never negative, at most a day.
std::optional<std::chrono::seconds> retryAfter(const HttpResponse &response, core::Timestamp now);

/// What a status other than success means. `subject` is what was asked for, for people.
core::Error errorOf(
    const HttpResponse &response, const QString &registry, const QString &subject, core::Timestamp now);

} // namespace dockerauto::registry
