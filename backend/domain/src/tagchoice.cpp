#include "domain/tagchoice.h"

#include "domain/semver.h"
#include "identifiers.h"
#include "tagpattern.h"
#include "tagversion.h"

#include <QSet>

#include <algorithm>
#include <limits>

namespace dockerauto::domain {
namespace {

using core::Bump;
using core::ErrorCode;
using core::Result;
using core::TagFamily;
using core::TagLevel;
using Problem = TagVersion::Problem;

constexpr qsizetype maxConstraint = 1'000;

/// Rules made ready for many tags.
struct Conditions
{
    std::optional<VersionRange> range;
    std::optional<TagPattern> include;
    std::optional<TagPattern> exclude;
};

Result<std::optional<VersionRange>> readConstraint(const QString &text)
{
    const QString field = QStringLiteral("constraint");
    if (text.isEmpty()) {
        return std::nullopt;
    }
    if (text.size() > maxConstraint) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("The constraint is longer than %1 characters").arg(maxConstraint), field);
    }
    auto range = VersionRange::parse(text);
    if (!range) {
        return core::fail(ErrorCode::InvalidArgument, range.error().message, field);
    }
    return std::move(*range);
}

Result<Conditions> readConditions(const TagRules &rules)
{
    DOCKERAUTO_TRY_ASSIGN(range, readConstraint(rules.constraint));
    DOCKERAUTO_TRY_ASSIGN(include, TagPattern::parse(rules.include, QStringLiteral("include")));
    DOCKERAUTO_TRY_ASSIGN(exclude, TagPattern::parse(rules.exclude, QStringLiteral("exclude")));
    return Conditions{std::move(range), std::move(include), std::move(exclude)};
}

bool isComparable(const TagVersion &a, const TagVersion &b)
{
    return a.prefix == b.prefix && a.scheme == b.scheme;
}

Bump stepBetween(const TagVersion &from, const TagVersion &to)
{
    const auto differs = std::mismatch(from.numbers.begin(), from.numbers.end(), to.numbers.begin());
    switch (differs.first - from.numbers.begin()) {
    case 0:
        return Bump::Major;
    case 1:
        return from.numbers.size() > 1 ? Bump::Minor : Bump::Build;
    case 2:
        return from.numbers.size() > 2 ? Bump::Patch : Bump::Build;
    default:
        return Bump::Build;
    }
}

bool allows(TagLevel level, Bump bump)
{
    switch (level) {
    case TagLevel::None:
        return false;
    case TagLevel::Patch:
        return bump <= Bump::Patch;
    case TagLevel::Minor:
        return bump <= Bump::Minor;
    case TagLevel::Major:
        break;
    }
    return true;
}

/// The first three numbers with the pre-release, as a range sees them.
SemanticVersion semanticOf(const TagVersion &version)
{
    const auto numberAt = [&version](std::size_t i) -> quint64 {
        if (i >= version.numbers.size()) {
            return 0;
        }
        bool fits = false;
        const quint64 number = version.numbers[i].toULongLong(&fits);
        return fits ? number : std::numeric_limits<quint64>::max();
    };
    return {numberAt(0), numberAt(1), numberAt(2), version.prereleaseIdentifiers, {}};
}

QString quoted(QStringView text)
{
    return text.isEmpty() ? QStringLiteral("nothing") : QStringLiteral("“%1”").arg(text);
}

QString sentence(Problem problem)
{
    switch (problem) {
    case Problem::NoTag:
        return QStringLiteral("It is not a valid tag.");
    case Problem::Commit:
        return QStringLiteral("It is a commit, not a version.");
    case Problem::NoVersion:
        break;
    }
    return QStringLiteral("It is not a version.");
}

/// Looks at one tag after the other.
class Judge
{
public:
    Judge(const TagVersion &current, const TagRules &rules, Conditions &conditions)
        : m_current(current), m_rules(rules), m_conditions(conditions)
    {
    }

    /// Why the tag is not wanted; empty when it is.
    Result<QString> objection(const TagVersion &version)
    {
        for (const auto check : {&Judge::otherKind, &Judge::notNewer, &Judge::notAllowed}) {
            if (QString why = (this->*check)(version); !why.isEmpty()) {
                return why;
            }
        }
        return filtered(version.tag);
    }

private:
    [[nodiscard]] QString otherKind(const TagVersion &version) const;
    [[nodiscard]] QString otherScheme(const TagVersion &version) const;
    [[nodiscard]] QString notNewer(const TagVersion &version) const;
    [[nodiscard]] QString notAllowed(const TagVersion &version) const;
    Result<QString> filtered(const QString &tag);

    const TagVersion &m_current;
    const TagRules &m_rules;
    Conditions &m_conditions;
};

QString Judge::otherScheme(const TagVersion &version) const
{
    const auto isDate = [](const TagVersion &of) {
        return of.scheme.startsWith(u'y') || of.scheme.startsWith(u'd');
    };
    if (isDate(version) != isDate(m_current)) {
        return isDate(version) ? QStringLiteral("It counts by date, the current tag does not.")
                               : QStringLiteral("It does not count by date, as the current tag does.");
    }
    if (version.numbers.size() != m_current.numbers.size()) {
        const auto count = version.numbers.size();
        return (count == 1 ? QStringLiteral("It has %1 number instead of %2.")
                           : QStringLiteral("It has %1 numbers instead of %2."))
            .arg(count)
            .arg(m_current.numbers.size());
    }
    return QStringLiteral("Its numbers are of another kind.");
}

QString Judge::otherKind(const TagVersion &version) const
{
    if (version.prefix != m_current.prefix) {
        return QStringLiteral("It begins with %1 instead of %2.")
            .arg(quoted(version.prefix), quoted(m_current.prefix));
    }
    if (version.scheme != m_current.scheme) {
        return otherScheme(version);
    }
    const bool isSame = m_rules.family == TagFamily::Strict ? version.variant == m_current.variant
                                                            : version.looseVariant == m_current.looseVariant;
    if (!isSame) {
        return QStringLiteral("It ends with %1 instead of %2.")
            .arg(quoted(version.suffix), quoted(m_current.suffix));
    }
    return {};
}

QString Judge::notNewer(const TagVersion &version) const
{
    const auto order = version.order(m_current);
    if (order == 0) {
        return QStringLiteral("It is the same version.");
    }
    if (order < 0) {
        return QStringLiteral("It is older.");
    }
    for (std::size_t i = 0; i < version.variantNumbers.size(); ++i) {
        if (compareDigits(version.variantNumbers[i], m_current.variantNumbers[i]) < 0) {
            return QStringLiteral("It is built on something older: %1 instead of %2.")
                .arg(quoted(version.suffix), quoted(m_current.suffix));
        }
    }
    return {};
}

QString Judge::notAllowed(const TagVersion &version) const
{
    const bool followsPrerelease = !m_current.prerelease.empty() && version.numbers == m_current.numbers;
    if (!version.prerelease.empty() && !m_rules.prerelease && !followsPrerelease) {
        return QStringLiteral("It is a pre-release.");
    }
    if (const Bump bump = stepBetween(m_current, version); !allows(m_rules.level, bump)) {
        return m_rules.level == TagLevel::None
                   ? QStringLiteral("The rules want no newer tag.")
                   : QStringLiteral("It is a %1 step, and the rules allow at most a %2 one.")
                         .arg(core::toQString(bump), core::toQString(m_rules.level));
    }
    if (m_conditions.range && !m_conditions.range->contains(semanticOf(version))) {
        return QStringLiteral("It is outside of “%1”.").arg(m_rules.constraint);
    }
    return {};
}

Result<QString> Judge::filtered(const QString &tag)
{
    if (m_conditions.include) {
        DOCKERAUTO_TRY_ASSIGN(matches, m_conditions.include->matches(tag));
        if (!matches) {
            return QStringLiteral("It does not match “%1”.").arg(m_rules.include);
        }
    }
    if (m_conditions.exclude) {
        DOCKERAUTO_TRY_ASSIGN(matches, m_conditions.exclude->matches(tag));
        if (matches) {
            return QStringLiteral("“%1” excludes it.").arg(m_rules.exclude);
        }
    }
    return QString();
}

/// Each tag once, without the current one, in their order.
std::vector<QString> othersThan(const QString &current, const std::vector<QString> &tags)
{
    QSet<QString> seen{current};
    seen.reserve(static_cast<qsizetype>(tags.size()) + 1);
    std::vector<QString> others;
    for (const QString &tag : tags) {
        if (!seen.contains(tag)) {
            seen.insert(tag);
            others.push_back(tag);
        }
    }
    return others;
}

TagChoice noneBecause(const std::vector<QString> &tags, const QString &why)
{
    TagChoice choice;
    for (const QString &tag : tags) {
        choice.rejected.push_back({tag, why});
    }
    return choice;
}

/// The text decides between two spellings of one version, so that the order of the list does not.
bool isBetter(const TagVersion *a, const TagVersion *b)
{
    const auto order = a->order(*b);
    return order == 0 ? a->tag < b->tag : order > 0;
}

void takeBest(const TagVersion &current, const std::vector<TagVersion> &candidates, TagChoice &choice)
{
    if (candidates.empty()) {
        return;
    }
    std::vector<const TagVersion *> sorted;
    sorted.reserve(candidates.size());
    std::transform(candidates.begin(), candidates.end(), std::back_inserter(sorted),
        [](const TagVersion &candidate) { return &candidate; });
    std::sort(sorted.begin(), sorted.end(), isBetter);
    const TagVersion &best = *sorted.front();
    choice.tag = best.tag;
    choice.bump = stepBetween(current, best);
    const QString passed = QStringLiteral("%1 is newer.").arg(best.tag);
    const QString equal = QStringLiteral("%1 is the same version.").arg(best.tag);
    for (const TagVersion *candidate : sorted) {
        choice.acceptable.push_back(candidate->tag);
        if (candidate != &best) {
            choice.rejected.push_back({candidate->tag, candidate->order(best) < 0 ? passed : equal});
        }
    }
}

} // namespace

bool isVersionTag(const QString &tag)
{
    return TagVersion::parse(tag).has_value();
}

Bump bumpBetween(const QString &from, const QString &to)
{
    const auto first = TagVersion::parse(from);
    const auto second = TagVersion::parse(to);
    if (from == to || !first || !second || !isComparable(*first, *second)) {
        return Bump::None;
    }
    return stepBetween(*first, *second);
}

Result<> checkTagRules(const TagRules &rules)
{
    DOCKERAUTO_TRY(readConditions(rules));
    return {};
}

Result<TagChoice> chooseTag(const QString &current, const std::vector<QString> &tags, const TagRules &rules)
{
    DOCKERAUTO_TRY_ASSIGN(conditions, readConditions(rules));
    const auto others = othersThan(current, tags);
    const auto currentVersion = TagVersion::parse(current);
    if (!currentVersion) {
        return noneBecause(others,
            currentVersion.error() == Problem::Commit
                ? QStringLiteral("The current tag is a commit, so none can be told to be newer.")
                : QStringLiteral("The current tag is not a version, so none can be told to be newer."));
    }
    TagChoice choice;
    std::vector<TagVersion> candidates;
    Judge judge(*currentVersion, rules, conditions);
    for (const QString &tag : others) {
        auto version = TagVersion::parse(tag);
        if (!version) {
            choice.rejected.push_back({tag, sentence(version.error())});
            continue;
        }
        DOCKERAUTO_TRY_ASSIGN(why, judge.objection(*version));
        if (why.isEmpty()) {
            candidates.push_back(std::move(*version));
        } else {
            choice.rejected.push_back({tag, why});
        }
    }
    takeBest(*currentVersion, candidates, choice);
    return choice;
}

} // namespace dockerauto::domain
