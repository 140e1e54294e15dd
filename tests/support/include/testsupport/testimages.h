#pragma once

#include <testsupport/testlab.h>

#include <QtCore/QMap>
#include <QtCore/QTemporaryDir>

namespace dockerauto::testsupport {

enum class ImageHealth
{
    None,
    AlwaysHealthy,
    AlwaysFailing,
    /// Healthy until the file /unhealthy exists in the container: a test decides when it gets ill.
    FileDecides,
};

/// One image to make. Everything but the repository has a useful default.
struct ImageOptions
{
    /// Path in the lab's registry, for example "shop/web".
    QString repository;
    QString tag = QStringLiteral("latest");

    /// Content of /marker and /www/index.html: two images with different markers have different digests, and
    /// what runs can be told from outside.
    QString marker = QStringLiteral("one");

    /// Empty: waits for SIGTERM and ends at once. TestImages::webServer() serves the marker on port 80.
    QStringList command = {};
    QStringList entrypoint = {};
    /// "NAME=value".
    QStringList environment = {};
    QMap<QString, QString> labels = {};

    ImageHealth health = ImageHealth::None;
    std::chrono::milliseconds healthInterval{200};
    /// At least 1 ms, which is no start period at all.
    std::chrono::milliseconds healthStartPeriod{1};
    int healthRetries = 2;

    /// Further lines as `docker import --change` takes them: EXPOSE, VOLUME, USER, WORKDIR.
    QStringList changes = {};
};

/// An image that stands in the lab's registry.
struct PublishedImage
{
    /// registry/repository:tag
    QString reference;
    /// Digest of the manifest in the registry: sha256:…
    QString digest;
    /// Id of the image once the engine has it: sha256:…
    QString imageId;
};

/// Makes small images from busybox and puts them into the lab's registry.
class TestImages
{
public:
    explicit TestImages(TestLab lab);

    /// Command that serves the marker over HTTP on port 80 and ends at once on SIGTERM.
    [[nodiscard]] static QStringList webServer();

    [[nodiscard]] QString reference(const ImageOptions &options) const;

    /// Puts the image into the registry only. What the engine has under the same tag stays, just as when
    /// somebody else publishes a new version.
    core::Result<PublishedImage> publish(const ImageOptions &options);

    /// publish() and then pull it, so that containers can run from it.
    core::Result<PublishedImage> publishAndPull(const ImageOptions &options);

    core::Result<> pull(const QString &reference) const;

private:
    core::Result<QString> makeArchive(const QString &marker);
    core::Result<> makeRoot(const QString &marker);
    core::Result<PublishedImage> pushed(const ImageOptions &options, const QString &archive) const;

    TestLab m_lab;
    QTemporaryDir m_work;
};

} // namespace dockerauto::testsupport
