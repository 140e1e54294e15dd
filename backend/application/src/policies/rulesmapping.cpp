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
    partial.rollback = rules.rollback;
    if (rules.watchSeconds) {
        partial.watch = std::chrono::seconds(*rules.watchSeconds);
    }
    partial.probe = rules.probe;
    partial.backup = rules.backupVolumes;
    partial.keepVersions = rules.keepVersions;
    partial.hookBefore = rules.hookBefore;
    partial.hookAfter = rules.hookAfter;
    if (rules.hookTimeoutSeconds) {
        partial.hookTimeout = std::chrono::seconds(*rules.hookTimeoutSeconds);
    }
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

namespace {

core::Json wordsToJson(const std::vector<QString> &words)
{
    core::Json list = core::Json::array();
    for (const QString &word : words) {
        list.push_back(word);
    }
    return list;
}

std::vector<QString> wordsFromJson(const core::Json &json)
{
    std::vector<QString> words;
    for (const core::Json &word : json) {
        if (word.is_string()) {
            words.push_back(word.get<QString>());
        }
    }
    return words;
}

std::chrono::seconds secondsFromJson(const core::Json &json, std::chrono::seconds otherwise)
{
    return json.is_number_integer() ? std::chrono::seconds(json.get<qint64>()) : otherwise;
}

} // namespace

core::Json careToJson(const domain::UpdateCare &care)
{
    return core::Json{{"rollback", care.rollback}, {"watchSeconds", care.watch.count()},
        {"probe", care.probe}, {"backupVolumes", std::string(core::toText(care.backup))},
        {"keepVersions", care.keepVersions}, {"hookBefore", wordsToJson(care.hookBefore)},
        {"hookAfter", wordsToJson(care.hookAfter)}, {"hookTimeoutSeconds", care.hookTimeout.count()}};
}

domain::UpdateCare careFromJson(const core::Json &json)
{
    using core::memberOf;
    domain::UpdateCare care;
    care.rollback = memberOf(json, "rollback") != core::Json(false);
    care.watch = secondsFromJson(memberOf(json, "watchSeconds"), care.watch);
    care.probe = core::textOf(json, "probe");
    care.backup =
        core::fromQString<core::BackupMode>(core::textOf(json, "backupVolumes")).value_or(care.backup);
    if (const core::Json &keep = memberOf(json, "keepVersions"); keep.is_number_integer()) {
        care.keepVersions = keep.get<int>();
    }
    care.hookBefore = wordsFromJson(memberOf(json, "hookBefore"));
    care.hookAfter = wordsFromJson(memberOf(json, "hookAfter"));
    care.hookTimeout = secondsFromJson(memberOf(json, "hookTimeoutSeconds"), care.hookTimeout);
    return care;
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
