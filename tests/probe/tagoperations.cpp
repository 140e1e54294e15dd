#include "operations.h"

#include <domain/semver.h>
#include <domain/tagchoice.h>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;
using domain::SemanticVersion;
using domain::VersionRange;

/// The word of an enum, or the fallback when there is none.
template <class Enum>
Result<Enum> wordIn(const Json &in, const char *key, Enum fallback)
{
    if (memberOf(in, key).is_null()) {
        return fallback;
    }
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, key));
    const auto value = core::fromQString<Enum>(text);
    if (!value) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” is no “%2”").arg(text, QLatin1String(key)), QString::fromLatin1(key));
    }
    return *value;
}

Result<QString> optionalTextIn(const Json &in, const char *key)
{
    return memberOf(in, key).is_null() ? Result<QString>(QString()) : textIn(in, key);
}

Result<domain::TagRules> rulesIn(const Json &in)
{
    const Json &rules = memberOf(in, "rules");
    DOCKERAUTO_TRY_ASSIGN(level, wordIn(rules, "level", core::TagLevel::Major));
    DOCKERAUTO_TRY_ASSIGN(constraint, optionalTextIn(rules, "constraint"));
    DOCKERAUTO_TRY_ASSIGN(include, optionalTextIn(rules, "include"));
    DOCKERAUTO_TRY_ASSIGN(exclude, optionalTextIn(rules, "exclude"));
    DOCKERAUTO_TRY_ASSIGN(family, wordIn(rules, "family", core::TagFamily::Strict));
    return domain::TagRules{level, constraint, include, exclude, flagIn(rules, "prerelease"), family};
}

Result<Json> chooseTag(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(current, textIn(in, "current"));
    DOCKERAUTO_TRY_ASSIGN(tags, textsIn(in, "tags"));
    DOCKERAUTO_TRY_ASSIGN(rules, rulesIn(in));
    DOCKERAUTO_TRY_ASSIGN(choice, domain::chooseTag(current, tags, rules));
    Json rejected = Json::array();
    for (const auto &[tag, why] : choice.rejected) {
        rejected.push_back({{"tag", tag}, {"why", why}});
    }
    return Json{{"tag", choice.tag ? Json(*choice.tag) : Json()}, {"bump", core::toQString(choice.bump)},
        {"rejected", rejected}};
}

Result<Json> isValid(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, "text"));
    return Json{{"valid", SemanticVersion::parse(text).has_value()}};
}

Result<Json> compare(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(textA, textIn(in, "a"));
    DOCKERAUTO_TRY_ASSIGN(textB, textIn(in, "b"));
    DOCKERAUTO_TRY_ASSIGN(a, SemanticVersion::parse(textA));
    DOCKERAUTO_TRY_ASSIGN(b, SemanticVersion::parse(textB));
    const auto order = a.precedence(b);
    return Json{{"order", order < 0 ? -1 : (order > 0 ? 1 : 0)}};
}

Result<Json> isInRange(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(versionText, textIn(in, "version"));
    DOCKERAUTO_TRY_ASSIGN(rangeText, textIn(in, "range"));
    DOCKERAUTO_TRY_ASSIGN(range, VersionRange::parse(rangeText));
    DOCKERAUTO_TRY_ASSIGN(version, SemanticVersion::parse(versionText));
    const auto prereleases = flagIn(in, "includePrerelease") ? VersionRange::Prereleases::Include
                                                             : VersionRange::Prereleases::OnlyNamed;
    return Json{{"match", range.contains(version, prereleases)}};
}

} // namespace

std::vector<Operation> tagOperations()
{
    return {
        {"semver.compare", compare},
        {"semver.range", isInRange},
        {"semver.valid", isValid},
        {"tag.choose", chooseTag},
    };
}

} // namespace dockerauto::probe
