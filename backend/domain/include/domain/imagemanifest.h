#pragma once

#include <core/result.h>
#include <domain/digestcomparison.h>

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::domain {

struct ImageLayer
{
    QString digest;
    qint64 sizeBytes = 0;
};

/// One image of an index.
struct IndexEntry
{
    QString digest;
    QString mediaType;
    Platform platform;
    /// Describes another entry (BuildKit attestations) and is no image.
    bool attestation = false;
};

/// An index or a manifest as a registry sends it: OCI image index and manifest, Docker manifest list and
/// manifest v2.
struct ManifestDocument
{
    bool isIndex = false;
    /// Of an index.
    std::vector<IndexEntry> entries;
    /// Of a manifest.
    QString configDigest;
    qint64 configSizeBytes = 0;
    std::vector<ImageLayer> layers;
    /// Annotations of either.
    QString source;
    QString url;
    QString version;
};

/// Corrupt for what is none of these. Bounded: at most 1,000 entries or layers are read.
core::Result<ManifestDocument> readManifest(const QByteArray &body);

/// The entry that an engine of the platform would pull, by the rules of "Digest comparison" (default
/// variants, fall-back of the arm variants); none when the image does not exist for the platform. Nested
/// indexes are returned as the entry that must be looked into when nothing else fits.
std::optional<IndexEntry> entryFor(const ManifestDocument &index, const Platform &platform);

/// Whether the platform of an image's config fits the one of a host's image.
bool platformFits(const Platform &offered, const Platform &wanted);

} // namespace dockerauto::domain
