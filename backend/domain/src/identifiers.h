#pragma once

#include <QString>
#include <QStringView>

#include <compare>
#include <vector>

namespace dockerauto::domain {

// ASCII only; QChar's own tests know all of Unicode.
constexpr bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
constexpr bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}
bool isAllDigits(QStringView text);
QStringView withoutLeadingZeros(QStringView digits);

/// Compares two texts of digits as numbers of any size.
std::strong_ordering compareDigits(QStringView a, QStringView b);

/// Rule 11.4 of semver.org: numbers as numbers, below texts; texts by code; fewer fields below more.
std::strong_ordering compareIdentifiers(const std::vector<QString> &a, const std::vector<QString> &b);

/// The same for pre-releases: none at all is a release, above all of them.
std::strong_ordering comparePrereleases(const std::vector<QString> &a, const std::vector<QString> &b);

} // namespace dockerauto::domain
