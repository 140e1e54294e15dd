#include "identifiers.h"

#include <algorithm>

namespace dockerauto::domain {
namespace {

std::strong_ordering compareIdentifier(const QString &a, const QString &b)
{
    const bool aIsNumber = isAllDigits(a);
    const bool bIsNumber = isAllDigits(b);
    if (aIsNumber && bIsNumber) {
        return compareDigits(a, b);
    }
    if (aIsNumber != bIsNumber) {
        return aIsNumber ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return QString::compare(a, b) <=> 0;
}

} // namespace

bool isAllDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isAsciiDigit);
}

QStringView withoutLeadingZeros(QStringView digits)
{
    while (digits.size() > 1 && digits.front() == u'0') {
        digits = digits.sliced(1);
    }
    return digits;
}

std::strong_ordering compareDigits(QStringView a, QStringView b)
{
    a = withoutLeadingZeros(a);
    b = withoutLeadingZeros(b);
    if (a.size() != b.size()) {
        return a.size() <=> b.size();
    }
    return QStringView(a).compare(b) <=> 0;
}

std::strong_ordering compareIdentifiers(const std::vector<QString> &a, const std::vector<QString> &b)
{
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (const auto order = compareIdentifier(a[i], b[i]); order != 0) {
            return order;
        }
    }
    return a.size() <=> b.size();
}

std::strong_ordering comparePrereleases(const std::vector<QString> &a, const std::vector<QString> &b)
{
    if (a.empty() || b.empty()) {
        return b.size() <=> a.size();
    }
    return compareIdentifiers(a, b);
}

} // namespace dockerauto::domain
