#include "tagwords.h"

#include "identifiers.h"

#include <QLatin1String>

#include <algorithm>
#include <array>

namespace dockerauto::domain {
namespace {

constexpr qsizetype maxTag = 128;
constexpr qsizetype minCommit = 7;

template <std::size_t count>
bool isOneOf(QStringView text, const std::array<QLatin1String, count> &words,
    Qt::CaseSensitivity sensitivity = Qt::CaseInsensitive)
{
    return std::any_of(words.begin(), words.end(),
        [text, sensitivity](QLatin1String word) { return text.compare(word, sensitivity) == 0; });
}

} // namespace

bool isTag(QStringView text)
{
    const auto isWord = [](QChar c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == u'_'; };
    return !text.isEmpty() && text.size() <= maxTag && isWord(text.front()) &&
           std::all_of(
               text.begin(), text.end(), [isWord](QChar c) { return isWord(c) || c == u'.' || c == u'-'; });
}

QStringView firstSegment(QStringView text)
{
    return text.first(std::find_if(text.begin(), text.end(), isTagSeparator) - text.begin());
}

bool isCommit(QStringView segment)
{
    const auto isHex = [](QChar c) { return isAsciiDigit(c) || (c >= u'a' && c <= u'f'); };
    return segment.size() >= minCommit && std::all_of(segment.begin(), segment.end(), isHex) &&
           !isAllDigits(segment);
}

bool isNameWithDigits(QStringView segment)
{
    static constexpr std::array names{QLatin1String("aarch64"), QLatin1String("amd64"),
        QLatin1String("amd64v2"), QLatin1String("amd64v3"), QLatin1String("arm32"), QLatin1String("arm32v5"),
        QLatin1String("arm32v6"), QLatin1String("arm32v7"), QLatin1String("arm64"), QLatin1String("arm64v8"),
        QLatin1String("armv5"), QLatin1String("armv6"), QLatin1String("armv6l"), QLatin1String("armv7"),
        QLatin1String("armv7l"), QLatin1String("armv8"), QLatin1String("i386"), QLatin1String("i586"),
        QLatin1String("i686"), QLatin1String("loong64"), QLatin1String("mips64le"), QLatin1String("ppc64"),
        QLatin1String("ppc64le"), QLatin1String("riscv64"), QLatin1String("s390x"), QLatin1String("win32"),
        QLatin1String("win64"), QLatin1String("x64"), QLatin1String("x86"), QLatin1String("md5"),
        QLatin1String("sha1"), QLatin1String("sha256"), QLatin1String("sha512")};
    return isOneOf(segment, names);
}

bool announcesCommit(QStringView segment)
{
    static constexpr std::array words{
        QLatin1String("sha"), QLatin1String("git"), QLatin1String("commit"), QLatin1String("sha1")};
    return isOneOf(segment, words);
}

bool announcesPullRequest(QStringView segment)
{
    static constexpr std::array words{QLatin1String("pr"), QLatin1String("mr"), QLatin1String("pull")};
    return isOneOf(segment, words);
}

std::optional<QString> prereleaseWord(QStringView word)
{
    static constexpr std::array words{QLatin1String("alpha"), QLatin1String("beta"), QLatin1String("canary"),
        QLatin1String("dev"), QLatin1String("ea"), QLatin1String("milestone"), QLatin1String("next"),
        QLatin1String("nightly"), QLatin1String("pre"), QLatin1String("prerelease"), QLatin1String("preview"),
        QLatin1String("rc"), QLatin1String("snapshot")};
    static constexpr std::array spellings{std::pair{QLatin1String("a"), QLatin1String("alpha")},
        std::pair{QLatin1String("b"), QLatin1String("beta")},
        std::pair{QLatin1String("cr"), QLatin1String("rc")},
        std::pair{QLatin1String("m"), QLatin1String("milestone")}};
    for (const auto &[spelling, meaning] : spellings) {
        if (word.compare(spelling, Qt::CaseInsensitive) == 0) {
            return QString(meaning);
        }
    }
    return isOneOf(word, words) ? std::optional(word.toString().toLower()) : std::nullopt;
}

bool needsNumber(QStringView prerelease)
{
    static constexpr std::array words{
        QLatin1String("a"), QLatin1String("b"), QLatin1String("cr"), QLatin1String("m")};
    return isOneOf(prerelease, words);
}

bool isCounterWord(QStringView word)
{
    // In the spelling that is usual: CU is a cumulative update, but cu121 a version of CUDA.
    static constexpr std::array words{QLatin1String("CU"), QLatin1String("build"), QLatin1String("fix"),
        QLatin1String("hotfix"), QLatin1String("ls"), QLatin1String("p"), QLatin1String("patch"),
        QLatin1String("pl"), QLatin1String("post"), QLatin1String("r"), QLatin1String("rev"),
        QLatin1String("revision")};
    return isOneOf(word, words, Qt::CaseSensitive);
}

bool isYear(QStringView digits)
{
    return digits.size() == 4 && digits.startsWith(u"20");
}

bool isTwoDigits(QStringView digits, int from, int to)
{
    if (digits.size() != 2 || !isAllDigits(digits)) {
        return false;
    }
    const int number = digits.toInt();
    return number >= from && number <= to;
}

bool isCompactDate(QStringView digits)
{
    constexpr qsizetype month = 6;
    constexpr qsizetype second = 14;
    if (digits.size() < month || digits.size() > second || digits.size() % 2 != 0 ||
        !isYear(digits.first(4))) {
        return false;
    }
    static constexpr std::array<std::pair<int, int>, 5> limits{{{1, 12}, {1, 31}, {0, 23}, {0, 59}, {0, 60}}};
    for (qsizetype i = 4; i < digits.size(); i += 2) {
        const auto &[from, to] = limits.at(static_cast<std::size_t>(i - 4) / 2);
        if (!isTwoDigits(digits.sliced(i, 2), from, to)) {
            return false;
        }
    }
    return true;
}

} // namespace dockerauto::domain
