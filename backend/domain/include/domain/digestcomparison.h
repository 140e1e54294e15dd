#pragma once

#include <core/json.h>
#include <domain/imagereference.h>

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::domain {

struct Platform
{
    QString os;
    QString architecture;
    QString variant;
};

struct RemoteImage
{
    QString digest;
    QString mediaType;
    /// The manifest or index, where it was fetched.
    std::optional<QByteArray> body;
};

enum class DigestVerdict
{
    Current,
    Newer,
    Unknown,
    Local
};

struct DigestComparison
{
    DigestVerdict verdict = DigestVerdict::Unknown;
    /// One sentence for people.
    QString why;
    /// The verdict would be Newer, but `remote` is an index (or may be one) whose body is not known: fetch it
    /// and compare again before an update is offered.
    bool wantsBody = false;
    /// The verdict is Newer, but only the index is known to have changed: the manifest under this digest is
    /// what would be pulled. Fetch it and compare with it as `remote`; it may turn out to be the image that
    /// runs. Empty when there is nothing more to look at.
    QString wantsManifest;
    /// The verdict is Unknown, because the image for the platform may be in one of these nested indexes:
    /// fetch them and compare again.
    std::vector<QString> wantsIndexes;
};

/// Whether what the registry has under a reference is what runs here. The rules are those of "Digest
/// comparison" in resources/docs/updates.md; `repoDigests` and `imageId` are those of the image that the
/// container runs.
DigestComparison compareDigests(const ImageReference &image, const std::vector<QString> &repoDigests,
    const QString &imageId, const RemoteImage &remote, const Platform &platform);

} // namespace dockerauto::domain
