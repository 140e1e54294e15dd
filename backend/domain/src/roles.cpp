#include "domain/roles.h"

#include <algorithm>
#include <array>

namespace dockerauto::domain {
namespace {

/// Permissions are `area:verb`. A pattern ends in `:*` for all of an area or begins with `*:` for a verb in
/// all.
constexpr std::array<std::string_view, 9> operatorHolds{"alerts:*", "containers:*", "hosts:read", "meta:read",
    "monitoring:read", "policies:*", "registries:read", "schedules:*", "updates:*"};
constexpr std::array<std::string_view, 1> viewerHolds{"*:read"};
/// Everything else a user gets by grants on single containers.
constexpr std::array<std::string_view, 1> userHolds{"meta:read"};

constexpr std::array<std::string_view, 13> areas{"alerts", "audit", "containers", "hosts", "meta",
    "monitoring", "notifications", "policies", "registries", "schedules", "settings", "updates", "users"};

bool matches(std::string_view pattern, std::string_view area, std::string_view verb)
{
    const std::size_t colon = pattern.find(':');
    const std::string_view wantedArea = pattern.substr(0, colon);
    const std::string_view wantedVerb = pattern.substr(colon + 1);
    return (wantedArea == "*" || wantedArea == area) && (wantedVerb == "*" || wantedVerb == verb);
}

template <std::size_t Count>
bool anyMatches(const std::array<std::string_view, Count> &patterns, std::string_view permission)
{
    const std::size_t colon = permission.find(':');
    if (colon == std::string_view::npos || colon + 1 == permission.size()) {
        return false;
    }
    const std::string_view area = permission.substr(0, colon);
    const std::string_view verb = permission.substr(colon + 1);
    if (std::find(areas.begin(), areas.end(), area) == areas.end()) {
        return false;
    }
    return std::any_of(patterns.begin(), patterns.end(),
        [area, verb](std::string_view pattern) { return matches(pattern, area, verb); });
}

} // namespace

bool roleHolds(core::Role role, std::string_view permission)
{
    switch (role) {
    case core::Role::Admin:
        return true;
    case core::Role::Operator:
        return anyMatches(operatorHolds, permission);
    case core::Role::Viewer:
        return anyMatches(viewerHolds, permission);
    case core::Role::User:
        return anyMatches(userHolds, permission);
    }
    return false;
}

} // namespace dockerauto::domain
