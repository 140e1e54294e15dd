#pragma once

#include "httpclient.h"

#include <core/result.h>
#include <core/time.h>

namespace dockerauto::registry {

/// What a status other than success means. `subject` is what was asked for, for people.
core::Error errorOf(
    const HttpResponse &response, const QString &registry, const QString &subject, core::Timestamp now);

} // namespace dockerauto::registry
