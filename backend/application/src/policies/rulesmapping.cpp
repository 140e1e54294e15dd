#include "rulesmapping.h"

namespace dockerauto::application {

domain::PartialRules toDomain(const contracts::UpdateRules &rules)
{
    domain::PartialRules partial;
    partial.policy = rules.updatePolicy;
    partial.strategy = rules.strategy;
    partial.level = rules.level;
    partial.constraint = rules.constraint;
    partial.include = rules.include;
    partial.exclude = rules.exclude;
    partial.prerelease = rules.prerelease;
    partial.family = rules.family;
    if (rules.minimumAgeSeconds) {
        partial.minimumAge = std::chrono::seconds(*rules.minimumAgeSeconds);
    }
    partial.automaticLevel = rules.automaticLevel;
    partial.releaseNotes = rules.releaseNotes;
    return partial;
}

domain::TagRules toDomain(const contracts::TagRules &rules)
{
    const domain::TagRules defaults;
    return {.level = rules.level.value_or(defaults.level),
        .constraint = rules.constraint.value_or(QString()),
        .include = rules.include.value_or(QString()),
        .exclude = rules.exclude.value_or(QString()),
        .prerelease = rules.prerelease.value_or(defaults.prerelease),
        .family = rules.family.value_or(defaults.family)};
}

core::Error below(const QString &prefix, core::Error error)
{
    if (!prefix.isEmpty() && !error.path.isEmpty()) {
        error.path = prefix % u'/' % error.path;
    }
    return error;
}

core::Result<> checkRules(const contracts::UpdateRules &rules, const QString &prefix)
{
    auto checked = domain::checkRules(toDomain(rules));
    return checked ? checked : core::fail(below(prefix, std::move(checked.error())));
}

} // namespace dockerauto::application
