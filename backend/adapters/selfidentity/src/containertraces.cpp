#include "containertraces.h"

#include <QRegularExpression>
#include <QStringList>

namespace dockerauto::selfidentity {
namespace {

QStringList linesOf(const QString &text)
{
    return text.split(u'\n', Qt::SkipEmptyParts);
}

/// The last match: what stands before it belongs to an engine around this one's.
std::optional<QString> lastMatch(const QRegularExpression &form, const QString &text)
{
    std::optional<QString> found;
    for (auto matches = form.globalMatch(text); matches.hasNext();) {
        found = matches.next().captured(1);
    }
    return found;
}

bool isEnginesFile(const QString &mountPoint)
{
    return mountPoint == QStringLiteral("/etc/hostname") || mountPoint == QStringLiteral("/etc/hosts") ||
           mountPoint == QStringLiteral("/etc/resolv.conf") ||
           mountPoint == QStringLiteral("/run/.containerenv");
}

} // namespace

std::optional<QString> idFromControlGroups(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("/(?:[a-z-]+-)?([0-9a-f]{64})(?:\\.scope)?(?=/|$)"));
    for (const QString &line : linesOf(text)) {
        if (const auto id = lastMatch(form, line.section(u':', 2))) {
            return id;
        }
    }
    return std::nullopt;
}

std::optional<QString> idFromMounts(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("/(?:containers(?:/[^/]+)?/([0-9a-f]{64})|"
                                                        "overlay-containers/([0-9a-f]{64})/userdata)/"
                                                        "(?:hostname|hosts|resolv\\.conf|\\.containerenv)$"));
    for (const QString &line : linesOf(text)) {
        const QStringList fields = line.split(u' ');
        if (fields.size() < 5 || !isEnginesFile(fields[4])) {
            continue;
        }
        if (const auto match = form.match(fields[3]); match.hasMatch()) {
            return match.captured(match.lastCapturedIndex());
        }
    }
    return std::nullopt;
}

std::optional<QString> idFromPodman(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^id=\"([0-9a-f]{64})\"$"), QRegularExpression::MultilineOption);
    return lastMatch(form, text);
}

} // namespace dockerauto::selfidentity
