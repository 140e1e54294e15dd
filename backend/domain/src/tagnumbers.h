#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace dockerauto::domain {

/// The numbers at one place of a tag, and what they count.
struct TagNumbers
{
    std::vector<QStringView> digits;
    /// One letter a number.
    QString scheme;
    qsizetype start = 0;
    qsizetype end = 0;
};

bool startsWithDigit(QStringView text);
QStringView digitsAt(QStringView text);

/// Takes digits, and more of them behind dots, off the front. A commit behind a dot is none of them.
std::vector<QStringView> takeNumbers(QStringView &rest);

/// The version or the date that begins at `start`, where a digit stands.
TagNumbers numbersAt(QStringView tag, qsizetype start);

} // namespace dockerauto::domain
