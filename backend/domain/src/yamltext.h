#pragma once

#include <nlohmann/json.hpp>

#include <QString>

namespace dockerauto::domain {

/// As it is written: the order of the keys is the order in the file.
using OrderedJson = nlohmann::ordered_json;

/// YAML 1.2 for a compose file, safe whatever is in it: every text is in double quotes, with `$` doubled in
/// values, since compose replaces variables there. Keys are not touched by compose.
QString yamlText(const OrderedJson &document);

} // namespace dockerauto::domain
