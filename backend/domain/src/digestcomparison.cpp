#include "domain/digestcomparison.h"

#include "jsonfield.h"
#include "platformmatch.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

const QLatin1String ociIndex("application/vnd.oci.image.index.v1+json");
const QLatin1String dockerIndex("application/vnd.docker.distribution.manifest.list.v2+json");
const QLatin1String ociManifest("application/vnd.oci.image.manifest.v1+json");
const QLatin1String dockerManifest("application/vnd.docker.distribution.manifest.v2+json");

/// Indexes inside indexes inside indexes are made to cost time.
constexpr int maxIndexDepth = 4;

DigestComparison verdict(DigestVerdict verdict, const QString &why)
{
    return {verdict, why, false, {}, {}};
}

bool isIndexType(const QString &type)
{
    return type == ociIndex || type == dockerIndex;
}

/// What an index offers for one platform.
struct Offer
{
    /// The digests of the best match; several where only the version of the system differs.
    std::set<QString> digests;
    int distance = -1;
    /// The ones of nested indexes. Their contents are only known where they are embedded.
    std::set<QString> nested;
    std::set<QString> embedded;
};

void collect(const Json &index, const Platform &wanted, int depth, Offer &offer)
{
    for (const Json &descriptor : items(memberOf(index, "manifests"))) {
        const QString digest = core::textOf(descriptor, "digest");
        if (isAttestation(descriptor)) {
            continue;
        }
        if (isIndexType(core::textOf(descriptor, "mediaType"))) {
            offer.nested.insert(digest);
            const QByteArray data = QByteArray::fromBase64(core::textOf(descriptor, "data").toLatin1());
            if (const auto nested = core::parsePeerJson(data.toStdString());
                nested && depth < maxIndexDepth) {
                collect(*nested, wanted, depth + 1, offer);
                offer.embedded.insert(digest);
            }
            continue;
        }
        const int found = platformDistance(wanted, platformOf(descriptor));
        if (found < 0 || digest.isEmpty() || (offer.distance >= 0 && found > offer.distance)) {
            continue;
        }
        if (found != offer.distance) {
            offer.digests.clear();
            offer.distance = found;
        }
        offer.digests.insert(digest);
    }
}

QString hashOf(const QByteArray &body, const QString &digest)
{
    struct Algorithm
    {
        QLatin1String prefix;
        QCryptographicHash::Algorithm hash;
    };
    const std::array algorithms{Algorithm{QLatin1String("sha512:"), QCryptographicHash::Sha512},
        Algorithm{QLatin1String("sha384:"), QCryptographicHash::Sha384}};
    for (const Algorithm &algorithm : algorithms) {
        if (digest.startsWith(algorithm.prefix)) {
            return algorithm.prefix +
                   QString::fromLatin1(QCryptographicHash::hash(body, algorithm.hash).toHex());
        }
    }
    return QLatin1String("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
}

/// Everything by which the image is known here: its digests in this repository and its id, which is a digest
/// of the registry where the engine keeps images with containerd.
std::set<QString> knownDigests(const ImageReference &image, const std::vector<QString> &repoDigests)
{
    const auto own = ImageReference::parse(image.repository());
    std::set<QString> digests;
    for (const QString &text : repoDigests) {
        const auto reference = ImageReference::parse(text);
        if (own && reference && reference->digest && reference->repository() == own->repository()) {
            digests.insert(*reference->digest);
        }
    }
    return digests;
}

DigestComparison compareIndex(
    const Json &index, const std::set<QString> &known, const QString &imageId, const Platform &platform)
{
    Offer offer;
    collect(index, normalized(platform), 1, offer);
    const auto isKnown = [&known](const QString &digest) { return known.count(digest) > 0; };
    if (std::any_of(offer.digests.begin(), offer.digests.end(), isKnown) ||
        std::any_of(offer.nested.begin(), offer.nested.end(), isKnown)) {
        return verdict(DigestVerdict::Current,
            QStringLiteral("The registry changed the image for other platforms only; this one is the same."));
    }
    if (offer.digests.empty()) {
        DigestComparison unknown = verdict(DigestVerdict::Unknown,
            QStringLiteral("The registry has no image for %1/%2.").arg(platform.os, platform.architecture));
        std::ranges::set_difference(offer.nested, offer.embedded, std::back_inserter(unknown.wantsIndexes));
        return unknown;
    }
    DigestComparison newer = verdict(DigestVerdict::Newer,
        QStringLiteral("The registry has another image under this name than the one that runs."));
    if (!imageId.isEmpty()) {
        newer.wantsManifest = *offer.digests.begin();
    }
    return newer;
}

DigestComparison compareBody(const QByteArray &body, const QString &mediaType, const std::set<QString> &known,
    const QString &imageId, const Platform &platform)
{
    const auto document = core::parsePeerJson({body.constData(), static_cast<std::size_t>(body.size())});
    if (!document || !document->is_object()) {
        return verdict(DigestVerdict::Unknown, QStringLiteral("What the registry sent is no manifest."));
    }
    if (memberOf(*document, "manifests").is_array() || isIndexType(mediaType)) {
        return compareIndex(*document, known, imageId, platform);
    }
    const QString config = core::textOf(memberOf(*document, "config"), "digest");
    if (!imageId.isEmpty() && config == imageId) {
        return verdict(
            DigestVerdict::Current, QStringLiteral("The registry's manifest names the image that runs."));
    }
    return verdict(DigestVerdict::Newer,
        QStringLiteral("The registry has another image under this name than the one that runs."));
}

} // namespace

DigestComparison compareDigests(const ImageReference &image, const std::vector<QString> &repoDigests,
    const QString &imageId, const RemoteImage &remote, const Platform &platform)
{
    if (repoDigests.empty()) {
        return verdict(DigestVerdict::Local,
            QStringLiteral("The image was built or loaded on this host; no registry is known for it."));
    }
    std::set<QString> known = knownDigests(image, repoDigests);
    if (known.empty()) {
        return verdict(DigestVerdict::Local,
            QStringLiteral("The image was given the name %1 on this host; it was not pulled under it.")
                .arg(image.familiarName()));
    }
    if (image.digest) {
        return verdict(DigestVerdict::Current,
            QStringLiteral("The image is pinned by its digest, so it never changes."));
    }
    QString digest = remote.digest;
    if (remote.body) {
        const QString hash = hashOf(*remote.body, digest);
        if (!digest.isEmpty() && digest != hash) {
            return verdict(DigestVerdict::Unknown,
                QStringLiteral("What the registry sent does not match the digest that it names."));
        }
        digest = hash;
    }
    if (digest.isEmpty()) {
        return verdict(DigestVerdict::Unknown, QStringLiteral("The registry names no digest."));
    }
    if (!imageId.isEmpty()) {
        known.insert(imageId);
    }
    if (known.count(digest) > 0) {
        return verdict(DigestVerdict::Current, QStringLiteral("The registry has the image that runs."));
    }
    if (remote.body) {
        return compareBody(*remote.body, remote.mediaType, known, imageId, platform);
    }
    DigestComparison newer = verdict(DigestVerdict::Newer,
        QStringLiteral("The registry has another image under this name than the one that runs."));
    newer.wantsBody = remote.mediaType != ociManifest && remote.mediaType != dockerManifest;
    return newer;
}

} // namespace dockerauto::domain
