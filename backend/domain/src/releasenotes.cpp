#include "domain/imagediff.h"

#include <QStringList>
#include <QUrl>

#include <array>

namespace dockerauto::domain {
namespace {

constexpr qsizetype longestAddress = 2'000;

bool isWebAddress(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() &&
           (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
}

QString label(const std::map<QString, QString> &labels, const char *name)
{
    const auto found = labels.find(QLatin1String("org.opencontainers.image.") + QLatin1String(name));
    return found == labels.end() ? QString() : found->second.trimmed();
}

/// The numbers of `v1.2.3-alpine`: 1, 2, 3.
QStringList numbersOf(const QString &version)
{
    QStringList numbers;
    qsizetype at = 0;
    while (at < version.size() && !version.at(at).isDigit()) {
        ++at;
    }
    QString current;
    for (; at < version.size(); ++at) {
        const QChar c = version.at(at);
        if (c.isDigit()) {
            current += c;
        } else if (c == u'.' && !current.isEmpty()) {
            numbers.append(current);
            current.clear();
        } else {
            break;
        }
    }
    if (!current.isEmpty()) {
        numbers.append(current);
    }
    return numbers;
}

QString fill(QString text, const QString &tag, const QString &version)
{
    const QStringList numbers = numbersOf(version);
    const auto encoded = [](const QString &value) {
        return QString::fromLatin1(QUrl::toPercentEncoding(value));
    };
    const std::array<std::pair<const char *, QString>, 5> values{std::pair{"${tag}", tag},
        std::pair{"${version}", version}, std::pair{"${major}", numbers.value(0)},
        std::pair{"${minor}", numbers.value(1)}, std::pair{"${patch}", numbers.value(2)}};
    for (const auto &[name, value] : values) {
        text.replace(QLatin1String(name), encoded(value));
    }
    return text;
}

/// `https://github.com/owner/name` of any address below it.
QString repositoryOf(const QUrl &url, int segments)
{
    QString path = url.path(QUrl::FullyEncoded);
    if (path.endsWith(QLatin1String(".git"))) {
        path.chop(4);
    }
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    if (parts.size() < segments) {
        return {};
    }
    return QStringLiteral("https://") + url.host() + QStringLiteral("/") + parts.mid(0, segments).join(u'/');
}

/// The page of releases of a forge that we know.
QString forgePage(const QUrl &url, const QString &version)
{
    const QString host = url.host();
    if (host == QLatin1String("github.com")) {
        const QString repository = repositoryOf(url, 2);
        // A search finds the release whether its tag has a leading v or not.
        return repository.isEmpty() ? QString()
                                    : repository + QStringLiteral("/releases?q=") +
                                          QString::fromLatin1(QUrl::toPercentEncoding(version)) +
                                          QStringLiteral("&expanded=true");
    }
    if (host == QLatin1String("gitlab.com")) {
        QString path = url.path(QUrl::FullyEncoded).section(QStringLiteral("/-/"), 0, 0);
        if (path.endsWith(QLatin1String(".git"))) {
            path.chop(4);
        }
        return path.count(u'/') < 2
                   ? QString()
                   : QStringLiteral("https://gitlab.com") + path + QStringLiteral("/-/releases");
    }
    if (host == QLatin1String("codeberg.org") || host == QLatin1String("gitea.com")) {
        const QString repository = repositoryOf(url, 2);
        return repository.isEmpty() ? QString() : repository + QStringLiteral("/releases");
    }
    return {};
}

} // namespace

std::optional<QString> releaseNotesAddress(
    const QString &tmpl, const QString &tag, const std::map<QString, QString> &labels)
{
    const QString named = label(labels, "version");
    const QString version = named.isEmpty() ? tag : named;
    const auto usable = [](const QString &address) -> std::optional<QString> {
        const QUrl url(address, QUrl::StrictMode);
        return address.size() <= longestAddress && isWebAddress(url) ? std::optional(address) : std::nullopt;
    };
    if (!tmpl.isEmpty()) {
        return usable(fill(tmpl, tag, version));
    }
    const QString source = label(labels, "source");
    const QString home = label(labels, "url");
    for (const QString &address : {source, home}) {
        const QUrl url(address, QUrl::StrictMode);
        if (!isWebAddress(url)) {
            continue;
        }
        if (const QString page = forgePage(url, version); !page.isEmpty()) {
            return usable(page);
        }
    }
    for (const QString &address : {home, source}) {
        if (auto found = usable(address); found && !address.isEmpty()) {
            return found;
        }
    }
    return std::nullopt;
}

} // namespace dockerauto::domain
