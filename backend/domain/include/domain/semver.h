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

    /// InvalidArgument when the text is no version, or longer than 256 characters.
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

    /// InvalidArgument when the text is no range.
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
    /// Comparators that must all hold; none for any version.
    using Alternative = std::vector<Comparator>;
    class Reader;

    // A partial version like `1.2` begins lower when pre-releases count: at 1.2.0-0 instead of 1.2.0.
    std::vector<Alternative> m_onlyNamed;
    std::vector<Alternative> m_include;
};

} // namespace dockerauto::domain
