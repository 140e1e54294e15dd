#include "domain/probe.h"

#include "commandwords.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace dockerauto::domain {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr qsizetype longestAddress = 1'000;
constexpr int highestPort = 65'535;

core::Failure refuse(const QString &why)
{
    return fail(ErrorCode::InvalidArgument,
        why + QStringLiteral(". Write http://:8080/ready, https://:8443/, tcp://:5432 or a command: "
                             "[\"pg_isready\"]"));
}

Probe::Kind kindOf(QStringView scheme)
{
    if (scheme == QLatin1String("tcp")) {
        return Probe::Kind::Tcp;
    }
    return scheme == QLatin1String("https") ? Probe::Kind::Https : Probe::Kind::Http;
}

/// What a request line can carry as it is; anything else has to be percent-encoded.
bool isPlain(const QString &path)
{
    return std::ranges::all_of(
        path, [](QChar c) { return c > u' ' && c < u'\x7f' && !QStringLiteral("\"<>\\^`{|}#").contains(c); });
}

} // namespace

Result<Probe> parseProbe(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return Probe{};
    }
    if (trimmed.startsWith(u'[')) {
        DOCKERAUTO_TRY_ASSIGN(words, parseWords(trimmed));
        if (words.empty()) {
            return refuse(QStringLiteral("A probe needs a command with at least one word"));
        }
        return Probe{.kind = Probe::Kind::Command, .path = {}, .argv = std::move(words)};
    }
    if (trimmed.size() > longestAddress) {
        return refuse(QStringLiteral("A probe can have at most %1 characters").arg(longestAddress));
    }
    static const QRegularExpression form(
        QStringLiteral("^(https?|tcp)://([^/?#]*?)(?::(\\d{1,5}))?([/?#].*)?$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(trimmed);
    if (!match.hasMatch()) {
        return refuse(QStringLiteral("This is no probe"));
    }
    if (!match.captured(2).isEmpty()) {
        return refuse(QStringLiteral("A probe always asks the container itself, so it names no host"));
    }
    const int port = match.captured(3).toInt();
    if (port < 1 || port > highestPort) {
        return refuse(QStringLiteral("A probe needs a port of the container, from 1 to 65535"));
    }
    const auto kind = kindOf(match.captured(1).toLower());
    QString path = match.captured(4);
    if (kind == Probe::Kind::Tcp && !path.isEmpty() && path != QLatin1String("/")) {
        return refuse(QStringLiteral("A TCP probe has no path"));
    }
    if (!isPlain(path)) {
        return refuse(QStringLiteral("The path of a probe has characters that must be percent-encoded"));
    }
    if (kind == Probe::Kind::Tcp) {
        path.clear();
    } else if (!path.startsWith(u'/')) {
        path.prepend(u'/');
    }
    return Probe{.kind = kind, .port = port, .path = path, .argv = {}};
}

QString describe(const Probe &probe)
{
    switch (probe.kind) {
    case Probe::Kind::None:
        break;
    case Probe::Kind::Http:
        return QStringLiteral("GET %1 on port %2").arg(probe.path).arg(probe.port);
    case Probe::Kind::Https:
        return QStringLiteral("GET %1 on port %2 with TLS").arg(probe.path).arg(probe.port);
    case Probe::Kind::Tcp:
        return QStringLiteral("connection to port %1").arg(probe.port);
    case Probe::Kind::Command: {
        constexpr qsizetype shown = 200;
        return QStringLiteral("command %1")
            .arg(QStringList(probe.argv.begin(), probe.argv.end()).join(u' ').left(shown));
    }
    }
    return QStringLiteral("no probe");
}

} // namespace dockerauto::domain
