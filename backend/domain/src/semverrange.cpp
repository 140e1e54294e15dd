#include "domain/semver.h"

#include "semvergrammar.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace dockerauto::domain {
namespace {

/// A version with missing or `x` numbers, which are absent here.
struct Partial
{
    std::array<std::optional<quint64>, 3> numbers;
    std::vector<QString> prerelease;
    /// A number stands behind an `x`.
    bool isGapped = false;

    [[nodiscard]] bool isFull() const
    {
        return std::all_of(
            numbers.begin(), numbers.end(), [](const auto &number) { return number.has_value(); });
    }
};

bool takeWildcard(QStringView &rest)
{
    return takeCharacter(rest, u'x') || takeCharacter(rest, u'X') || takeCharacter(rest, u'*');
}

std::optional<Partial> readPartial(QStringView rest)
{
    Partial partial;
    bool sawWildcard = false;
    std::size_t count = 0;
    do {
        if (takeWildcard(rest)) {
            sawWildcard = true;
        } else if (const auto number = takeNumber(rest)) {
            partial.isGapped = partial.isGapped || sawWildcard;
            partial.numbers.at(count) = number;
        } else {
            return std::nullopt;
        }
        ++count;
    } while (count < partial.numbers.size() && takeCharacter(rest, u'.'));
    if (count == partial.numbers.size() && takeCharacter(rest, u'-')) {
        auto prerelease = takePrerelease(rest);
        if (!prerelease) {
            return std::nullopt;
        }
        partial.prerelease = std::move(*prerelease);
    }
    return rest.isEmpty() ? std::optional(std::move(partial)) : std::nullopt;
}

/// `v` and `=` are decoration in front of a version.
QStringView withoutDecoration(QStringView word)
{
    while (takeCharacter(word, u'v') || takeCharacter(word, u'=')) {
    }
    return word;
}

/// In front of a full version only one `v` is.
std::optional<Partial> readDecorated(QStringView word)
{
    auto partial = readPartial(withoutDecoration(word));
    if (partial && partial->isFull()) {
        takeCharacter(word, u'v');
        return readPartial(word);
    }
    return partial;
}

QString withoutBuilds(QString text)
{
    static const QRegularExpression build(QStringLiteral("\\+[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+"));
    return text.remove(build);
}

/// The words of a range, with operators that stand apart joined to what they are about.
std::optional<QStringList> wordsOf(QStringView text)
{
    static const QStringList operators{QStringLiteral("<"), QStringLiteral(">"), QStringLiteral("<="),
        QStringLiteral(">="), QStringLiteral("="), QStringLiteral("~"), QStringLiteral("~>"),
        QStringLiteral("^"), QStringLiteral("~="), QStringLiteral("~>="), QStringLiteral("^=")};
    QStringList words;
    QString pending;
    for (const QString &word : withoutBuilds(text.toString()).simplified().split(u' ', Qt::SkipEmptyParts)) {
        if (!operators.contains(word)) {
            words.push_back(pending + word);
            pending.clear();
        } else if (word == u'=' &&
                   (pending.endsWith(u'<') || pending.endsWith(u'>') || pending.endsWith(u'='))) {
            // One operator can't be written apart.
            return std::nullopt;
        } else {
            pending += word;
        }
    }
    return pending.isEmpty() ? std::optional(words) : std::nullopt;
}

} // namespace

/// Turns the sugar of ranges into comparators.
class VersionRange::Reader
{
public:
    explicit Reader(Prereleases prereleases)
        : m_lowest(prereleases == Prereleases::Include ? zero() : std::vector<QString>())
    {
    }

    std::optional<std::vector<Alternative>> read(const QString &text);

private:
    // The lowest pre-release of all.
    static std::vector<QString> zero() { return {QStringLiteral("0")}; }

    bool readAlternative(QStringView text);
    bool readHyphenRange(QStringView first, QStringView last);
    bool readWord(QStringView word);
    bool readComparator(Operator op, const Partial &partial);
    bool addCaret(const Partial &partial);
    bool addTilde(const Partial &partial);
    bool addLast(const Partial &partial);

    void add(Operator op, quint64 major, quint64 minor, quint64 patch, std::vector<QString> prerelease);
    void addFrom(const Partial &partial);
    /// Below the next version after the first `count` numbers, and below its pre-releases.
    bool addBelowNext(const Partial &partial, std::size_t count);

    std::vector<QString> m_lowest;
    Alternative m_current;
};

void VersionRange::Reader::add(
    Operator op, quint64 major, quint64 minor, quint64 patch, std::vector<QString> prerelease)
{
    // What is at least the lowest version of all is any version.
    if (op == Operator::GreaterOrEqual && major == 0 && minor == 0 && patch == 0 && prerelease == m_lowest) {
        return;
    }
    m_current.push_back({op, {major, minor, patch, std::move(prerelease), {}}});
}

void VersionRange::Reader::addFrom(const Partial &partial)
{
    const auto &[major, minor, patch] = partial.numbers;
    const bool isFull = minor && patch;
    add(Operator::GreaterOrEqual, major.value_or(0), minor.value_or(0), isFull ? *patch : 0,
        isFull ? partial.prerelease : m_lowest);
}

bool VersionRange::Reader::addBelowNext(const Partial &partial, std::size_t count)
{
    std::array<quint64, 3> next{};
    for (std::size_t i = 0; i < count; ++i) {
        next.at(i) = partial.numbers.at(i).value_or(0);
    }
    if (++next.at(count - 1) > maxVersionNumber) {
        return false;
    }
    add(Operator::Less, next[0], next[1], next[2], zero());
    return true;
}

bool VersionRange::Reader::addCaret(const Partial &partial)
{
    const auto &[major, minor, patch] = partial.numbers;
    if (!major) {
        return true;
    }
    addFrom(partial);
    // The first number that is not zero must stay; of what is not said, nothing need stay.
    if (!minor || *major != 0) {
        return addBelowNext(partial, 1);
    }
    return addBelowNext(partial, !patch || *minor != 0 ? 2 : 3);
}

bool VersionRange::Reader::addTilde(const Partial &partial)
{
    if (!partial.numbers[0]) {
        return true;
    }
    addFrom(partial);
    return addBelowNext(partial, partial.numbers[1] ? 2 : 1);
}

bool VersionRange::Reader::addLast(const Partial &last)
{
    const auto &[major, minor, patch] = last.numbers;
    if (!major) {
        return true;
    }
    if (!minor || !patch) {
        return addBelowNext(last, minor ? 2 : 1);
    }
    if (last.prerelease.empty() && !m_lowest.empty()) {
        return addBelowNext(last, 3);
    }
    add(Operator::LessOrEqual, *major, *minor, *patch, last.prerelease);
    return true;
}

bool VersionRange::Reader::readHyphenRange(QStringView firstWord, QStringView lastWord)
{
    auto first = readDecorated(firstWord);
    const auto last = readDecorated(lastWord);
    if (!first || !last) {
        return false;
    }
    if (first->prerelease.empty()) {
        first->prerelease = m_lowest;
    }
    if (first->numbers[0]) {
        addFrom(*first);
    }
    return addLast(*last);
}

bool VersionRange::Reader::readComparator(Operator op, const Partial &partial)
{
    if (partial.isGapped) {
        return false;
    }
    const auto &[major, minor, patch] = partial.numbers;
    if (!major) {
        if (op == Operator::Less || op == Operator::Greater) {
            // Nothing is below everything, or above it.
            add(Operator::Less, 0, 0, 0, zero());
        }
        return true;
    }
    if (patch) {
        add(op, *major, *minor, *patch, partial.prerelease);
        return true;
    }
    const std::size_t count = minor ? 2 : 1;
    switch (op) {
    case Operator::Less:
        add(op, *major, minor.value_or(0), 0, zero());
        return true;
    case Operator::LessOrEqual:
        return addBelowNext(partial, count);
    case Operator::Greater: {
        Partial next = partial;
        if (++*next.numbers.at(count - 1) > maxVersionNumber) {
            return false;
        }
        addFrom(next);
        return true;
    }
    case Operator::GreaterOrEqual:
        addFrom(partial);
        return true;
    case Operator::Equal:
        break;
    }
    addFrom(partial);
    return addBelowNext(partial, count);
}

bool VersionRange::Reader::readWord(QStringView word)
{
    const bool isTilde = takeCharacter(word, u'~');
    if (isTilde || takeCharacter(word, u'^')) {
        if (isTilde) {
            takeCharacter(word, u'>');
        }
        const auto partial = readPartial(withoutDecoration(word));
        return partial && (isTilde ? addTilde(*partial) : addCaret(*partial));
    }
    Operator op = Operator::Equal;
    if (takeCharacter(word, u'<')) {
        op = takeCharacter(word, u'=') ? Operator::LessOrEqual : Operator::Less;
    } else if (takeCharacter(word, u'>')) {
        op = takeCharacter(word, u'=') ? Operator::GreaterOrEqual : Operator::Greater;
    } else {
        takeCharacter(word, u'=');
    }
    const auto partial = readDecorated(word);
    return partial && readComparator(op, *partial);
}

bool VersionRange::Reader::readAlternative(QStringView text)
{
    m_current.clear();
    const auto words = wordsOf(text);
    if (!words) {
        return false;
    }
    if (words->size() == 3 && words->at(1) == u'-') {
        return readHyphenRange(words->at(0), words->at(2));
    }
    return std::all_of(words->begin(), words->end(), [this](const QString &word) { return readWord(word); });
}

std::optional<std::vector<VersionRange::Alternative>> VersionRange::Reader::read(const QString &text)
{
    std::vector<Alternative> alternatives;
    for (const QStringView part : QStringView(text).split(QStringLiteral("||"))) {
        if (!readAlternative(part)) {
            return std::nullopt;
        }
        alternatives.push_back(m_current);
    }
    // "Any version" swallows the others, also the pre-releases that they name.
    const auto any = std::find_if(alternatives.begin(), alternatives.end(),
        [](const Alternative &alternative) { return alternative.empty(); });
    if (any != alternatives.end()) {
        return std::vector<Alternative>(1);
    }
    return alternatives;
}

core::Result<VersionRange> VersionRange::parse(const QString &text)
{
    auto onlyNamed = Reader(Prereleases::OnlyNamed).read(text);
    auto include = Reader(Prereleases::Include).read(text);
    if (!onlyNamed || !include) {
        return core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("“%1” is not a range of versions like ^1.2, ~1.2.3, 1.x, >=1.2 <2 or 1.2 - 1.4")
                .arg(text.left(80)));
    }
    VersionRange range;
    range.m_onlyNamed = std::move(*onlyNamed);
    range.m_include = std::move(*include);
    return range;
}

bool VersionRange::contains(const SemanticVersion &version, Prereleases prereleases) const
{
    const auto holds = [&version](const Comparator &comparator) {
        const auto order = version.precedence(comparator.version);
        switch (comparator.op) {
        case Operator::Less:
            return order < 0;
        case Operator::LessOrEqual:
            return order <= 0;
        case Operator::Greater:
            return order > 0;
        case Operator::GreaterOrEqual:
            return order >= 0;
        case Operator::Equal:
            break;
        }
        return order == 0;
    };
    const auto names = [&version](const Comparator &comparator) {
        const SemanticVersion &named = comparator.version;
        return !named.prerelease.empty() && named.major == version.major && named.minor == version.minor &&
               named.patch == version.patch;
    };
    const bool mustBeNamed = prereleases == Prereleases::OnlyNamed && !version.prerelease.empty();
    const auto &alternatives = prereleases == Prereleases::Include ? m_include : m_onlyNamed;
    return std::any_of(alternatives.begin(), alternatives.end(), [&](const Alternative &alternative) {
        return std::all_of(alternative.begin(), alternative.end(), holds) &&
               (!mustBeNamed || std::any_of(alternative.begin(), alternative.end(), names));
    });
}

} // namespace dockerauto::domain
