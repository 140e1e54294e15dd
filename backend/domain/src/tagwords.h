#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace dockerauto::domain {

// What the words in a tag mean.

/// The grammar of the distribution specification: 1 to 128 letters, digits, `_`, `.` or `-`, the first
/// neither `.` nor `-`.
bool isTag(QStringView text);

constexpr bool isTagSeparator(QChar c)
{
    return c == u'-' || c == u'_' || c == u'.';
}

/// What stands in front of the first separator.
QStringView firstSegment(QStringView text);

/// At least 7 lower-case hexadecimal digits, a letter among them.
bool isCommit(QStringView segment);

/// Words with digits that are no versions: architectures and the names of hashes.
bool isNameWithDigits(QStringView segment);

/// A word in front of commits (`sha-0123456`).
bool announcesCommit(QStringView segment);

/// A word in front of the number of a pull request.
bool announcesPullRequest(QStringView segment);

/// A word for a pre-release, in one spelling for all its spellings (`a` and `Alpha` are `alpha`).
std::optional<QString> prereleaseWord(QStringView word);
/// Words that only mean a pre-release with a number, as in `1.0b2` or `5.0-M1`.
bool needsNumber(QStringView prerelease);

/// A word in front of a number that counts the builds of one version: `ls215`, `r3`.
bool isCounterWord(QStringView word);

/// A valid date without separators, 6 to 14 digits: year and month, at most down to the second.
bool isCompactDate(QStringView digits);
bool isYear(QStringView digits);
/// Two digits from `from` to `to`.
bool isTwoDigits(QStringView digits, int from, int to);

} // namespace dockerauto::domain
