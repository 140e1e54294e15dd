#pragma once

#include <contracts/policies.h>
#include <domain/updaterules.h>

namespace dockerauto::application {

domain::PartialRules toDomain(const contracts::UpdateRules &rules);
/// The part that chooses tags; what is absent has its default.
domain::TagRules toDomain(const contracts::TagRules &rules);

/// How an update is carried out, for its row. What a row lacks has its default.
core::Json careToJson(const domain::UpdateCare &care);
domain::UpdateCare careFromJson(const core::Json &json);

/// The error of a field of the rules as the error of a field of the request, in which they are called
/// `prefix`.
core::Error below(const QString &prefix, core::Error error);
/// InvalidArgument with the field below `prefix` that can't be used.
core::Result<> checkRules(const contracts::UpdateRules &rules, const QString &prefix);

} // namespace dockerauto::application
