#include "tagnumbers.h"

#include "identifiers.h"
#include "tagwords.h"

#include <algorithm>
#include <array>

namespace dockerauto::domain {
namespace {

/// `-05-01` or `-05` behind a year.
void takeDate(QStringView &rest, TagNumbers &numbers)
{
    if (rest.size() < 3 || (rest.front() != u'-' && rest.front() != u'_')) {
        return;
    }
    const QChar separator = rest.front();
    static constexpr std::array<int, 2> limits{12, 31};
    for (const int limit : limits) {
        const QStringView digits = rest.size() < 3 ? QStringView() : digitsAt(rest.sliced(1));
        if (rest.isEmpty() || rest.front() != separator || !isTwoDigits(digits, 1, limit)) {
            return;
        }
        numbers.digits.push_back(digits);
        numbers.scheme += separator;
        rest = rest.sliced(3);
    }
}

/// `T01-11-10Z` behind a date.
void takeTime(QStringView &rest, TagNumbers &numbers)
{
    QStringView ahead = rest.sliced(1);
    std::vector<QStringView> groups;
    static constexpr std::array<int, 3> limits{23, 59, 60};
    for (const int limit : limits) {
        QStringView next = ahead;
        if (!groups.empty() && !next.isEmpty() && isTagSeparator(next.front())) {
            next = next.sliced(1);
        }
        if (next.size() < 2 || !isTwoDigits(next.first(2), 0, limit)) {
            break;
        }
        groups.push_back(next.first(2));
        ahead = next.sliced(2);
    }
    if (groups.size() < 2) {
        return;
    }
    if (!ahead.isEmpty() && ahead.front() == u'Z') {
        ahead = ahead.sliced(1);
    }
    numbers.digits.insert(numbers.digits.end(), groups.begin(), groups.end());
    numbers.scheme += u'T';
    rest = ahead;
}

/// What the first number counts: years, days, builds or versions.
QString schemeOfFirst(QStringView digits)
{
    constexpr qsizetype minBuild = 7;
    if (isYear(digits)) {
        return QStringLiteral("y");
    }
    if (isCompactDate(digits)) {
        return QStringLiteral("d%1").arg(digits.size());
    }
    return digits.size() >= minBuild ? QStringLiteral("b") : QStringLiteral("n");
}

} // namespace

bool startsWithDigit(QStringView text)
{
    return !text.isEmpty() && isAsciiDigit(text.front());
}

QStringView digitsAt(QStringView text)
{
    return text.first(std::find_if_not(text.begin(), text.end(), isAsciiDigit) - text.begin());
}

std::vector<QStringView> takeNumbers(QStringView &rest)
{
    std::vector<QStringView> numbers;
    while (startsWithDigit(rest)) {
        const QStringView digits = digitsAt(rest);
        numbers.push_back(digits);
        rest = rest.sliced(digits.size());
        if (rest.size() < 2 || rest.front() != u'.' || isCommit(firstSegment(rest.sliced(1))) ||
            !startsWithDigit(rest.sliced(1))) {
            break;
        }
        rest = rest.sliced(1);
    }
    return numbers;
}

TagNumbers numbersAt(QStringView tag, qsizetype start)
{
    constexpr qsizetype minStamp = 8;
    QStringView rest = tag.sliced(start);
    TagNumbers numbers;
    numbers.start = start;
    numbers.digits = takeNumbers(rest);
    numbers.scheme = schemeOfFirst(numbers.digits.front());
    for (std::size_t i = 1; i < numbers.digits.size(); ++i) {
        numbers.scheme += numbers.digits[i].size() >= minStamp ? u'd' : u'n';
    }
    if (numbers.scheme == u'y') {
        takeDate(rest, numbers);
    }
    const bool isDate = numbers.scheme == QLatin1String("y--") || numbers.scheme == QLatin1String("y__") ||
                        numbers.scheme == QLatin1String("d8");
    if (isDate && rest.startsWith(u'T')) {
        takeTime(rest, numbers);
    }
    numbers.end = tag.size() - rest.size();
    return numbers;
}

} // namespace dockerauto::domain
