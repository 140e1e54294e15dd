#include "platformmatch.h"

namespace dockerauto::domain {

using core::Json;
using core::memberOf;

Platform normalized(Platform platform)
{
    platform.os = platform.os.toLower();
    platform.architecture = platform.architecture.toLower();
    platform.variant = platform.variant.toLower();
    if (platform.architecture == QLatin1String("x86_64")) {
        platform.architecture = QStringLiteral("amd64");
    } else if (platform.architecture == QLatin1String("aarch64")) {
        platform.architecture = QStringLiteral("arm64");
    }
    if (!platform.variant.isEmpty() && !platform.variant.startsWith(u'v')) {
        platform.variant.prepend(u'v');
    }
    if (platform.variant.isEmpty()) {
        if (platform.architecture == QLatin1String("arm64")) {
            platform.variant = QStringLiteral("v8");
        } else if (platform.architecture == QLatin1String("arm")) {
            platform.variant = QStringLiteral("v7");
        } else if (platform.architecture == QLatin1String("amd64")) {
            platform.variant = QStringLiteral("v1");
        }
    }
    return platform;
}

int platformDistance(const Platform &wanted, const Platform &offered)
{
    if (wanted.os != offered.os || wanted.architecture != offered.architecture) {
        return -1;
    }
    if (wanted.variant == offered.variant) {
        return 0;
    }
    const bool falls = wanted.architecture == QLatin1String("arm") ||
                       wanted.architecture == QLatin1String("arm64") ||
                       wanted.architecture == QLatin1String("amd64");
    const int above = wanted.variant.mid(1).toInt();
    const int below = offered.variant.mid(1).toInt();
    return falls && below > 0 && below < above ? above - below : -1;
}

Platform platformOf(const Json &descriptor)
{
    const Json &platform = memberOf(descriptor, "platform");
    return normalized({core::textOf(platform, "os"), core::textOf(platform, "architecture"),
        core::textOf(platform, "variant")});
}

bool isAttestation(const Json &descriptor)
{
    const Json &annotations = memberOf(descriptor, "annotations");
    const Platform platform = platformOf(descriptor);
    return (platform.os == QLatin1String("unknown") && platform.architecture == QLatin1String("unknown")) ||
           !memberOf(annotations, "vnd.docker.reference.type").is_null() ||
           !memberOf(annotations, "vnd.docker.reference.digest").is_null();
}

} // namespace dockerauto::domain
