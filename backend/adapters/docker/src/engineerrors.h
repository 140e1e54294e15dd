#pragma once

#include "enginehttp.h"

#include <core/error.h>

#include <curl/curl.h>

namespace dockerauto::docker {

// The one table that turns what libcurl and the engine say into errors of this program.

/// The engine could not be asked, or did not finish its answer.
core::Error transportError(const EngineAddress &address, CURLcode code, int systemError);

/// The engine took longer than it was given.
core::Error timeoutError(const EngineAddress &address);

/// The engine's own refusal, in its own words when it gave any. `path` is without version and query.
core::Error statusError(const HttpRequest &request, const QByteArray &path, const HttpResponse &response);

/// The words for people in the engine's answer to a refused request, or nothing.
QString messageOf(const HttpResponse &response);

} // namespace dockerauto::docker
