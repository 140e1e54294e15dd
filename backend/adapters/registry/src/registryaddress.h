#pragma once

#include <QString>
#include <QUrl>

#include <vector>

struct sockaddr;

namespace dockerauto::registry {

/// The host and port that answer for the registry of an image: docker.io's API is at another name.
QString apiHost(const QString &registry);
/// Whether `host` or `host:port` is this machine, by name or address.
bool isLoopback(const QString &host);
/// Scheme, host and port: what may share a secret.
QString originOf(const QUrl &url);
/// The port, also where the URL leaves it out.
int portOf(const QUrl &url);

/// Whether the address is reachable from everywhere, by IANA's special-purpose registries; one that embeds
/// another is judged by that.
bool isPublicAddress(const sockaddr *address);
bool isPublicAddress(const QByteArray &text);

} // namespace dockerauto::registry
