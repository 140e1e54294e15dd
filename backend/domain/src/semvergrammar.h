#pragma once

#include <QString>
#include <QStringView>

#include <optional>
#include <vector>

namespace dockerauto::domain {

// The pieces that versions and ranges have in common. Each takes what it reads off the front of `rest`.

/// 2^53 - 1, the largest whole number that JavaScript counts to.
constexpr quint64 maxVersionNumber = 9'007'199'254'740'991;

bool takeCharacter(QStringView &rest, QChar c);
/// `0`, or digits that do not begin with 0, up to maxVersionNumber.
std::optional<quint64> takeNumber(QStringView &rest);
/// Identifiers separated by dots; numbers among them do not begin with 0.
std::optional<std::vector<QString>> takePrerelease(QStringView &rest);
/// Identifiers separated by dots.
std::optional<QString> takeBuild(QStringView &rest);

} // namespace dockerauto::domain
