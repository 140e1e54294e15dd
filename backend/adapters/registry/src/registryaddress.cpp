#include "registryaddress.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace dockerauto::registry {

namespace {

struct Network4
{
    quint32 address;
    int bits;
};

constexpr quint32 v4(quint32 a, quint32 b, quint32 c, quint32 d)
{
    return (a << 24) | (b << 16) | (c << 8) | d;
}

/// What IANA's IPv4 registry does not call globally reachable, multicast, and a provider's host service.
constexpr std::array closed4{Network4{v4(0, 0, 0, 0), 8}, Network4{v4(10, 0, 0, 0), 8},
    Network4{v4(100, 64, 0, 0), 10}, Network4{v4(127, 0, 0, 0), 8}, Network4{v4(168, 63, 129, 16), 32},
    Network4{v4(169, 254, 0, 0), 16}, Network4{v4(172, 16, 0, 0), 12}, Network4{v4(192, 0, 0, 0), 24},
    Network4{v4(192, 0, 2, 0), 24}, Network4{v4(192, 168, 0, 0), 16}, Network4{v4(198, 18, 0, 0), 15},
    Network4{v4(198, 51, 100, 0), 24}, Network4{v4(203, 0, 113, 0), 24}, Network4{v4(224, 0, 0, 0), 3}};

bool isPublic4(quint32 address)
{
    return std::ranges::none_of(closed4, [address](const Network4 &network) {
        return (address >> (32 - network.bits)) == (network.address >> (32 - network.bits));
    });
}

quint32 bytesAsV4(const unsigned char *bytes)
{
    return v4(bytes[0], bytes[1], bytes[2], bytes[3]);
}

bool isPublic6(const unsigned char *bytes)
{
    static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static constexpr std::array<unsigned char, 12> nat64{0, 0x64, 0xff, 0x9b};
    if (std::memcmp(bytes, mapped.data(), mapped.size()) == 0 ||
        std::memcmp(bytes, nat64.data(), nat64.size()) == 0) {
        return isPublic4(bytesAsV4(bytes + mapped.size()));
    }
    const unsigned first = (unsigned(bytes[0]) << 8) | bytes[1];
    const unsigned second = (unsigned(bytes[2]) << 8) | bytes[3];
    if (first == 0x2002) {
        return isPublic4(bytesAsV4(bytes + 2));
    }
    // 2001::/23 holds Teredo, ORCHID and benchmarks; 2001:db8::/32 and 3fff::/20 are for documents.
    const bool special =
        (first == 0x2001 && (second < 0x200 || second == 0xdb8)) || (first == 0x3fff && second < 0x1000);
    return (first >> 13) == 1 && !special;
}

} // namespace

QString apiHost(const QString &registry)
{
    const bool hub = registry == QLatin1String("docker.io") || registry == QLatin1String("index.docker.io");
    return hub ? QStringLiteral("registry-1.docker.io") : registry;
}

bool isLoopback(const QString &host)
{
    const QString name = QUrl(QStringLiteral("https://") + host).host().toLower();
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(AF_INET, name.toLatin1().constData(), bytes.data()) == 1) {
        return bytes[0] == 127;
    }
    return name == QLatin1String("localhost") || name == QLatin1String("::1");
}

int portOf(const QUrl &url)
{
    constexpr int https = 443;
    constexpr int http = 80;
    return url.port(url.scheme() == QLatin1String("https") ? https : http);
}

QString originOf(const QUrl &url)
{
    return QStringLiteral("%1://%2:%3").arg(url.scheme(), url.host().toLower()).arg(portOf(url));
}

bool isPublicAddress(const sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, address, sizeof in);
        return isPublic4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, address, sizeof in);
        return isPublic6(in.sin6_addr.s6_addr);
    }
    return false;
}

bool isPublicAddress(const QByteArray &text)
{
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(AF_INET, text.constData(), bytes.data()) == 1) {
        return isPublic4(bytesAsV4(bytes.data()));
    }
    return ::inet_pton(AF_INET6, text.constData(), bytes.data()) == 1 && isPublic6(bytes.data());
}

} // namespace dockerauto::registry
