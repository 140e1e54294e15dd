#include "domain/imagemanifest.h"

#include "jsonfield.h"
#include "platformmatch.h"

#include <core/json.h>

#include <algorithm>

namespace dockerauto::domain {

using core::Json;
using core::memberOf;
using core::textOf;

namespace {

/// A manifest has tens of layers and an index tens of platforms; what has more was made to cost time.
constexpr std::size_t maxEntries = 1'000;

qint64 sizeIn(const Json &descriptor)
{
    const Json &size = memberOf(descriptor, "size");
    return size.is_number_unsigned() && size.get<std::uint64_t>() < (1ULL << 62U) ? size.get<qint64>() : 0;
}

core::Failure noManifest()
{
    return core::fail(core::ErrorCode::Corrupt, QStringLiteral("What the registry sent is no manifest."));
}

} // namespace

core::Result<ManifestDocument> readManifest(const QByteArray &body)
{
    const auto json = core::parsePeerJson({body.constData(), static_cast<std::size_t>(body.size())});
    if (!json || !json->is_object()) {
        return noManifest();
    }
    ManifestDocument document;
    const Json &annotations = memberOf(*json, "annotations");
    document.source = textOf(annotations, "org.opencontainers.image.source");
    document.url = textOf(annotations, "org.opencontainers.image.url");
    document.version = textOf(annotations, "org.opencontainers.image.version");
    const Json &manifests = memberOf(*json, "manifests");
    const Json &layers = memberOf(*json, "layers");
    document.isIndex = manifests.is_array();
    if (!document.isIndex && !layers.is_array()) {
        return noManifest();
    }
    const Json &listed = document.isIndex ? manifests : layers;
    if (listed.size() > maxEntries) {
        return noManifest();
    }
    for (const Json &descriptor : listed) {
        const QString digest = textOf(descriptor, "digest");
        if (!document.isIndex) {
            document.layers.push_back({digest, sizeIn(descriptor)});
        } else if (!digest.isEmpty()) {
            document.entries.push_back(
                {digest, textOf(descriptor, "mediaType"), platformOf(descriptor), isAttestation(descriptor)});
        }
    }
    if (!document.isIndex) {
        document.configDigest = textOf(memberOf(*json, "config"), "digest");
        document.configSizeBytes = sizeIn(memberOf(*json, "config"));
    }
    return document;
}

std::optional<IndexEntry> entryFor(const ManifestDocument &index, const Platform &platform)
{
    const Platform wanted = normalized(platform);
    const IndexEntry *best = nullptr;
    const IndexEntry *nested = nullptr;
    int bestDistance = -1;
    for (const IndexEntry &entry : index.entries) {
        if (entry.attestation) {
            continue;
        }
        if (entry.mediaType.contains(QLatin1String("index")) ||
            entry.mediaType.contains(QLatin1String("manifest.list"))) {
            nested = nested == nullptr ? &entry : nested;
            continue;
        }
        const int distance = platformDistance(wanted, normalized(entry.platform));
        if (distance >= 0 && (bestDistance < 0 || distance < bestDistance)) {
            best = &entry;
            bestDistance = distance;
        }
    }
    best = best == nullptr ? nested : best;
    return best == nullptr ? std::nullopt : std::optional(*best);
}

bool platformFits(const Platform &offered, const Platform &wanted)
{
    return platformDistance(normalized(wanted), normalized(offered)) >= 0;
}

} // namespace dockerauto::domain
