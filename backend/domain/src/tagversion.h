#pragma once

#include <QString>
#include <QStringView>

#include <tl/expected.hpp>

#include <compare>
#include <vector>

namespace dockerauto::domain {

/// What a tag says: prefix, numbers, and a suffix of variant, pre-release and counters of builds.
/// `v1.2.3-rc1-alpine3.19-r4` is prefix `v`, numbers 1 2 3, pre-release rc 1, variant `-alpine3.19-r#`,
/// counter 4.
struct TagVersion
{
    enum class Problem
    {
        /// The grammar forbids it.
        NoTag,
        /// It has no number, or its number is no version's.
        NoVersion,
        Commit
    };
    static tl::expected<TagVersion, Problem> parse(const QString &tag);

    /// As written. The views below look at it, so it is not to be changed.
    QString tag;
    /// As written, but `~` for a commit.
    QString prefix;
    /// What each number counts (a year, a date, …); only tags of one scheme can be compared.
    QString scheme;
    /// Digits without zeros in front, of any length.
    std::vector<QStringView> numbers;
    /// Words in lower case and digits apart: `RC10` and `rc.10` are rc, 10. Empty for a release.
    std::vector<QString> prerelease;
    /// The same as identifiers of semver: `RC10`.
    std::vector<QString> prereleaseIdentifiers;
    /// The suffix without the pre-release, with `#` for a counter and `~` for a commit.
    QString variant;
    /// The same, with `*` for each number of a version in it: `-alpine*.*`.
    QString looseVariant;
    /// The numbers that `*` stands for.
    std::vector<QStringView> variantNumbers;
    /// The numbers that `#` stands for.
    std::vector<QStringView> counters;
    /// All behind the numbers, as written.
    QStringView suffix;

    /// By numbers, then pre-release, then variant, then counters. Only for tags of the same prefix, scheme
    /// and loose variant.
    [[nodiscard]] std::strong_ordering order(const TagVersion &other) const;
};

} // namespace dockerauto::domain
