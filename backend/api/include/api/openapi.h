#pragma once

#include <core/json.h>

namespace dockerauto::api {

/// The OpenAPI 3.1 document of all operations, as served at /api/v1/openapi.json. Each call builds it anew.
core::Json openApiDocument();

} // namespace dockerauto::api
