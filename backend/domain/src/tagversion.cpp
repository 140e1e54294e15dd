#include "tagversion.h"

#include "identifiers.h"
#include "tagnumbers.h"
#include "tagwords.h"

#include <algorithm>
#include <optional>

namespace dockerauto::domain {
namespace {

QStringView lettersAt(QStringView text)
{
    return text.first(std::find_if_not(text.begin(), text.end(), isAsciiLetter) - text.begin());
}

/// Reads a tag from left to right.
class Parser
{
public:
    explicit Parser(const QString &tag)
    {
        m_version.tag = tag;
        m_tag = m_version.tag;
    }

    tl::expected<TagVersion, TagVersion::Problem> parse();

private:
    /// What stands in front of the place that is read.
    enum class Before
    {
        Number,
        Word,
        Prerelease
    };

    [[nodiscard]] std::optional<TagNumbers> findCore();
    void look(qsizetype start, qsizetype end, std::optional<TagNumbers> &best, int &bestScore) const;
    [[nodiscard]] QString maskedPrefix(qsizetype length) const;
    [[nodiscard]] bool isCommitAt(qsizetype start, QStringView segment) const;
    [[nodiscard]] QStringView segmentBefore(qsizetype start) const;

    void readSuffix();
    void readItem(QStringView separator);
    bool readPrerelease(QStringView separator);
    bool readSpecialCounter(QStringView separator);
    bool readCounter(QStringView separator);
    void readWord(QStringView separator);
    void readNumber(QStringView separator);
    /// A number behind a separator and up to the next one, which may belong to the word in front.
    [[nodiscard]] QStringView numberBehind(QStringView text) const;
    void addText(QStringView text);
    void addCounters(const std::vector<QStringView> &numbers);
    void addVariantNumbers(const std::vector<QStringView> &numbers);

    TagVersion m_version;
    QStringView m_tag;
    QStringView m_rest;
    Before m_before = Before::Number;
    bool m_sawCommit = false;
};

QStringView Parser::segmentBefore(qsizetype start) const
{
    if (start < 2) {
        return {};
    }
    const QStringView front = m_tag.first(start - 1);
    const auto separator = std::find_if(front.rbegin(), front.rend(), isTagSeparator);
    return front.last(separator - front.rbegin());
}

bool Parser::isCommitAt(qsizetype start, QStringView segment) const
{
    constexpr qsizetype minCommit = 7;
    if (isCommit(segment)) {
        return true;
    }
    // `git describe` puts a g in front.
    if (start > 0 && segment.startsWith(u'g')) {
        const QStringView described = segment.sliced(1);
        return isCommit(described) || (described.size() >= minCommit && isAllDigits(described));
    }
    return segment.size() >= minCommit && isAllDigits(segment) && announcesCommit(segmentBefore(start));
}

/// Weighs all numbers of one segment: those with several parts, and those that begin it, are more likely the
/// version.
void Parser::look(qsizetype start, qsizetype end, std::optional<TagNumbers> &best, int &bestScore) const
{
    for (qsizetype at = start; at < end; ++at) {
        if (!isAsciiDigit(m_tag[at])) {
            continue;
        }
        TagNumbers core = numbersAt(m_tag, at);
        const QStringView front = m_tag.sliced(start, at - start);
        const bool isClean = front.isEmpty() || front == u"v" || front == u"V";
        const int score = (core.digits.size() > 1 ? 2 : 0) + (isClean ? 1 : 0);
        const bool isAtStart = isClean && start == 0;
        if (score > bestScore || isAtStart) {
            bestScore = isAtStart ? 4 : score;
            best = core;
        }
        at = core.end;
    }
}

std::optional<TagNumbers> Parser::findCore()
{
    std::optional<TagNumbers> best;
    int bestScore = -1;
    qsizetype start = 0;
    while (start < m_tag.size() && bestScore < 3) {
        const QStringView segment = firstSegment(m_tag.sliced(start));
        qsizetype end = start + segment.size();
        if (isCommitAt(start, segment)) {
            m_sawCommit = true;
        } else if (!isNameWithDigits(segment)) {
            look(start, end, best, bestScore);
            if (best) {
                end = std::max(end, best->end);
            }
        }
        start = end + 1;
    }
    return best;
}

QString Parser::maskedPrefix(qsizetype length) const
{
    QString masked;
    qsizetype start = 0;
    while (start < length) {
        const QStringView segment = firstSegment(m_tag.first(length).sliced(start));
        masked += isCommitAt(start, segment) ? QStringView(u"~") : segment;
        start += segment.size();
        if (start < length) {
            masked += m_tag[start++];
        }
    }
    return masked;
}

tl::expected<TagVersion, TagVersion::Problem> Parser::parse()
{
    using Problem = TagVersion::Problem;
    if (!isTag(m_tag)) {
        return tl::unexpected(Problem::NoTag);
    }
    const auto core = findCore();
    if (!core) {
        return tl::unexpected(m_sawCommit ? Problem::Commit : Problem::NoVersion);
    }
    if (announcesPullRequest(segmentBefore(core->start))) {
        return tl::unexpected(Problem::NoVersion);
    }
    m_version.prefix = maskedPrefix(core->start);
    m_version.scheme = core->scheme;
    std::transform(
        core->digits.begin(), core->digits.end(), std::back_inserter(m_version.numbers), withoutLeadingZeros);
    m_rest = m_tag.sliced(core->end);
    m_version.suffix = m_rest;
    readSuffix();
    return std::move(m_version);
}

void Parser::addText(QStringView text)
{
    m_version.variant += text;
    m_version.looseVariant += text;
}

void Parser::addCounters(const std::vector<QStringView> &numbers)
{
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        addText(i == 0 ? u"#" : u".#");
        m_version.counters.push_back(withoutLeadingZeros(numbers[i]));
    }
    m_before = Before::Number;
}

void Parser::addVariantNumbers(const std::vector<QStringView> &numbers)
{
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) {
            addText(u".");
        }
        m_version.variant += numbers[i];
        m_version.looseVariant += u'*';
        m_version.variantNumbers.push_back(withoutLeadingZeros(numbers[i]));
    }
    m_before = Before::Number;
}

void Parser::readSuffix()
{
    while (!m_rest.isEmpty()) {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), isTagSeparator);
        const QStringView separator = m_rest.first(end - m_rest.begin());
        m_rest = m_rest.sliced(separator.size());
        if (m_rest.isEmpty()) {
            addText(separator);
            return;
        }
        readItem(separator);
    }
}

void Parser::readItem(QStringView separator)
{
    const QStringView segment = firstSegment(m_rest);
    if (!separator.isEmpty() && isCommitAt(m_tag.size() - m_rest.size(), segment)) {
        // The commit of a pre-release goes with it.
        if (m_before != Before::Prerelease) {
            addText(separator);
            addText(u"~");
            m_before = Before::Number;
        }
        m_rest = m_rest.sliced(segment.size());
        return;
    }
    if (!separator.isEmpty() && isNameWithDigits(segment)) {
        addText(separator);
        addText(segment);
        m_rest = m_rest.sliced(segment.size());
        m_before = Before::Number;
        return;
    }
    if (startsWithDigit(m_rest)) {
        readNumber(separator);
        return;
    }
    if (!readSpecialCounter(separator) && !readPrerelease(separator) && !readCounter(separator)) {
        readWord(separator);
    }
}

QStringView Parser::numberBehind(QStringView text) const
{
    if (text.isEmpty() || !isTagSeparator(text.front())) {
        return {};
    }
    const QStringView segment = firstSegment(text.sliced(1));
    return isAllDigits(segment) ? segment : QStringView();
}

bool Parser::readPrerelease(QStringView separator)
{
    constexpr qsizetype maxShort = 2;
    const QStringView word = lettersAt(m_rest);
    const auto meaning = prereleaseWord(word);
    if (!meaning) {
        return false;
    }
    QStringView rest = m_rest.sliced(word.size());
    const QStringView digits = digitsAt(rest);
    rest = rest.sliced(digits.size());
    if (needsNumber(word)) {
        const QStringView number = digits.isEmpty() && rest.startsWith(u'.') ? numberBehind(rest) : digits;
        const bool isEnd = rest.isEmpty() || isTagSeparator(rest.front());
        // a100 is a processor; 8u412-b08 counts the builds of an update.
        const bool isMeant = separator.isEmpty() || (number.size() <= maxShort && m_version.counters.empty());
        if (number.isEmpty() || !isEnd || !isMeant) {
            return false;
        }
    }
    m_version.prerelease.push_back(*meaning);
    m_version.prereleaseIdentifiers.push_back(m_rest.first(word.size() + digits.size()).toString());
    if (!digits.isEmpty()) {
        m_version.prerelease.push_back(withoutLeadingZeros(digits).toString());
    }
    for (QStringView number = numberBehind(rest); !number.isEmpty(); number = numberBehind(rest)) {
        m_version.prerelease.push_back(withoutLeadingZeros(number).toString());
        m_version.prereleaseIdentifiers.push_back(withoutLeadingZeros(number).toString());
        rest = rest.sliced(1 + number.size());
    }
    m_rest = rest;
    m_before = Before::Prerelease;
    return true;
}

/// Counters whose word has a digit, or that count only at one place.
bool Parser::readSpecialCounter(QStringView separator)
{
    const QStringView segment = firstSegment(m_rest);
    const auto isWithNumber = [segment](QStringView word) {
        return segment.startsWith(word) && isAllDigits(segment.sliced(word.size()));
    };
    QStringView found;
    for (const QStringView word : {QStringView(u"k3s"), QStringView(u"rke2r")}) {
        found = isWithNumber(word) ? word : found;
    }
    // 8u412-b08 of Java.
    if ((separator.isEmpty() && isWithNumber(u"u")) || (!m_version.counters.empty() && isWithNumber(u"b"))) {
        found = segment.first(1);
    }
    // 4.6.5_v2.0.10: the version of a part. A lone v3 names a level of the processor.
    QStringView ahead = m_rest.sliced(1);
    if (isWithNumber(u"v") && takeNumbers(ahead).size() > 1) {
        found = segment.first(1);
    }
    if (found.isEmpty()) {
        return false;
    }
    addText(separator);
    addText(found);
    m_rest = m_rest.sliced(found.size());
    addCounters(takeNumbers(m_rest));
    return true;
}

bool Parser::readCounter(QStringView separator)
{
    const QStringView word = lettersAt(m_rest);
    if (!isCounterWord(word)) {
        return false;
    }
    QStringView rest = m_rest.sliced(word.size());
    QStringView joint;
    if (!numberBehind(rest).isEmpty()) {
        joint = rest.first(1);
        rest = rest.sliced(1);
    }
    if (!startsWithDigit(rest)) {
        return false;
    }
    const auto numbers = takeNumbers(rest);
    if (!rest.isEmpty() && !isTagSeparator(rest.front())) {
        return false;
    }
    addText(separator);
    addText(word);
    addText(joint);
    addCounters(numbers);
    m_rest = rest;
    return true;
}

void Parser::readWord(QStringView separator)
{
    constexpr qsizetype minStamp = 5;
    const QStringView word = lettersAt(m_rest);
    addText(separator);
    addText(word);
    m_rest = m_rest.sliced(word.size());
    m_before = Before::Word;
    if (!startsWithDigit(m_rest)) {
        return;
    }
    const auto numbers = takeNumbers(m_rest);
    if (numbers.size() == 1 && numbers.front().size() >= minStamp) {
        addCounters(numbers);
    } else {
        addVariantNumbers(numbers);
    }
}

void Parser::readNumber(QStringView separator)
{
    constexpr qsizetype minStamp = 5;
    addText(separator);
    const auto numbers = takeNumbers(m_rest);
    // debian-11 and temurin-17 say what is inside; ce.0 and bookworm-20240501 count builds.
    const bool isStamp = numbers.size() == 1 && (separator == u"." || numbers.front().size() >= minStamp);
    if (m_before == Before::Word && !isStamp) {
        addVariantNumbers(numbers);
    } else {
        addCounters(numbers);
    }
}

/// Both have the same length.
std::strong_ordering compareAll(const std::vector<QStringView> &a, const std::vector<QStringView> &b)
{
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (const auto order = compareDigits(a[i], b[i]); order != 0) {
            return order;
        }
    }
    return a.size() <=> b.size();
}

} // namespace

tl::expected<TagVersion, TagVersion::Problem> TagVersion::parse(const QString &tag)
{
    return Parser(tag).parse();
}

std::strong_ordering TagVersion::order(const TagVersion &other) const
{
    if (const auto byNumbers = compareAll(numbers, other.numbers); byNumbers != 0) {
        return byNumbers;
    }
    if (const auto byPrerelease = comparePrereleases(prerelease, other.prerelease); byPrerelease != 0) {
        return byPrerelease;
    }
    if (const auto byVariant = compareAll(variantNumbers, other.variantNumbers); byVariant != 0) {
        return byVariant;
    }
    return compareAll(counters, other.counters);
}

} // namespace dockerauto::domain
