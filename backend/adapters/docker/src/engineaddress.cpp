#include "docker/engineaddress.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <sys/un.h>

namespace dockerauto::docker {
namespace {

constexpr int plainPort = 2375;
constexpr int tlsPort = 2376;

core::Failure unreadable(const QString &text)
{
    // What stands before an @ may be a password.
    const QString shown = text.mid(text.lastIndexOf(u'@') + 1).left(128);
    return core::fail(core::ErrorCode::InvalidArgument,
        QStringLiteral(
            "“%1” is not the address of a Docker Engine. Write it like unix:///var/run/docker.sock "
            "or tcp://host:2376.")
            .arg(shown));
}

core::Result<EngineAddress> parseUnix(const QString &text, const QString &path)
{
    if (!path.startsWith(u'/') || path.contains(QChar(u'\0'))) {
        return unreadable(text);
    }
    if (QFile::encodeName(path).size() >= qsizetype(sizeof(sockaddr_un::sun_path))) {
        return core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral(
                "The path of the socket is longer than the %1 characters that a socket may have. Use a "
                "shorter one.")
                .arg(sizeof(sockaddr_un::sun_path) - 1));
    }
    EngineAddress address;
    address.socketPath = path;
    return address;
}

core::Result<EngineAddress> parseTcp(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool bare = url.path().isEmpty() || url.path() == QStringLiteral("/");
    if (!url.isValid() || url.host().isEmpty() || !bare || url.hasQuery() || url.hasFragment() ||
        !url.userInfo().isEmpty()) {
        return unreadable(text);
    }
    EngineAddress address;
    address.transport = EngineAddress::Transport::Tcp;
    address.host = url.host();
    address.port = url.port(plainPort);
    return address;
}

} // namespace

core::Result<EngineAddress> EngineAddress::parse(const QString &text)
{
    const qsizetype colon = text.indexOf(QStringLiteral("://"));
    const QString scheme = text.left(colon);
    if (colon < 0) {
        return unreadable(text);
    }
    if (scheme == QStringLiteral("unix")) {
        return parseUnix(text, text.mid(colon + 3));
    }
    if (scheme == QStringLiteral("tcp")) {
        return parseTcp(text);
    }
    if (scheme == QStringLiteral("ssh") || scheme == QStringLiteral("npipe") ||
        scheme == QStringLiteral("fd")) {
        return core::fail(core::ErrorCode::Unsupported,
            QStringLiteral(
                "Docker Engines at %1:// addresses cannot be reached by this program. Use unix:// or "
                "tcp://.")
                .arg(scheme));
    }
    return unreadable(text);
}

core::Result<EngineAddress> EngineAddress::fromEnvironment(const QProcessEnvironment &environment)
{
    const QString named = environment.value(QStringLiteral("DOCKER_HOST"));
    auto address = parse(named.isEmpty() ? QStringLiteral("unix:///var/run/docker.sock") : named);
    if (!address) {
        return core::fail(address.error().within(QStringLiteral("DOCKER_HOST cannot be used")));
    }
    const bool verify = !environment.value(QStringLiteral("DOCKER_TLS_VERIFY")).isEmpty();
    if (verify && address->transport == Transport::Tcp) {
        const QDir folder(environment.value(
            QStringLiteral("DOCKER_CERT_PATH"), QDir::home().filePath(QStringLiteral(".docker"))));
        address->tls = TlsFiles{folder.filePath(QStringLiteral("ca.pem")),
            folder.filePath(QStringLiteral("cert.pem")), folder.filePath(QStringLiteral("key.pem"))};
        if (QUrl(named).port() < 0) {
            address->port = tlsPort;
        }
    }
    return address;
}

QString EngineAddress::text() const
{
    if (transport == Transport::UnixSocket) {
        return QStringLiteral("unix://") % socketPath;
    }
    const QString shown = host.contains(u':') ? QString(u'[' % host % u']') : host;
    return QStringLiteral("tcp://%1:%2").arg(shown).arg(port);
}

QString EngineAddress::display() const
{
    return transport == Transport::UnixSocket ? socketPath : text();
}

} // namespace dockerauto::docker
