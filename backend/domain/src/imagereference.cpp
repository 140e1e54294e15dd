#include "domain/imagereference.h"

#include <QList>

#include <algorithm>
#include <array>

namespace dockerauto::domain {
namespace {

using core::ErrorCode;
using core::Result;
using Naming = ImageReference::Naming;

constexpr qsizetype maxPath = 255;
constexpr qsizetype maxTag = 128;
const QLatin1String hub("docker.io");
const QLatin1String oldHub("index.docker.io");
const QLatin1String official("library/");

// The grammar knows ASCII only; QChar's own tests know all of Unicode.
bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
bool isLower(QChar c)
{
    return c >= u'a' && c <= u'z';
}
bool isUpper(QChar c)
{
    return c >= u'A' && c <= u'Z';
}
bool isAlphanumeric(QChar c)
{
    return isDigit(c) || isLower(c) || isUpper(c);
}
bool isPathAlphanumeric(QChar c)
{
    return isDigit(c) || isLower(c);
}
bool isLowerHex(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f');
}
bool isHex(QChar c)
{
    return isLowerHex(c) || (c >= u'A' && c <= u'F');
}

template <class Test>
bool all(QStringView text, Test test)
{
    return std::all_of(text.begin(), text.end(), test);
}

core::Failure refuse(const QString &text, const QString &why)
{
    return core::fail(
        ErrorCode::InvalidArgument, QStringLiteral("“%1” is not an image: %2").arg(text.left(80), why));
}

/// Runs of lower-case letters and digits, separated by one of `.`, `_`, `__` or any number of `-`.
bool isPathComponent(QStringView text)
{
    qsizetype at = 0;
    while (at < text.size() && isPathAlphanumeric(text[at])) {
        while (at < text.size() && isPathAlphanumeric(text[at])) {
            ++at;
        }
        if (at == text.size()) {
            return true;
        }
        if (text[at] == u'-') {
            while (at < text.size() && text[at] == u'-') {
                ++at;
            }
        } else if (text.sliced(at).startsWith(QLatin1String("__"))) {
            at += 2;
        } else if (text[at] == u'.' || text[at] == u'_') {
            ++at;
        } else {
            return false;
        }
    }
    return false;
}

bool isPath(QStringView text)
{
    const auto components = text.split(u'/');
    return std::all_of(components.begin(), components.end(), isPathComponent);
}

bool isHostName(QStringView text)
{
    const auto labels = text.split(u'.');
    return std::all_of(labels.begin(), labels.end(), [](QStringView label) {
        return !label.isEmpty() && !label.startsWith(u'-') && !label.endsWith(u'-') &&
               all(label, [](QChar c) { return isAlphanumeric(c) || c == u'-'; });
    });
}

/// A host name, an IPv4 address or an IPv6 address in brackets, with or without a port.
bool isDomain(QStringView text)
{
    QStringView host = text;
    if (const qsizetype colon = text.lastIndexOf(u':'); colon >= 0 && !text.endsWith(u']')) {
        const QStringView port = text.sliced(colon + 1);
        if (port.isEmpty() || !all(port, isDigit)) {
            return false;
        }
        host = text.first(colon);
    }
    if (host.startsWith(u'[')) {
        const QStringView address = host.sliced(1).chopped(host.endsWith(u']') ? 1 : 0);
        return host.endsWith(u']') && !address.isEmpty() &&
               all(address, [](QChar c) { return isHex(c) || c == u':'; });
    }
    return isHostName(host);
}

bool isTag(QStringView text)
{
    const auto isWord = [](QChar c) { return isAlphanumeric(c) || c == u'_'; };
    return !text.isEmpty() && text.size() <= maxTag && isWord(text.front()) &&
           all(text, [isWord](QChar c) { return isWord(c) || c == u'.' || c == u'-'; });
}

Result<> checkDigest(const QString &whole, QStringView digest)
{
    struct Algorithm
    {
        QLatin1String name;
        qsizetype digits;
    };
    static constexpr std::array algorithms{Algorithm{QLatin1String("sha256"), 64},
        Algorithm{QLatin1String("sha384"), 96}, Algorithm{QLatin1String("sha512"), 128}};
    const qsizetype colon = digest.indexOf(u':');
    const QStringView name = colon < 0 ? digest : digest.first(colon);
    for (const Algorithm &algorithm : algorithms) {
        if (name == algorithm.name && colon > 0) {
            const QStringView value = digest.sliced(colon + 1);
            if (value.size() == algorithm.digits && all(value, isLowerHex)) {
                return {};
            }
            return refuse(whole, QStringLiteral("a %1 digest has %2 digits from 0 to 9 and a to f")
                                     .arg(algorithm.name)
                                     .arg(algorithm.digits));
        }
    }
    return refuse(
        whole, QStringLiteral("after @ a digest like sha256:… is expected (sha256, sha384 or sha512)"));
}

core::Failure refuseName(const QString &whole, QStringView name)
{
    if (name.isEmpty()) {
        return refuse(whole, QStringLiteral("it has no name"));
    }
    if (isPath(name.toString().toLower())) {
        return refuse(whole, QStringLiteral("the name must be in lower case"));
    }
    return refuse(whole,
        QStringLiteral(
            "a name is made of lower-case letters and digits, separated by one of . _ __ or - and by /"));
}

Result<ImageReference> parseExact(const QString &whole, const QString &text)
{
    ImageReference reference;
    QStringView name = text;
    if (const qsizetype at = name.indexOf(u'@'); at >= 0) {
        DOCKERAUTO_TRY(checkDigest(whole, name.sliced(at + 1)));
        reference.digest = name.sliced(at + 1).toString();
        name = name.first(at);
    }
    // Before the last slash a colon belongs to a port or to an address.
    if (const qsizetype colon = name.lastIndexOf(u':'); colon > name.lastIndexOf(u'/')) {
        if (!isTag(name.sliced(colon + 1))) {
            return refuse(
                whole, QStringLiteral(
                           "a tag has 1 to 128 letters, digits, . _ or -, and does not start with . or -"));
        }
        reference.tag = name.sliced(colon + 1).toString();
        name = name.first(colon);
    }
    QStringView path = name;
    if (const qsizetype slash = name.indexOf(u'/'); slash >= 0 && isDomain(name.first(slash))) {
        reference.domain = name.first(slash).toString();
        path = name.sliced(slash + 1);
    }
    if (!isPath(path)) {
        return refuseName(whole, path);
    }
    if (path.size() > maxPath) {
        return refuse(whole, QStringLiteral("its name is longer than %1 characters").arg(maxPath));
    }
    reference.path = path.toString();
    return reference;
}

/// What people type, with the domain and `library/` that Docker adds.
QString completed(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    QString domain = slash < 0 ? QString() : text.left(slash);
    QString rest = slash < 0 ? text : text.mid(slash + 1);
    const bool isNamed = slash >= 0 && (domain == QLatin1String("localhost") || domain.contains(u'.') ||
                                           domain.contains(u':') || domain.toLower() != domain);
    if (!isNamed) {
        domain = hub;
        rest = text;
    } else if (domain == oldHub) {
        domain = hub;
    }
    if (domain == hub && !rest.contains(u'/')) {
        rest.prepend(official);
    }
    return domain + QLatin1Char('/') + rest;
}

} // namespace

Result<ImageReference> ImageReference::parse(const QString &text, Naming naming)
{
    if (naming == Naming::Exact) {
        return parseExact(text, text);
    }
    if (text.isEmpty()) {
        return refuse(text, QStringLiteral("it has no name"));
    }
    if (text.size() == 64 && all(text, isLowerHex)) {
        return refuse(text, QStringLiteral("64 hexadecimal digits are the id of an image, not its name"));
    }
    return parseExact(text, completed(text));
}

QString ImageReference::repository() const
{
    return domain ? *domain + QLatin1Char('/') + path : path;
}

QString ImageReference::familiarName() const
{
    if (domain != hub) {
        return repository();
    }
    const bool isOfficial = path.startsWith(official) && path.count(u'/') == 1;
    return isOfficial ? path.mid(official.size()) : path;
}

QString ImageReference::familiar() const
{
    QString text = familiarName();
    if (tag) {
        text += QLatin1Char(':') + *tag;
    }
    if (digest) {
        text += QLatin1Char('@') + *digest;
    }
    return text;
}

QString ImageReference::requestReference() const
{
    return digest ? *digest : tag.value_or(QStringLiteral("latest"));
}

ImageReference ImageReference::withTag(const QString &newTag) const
{
    ImageReference copy = *this;
    copy.tag = newTag;
    copy.digest.reset();
    return copy;
}

ImageReference ImageReference::withDigest(const QString &newDigest) const
{
    ImageReference copy = *this;
    copy.digest = newDigest;
    return copy;
}

} // namespace dockerauto::domain
