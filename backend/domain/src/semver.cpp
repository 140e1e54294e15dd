#include "domain/semver.h"

#include "identifiers.h"
#include "semvergrammar.h"

namespace dockerauto::domain {
namespace {

constexpr qsizetype maxLength = 256;

core::Failure refuse(const QString &text, const QString &why)
{
    return core::fail(core::ErrorCode::InvalidArgument,
        QStringLiteral("“%1” is not a version: %2").arg(text.left(80), why));
}

/// A run of letters, digits and hyphens.
QStringView takeIdentifier(QStringView &rest)
{
    qsizetype length = 0;
    while (length < rest.size() &&
           (isAsciiLetter(rest[length]) || isAsciiDigit(rest[length]) || rest[length] == u'-')) {
        ++length;
    }
    const QStringView identifier = rest.first(length);
    rest = rest.sliced(length);
    return identifier;
}

} // namespace

bool takeCharacter(QStringView &rest, QChar c)
{
    if (rest.isEmpty() || rest.front() != c) {
        return false;
    }
    rest = rest.sliced(1);
    return true;
}

std::optional<quint64> takeNumber(QStringView &rest)
{
    if (takeCharacter(rest, u'0')) {
        return 0;
    }
    qsizetype length = 0;
    quint64 number = 0;
    while (length < rest.size() && isAsciiDigit(rest[length]) && number <= maxVersionNumber) {
        number = number * 10 + (rest[length].unicode() - u'0');
        ++length;
    }
    if (length == 0 || number > maxVersionNumber) {
        return std::nullopt;
    }
    rest = rest.sliced(length);
    return number;
}

std::optional<std::vector<QString>> takePrerelease(QStringView &rest)
{
    std::vector<QString> identifiers;
    do {
        const QStringView identifier = takeIdentifier(rest);
        const bool hasLeadingZero = identifier.size() > 1 && identifier.front() == u'0';
        if (identifier.isEmpty() || (hasLeadingZero && isAllDigits(identifier))) {
            return std::nullopt;
        }
        identifiers.push_back(identifier.toString());
    } while (takeCharacter(rest, u'.'));
    return identifiers;
}

std::optional<QString> takeBuild(QStringView &rest)
{
    const QStringView start = rest;
    do {
        if (takeIdentifier(rest).isEmpty()) {
            return std::nullopt;
        }
    } while (takeCharacter(rest, u'.'));
    return start.chopped(rest.size()).toString();
}

core::Result<SemanticVersion> SemanticVersion::parse(const QString &text)
{
    if (text.size() > maxLength) {
        return refuse(text, QStringLiteral("it is longer than %1 characters").arg(maxLength));
    }
    QStringView rest = QStringView(text).trimmed();
    takeCharacter(rest, u'v');
    SemanticVersion version;
    const auto takeInto = [&rest](quint64 &number) {
        const auto taken = takeNumber(rest);
        number = taken.value_or(0);
        return taken.has_value();
    };
    if (!takeInto(version.major) || !takeCharacter(rest, u'.') || !takeInto(version.minor) ||
        !takeCharacter(rest, u'.') || !takeInto(version.patch)) {
        return refuse(text, QStringLiteral("it does not begin with three numbers like 1.2.3"));
    }
    if (takeCharacter(rest, u'-')) {
        auto prerelease = takePrerelease(rest);
        if (!prerelease) {
            return refuse(text, QStringLiteral("what follows the - is no list of identifiers"));
        }
        version.prerelease = std::move(*prerelease);
    }
    if (takeCharacter(rest, u'+')) {
        auto build = takeBuild(rest);
        if (!build) {
            return refuse(text, QStringLiteral("what follows the + is no list of identifiers"));
        }
        version.build = std::move(*build);
    }
    if (!rest.isEmpty()) {
        return refuse(text, QStringLiteral("“%1” can't be read").arg(rest.left(80)));
    }
    return version;
}

std::weak_ordering SemanticVersion::precedence(const SemanticVersion &other) const
{
    if (major != other.major) {
        return major <=> other.major;
    }
    if (minor != other.minor) {
        return minor <=> other.minor;
    }
    if (patch != other.patch) {
        return patch <=> other.patch;
    }
    return comparePrereleases(prerelease, other.prerelease);
}

} // namespace dockerauto::domain
