#include "operations.h"

namespace dockerauto::probe {
namespace {

using core::Json;
using core::Result;

Result<Json> parseJson(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(bytes, bytesIn(in, "base64"));
    DOCKERAUTO_TRY_ASSIGN(
        value, core::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
    return Json{{"value", value}};
}

} // namespace

std::vector<Operation> coreOperations()
{
    return {{"json.parse", parseJson}};
}

} // namespace dockerauto::probe
