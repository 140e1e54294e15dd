#pragma once

#include <core/result.h>
#include <core/vocabulary.h>

#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::domain {

/// Which tags may follow the one that runs.
struct TagRules
{
    core::TagLevel level = core::TagLevel::Major;
    /// A range in the grammar of node-semver; empty for none.
    QString constraint = {};
    /// Regular expressions that are searched in the tag, not anchored; empty for none.
    QString include = {};
    QString exclude = {};
    bool prerelease = false;
    core::TagFamily family = core::TagFamily::Strict;

    friend bool operator==(const TagRules &, const TagRules &) = default;
};

struct RejectedTag
{
    QString tag;
    /// One short sentence for people.
    QString why;
};

struct TagChoice
{
    /// The best newer tag; absent when there is none.
    std::optional<QString> tag;
    core::Bump bump = core::Bump::None;
    /// All tags that are newer and allowed, the best first: what comes next when the best one turns out not
    /// to exist for the platform.
    std::vector<QString> acceptable;
    /// All other tags but the current one, and why.
    std::vector<RejectedTag> rejected;
};

/// Whether the tag is a version, so that a newer one can be told from an older one: not `latest`, not a
/// commit.
bool isVersionTag(const QString &tag);

/// How large the step from one version tag to another is; None when they cannot be compared.
core::Bump bumpBetween(const QString &from, const QString &to);

/// InvalidArgument with the field (`constraint`, `include`, `exclude`) that can't be used.
core::Result<> checkTagRules(const TagRules &rules);

/// The newest tag of the same scheme and the same family as `current` that the rules allow. The rules are
/// those of "Choosing a newer tag" in resources/docs/updates.md. The time is bounded, also for hostile
/// expressions and 100,000 tags: an expression that takes too long is InvalidArgument.
core::Result<TagChoice> chooseTag(
    const QString &current, const std::vector<QString> &tags, const TagRules &rules);

} // namespace dockerauto::domain
