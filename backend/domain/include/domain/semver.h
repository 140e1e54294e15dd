#pragma once

#include <core/result.h>

#include <QString>

#include <compare>
#include <vector>

namespace dockerauto::domain {

/// A version by Semantic Versioning 2.0.0 (semver.org). One leading `v` and blanks around it are allowed, as
/// node-semver does. The numbers are at most 2^53 - 1.
struct SemanticVersion
{
    quint64 major = 0;
    quint64 minor = 0;
    quint64 patch = 0;
    /// The identifiers between `-` and `+`; empty for a release.
    std::vector<QString> prerelease;
    QString build;

    static core::Result<SemanticVersion> parse(const QString &text);
    /// Precedence by rule 11; build metadata does not count.
    [[nodiscard]] std::weak_ordering precedence(const SemanticVersion &other) const;
};

/// A range in the grammar of node-semver: comparators, `^`, `~`, `x`, hyphen ranges, `||`.
class VersionRange
{
public:
    enum class Prereleases
    {
        /// A pre-release is in the range only when a comparator names one of the same major.minor.patch.
        OnlyNamed,
        Include
    };

    static core::Result<VersionRange> parse(const QString &text);
    [[nodiscard]] bool contains(
        const SemanticVersion &version, Prereleases prereleases = Prereleases::OnlyNamed) const;

private:
    enum class Operator
    {
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Equal
    };
    struct Comparator
    {
        Operator op = Operator::Equal;
        SemanticVersion version;
    };
    /// Alternatives, each a list of comparators that must all hold.
    std::vector<std::vector<Comparator>> m_alternatives;
};

} // namespace dockerauto::domain
