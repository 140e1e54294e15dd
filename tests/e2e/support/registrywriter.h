#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QMap>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QString>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace dockerauto::e2e {

/// Puts images into a registry by its API: many repositories and tags in little time, and forms that no
/// `docker push` makes. All images share the layers of one that is there already. Waits for each answer, with
/// the event loop running.
class RegistryWriter
{
public:
    /// `host` as in image references; `source` is where the image that is varied stands.
    explicit RegistryWriter(QString host) : m_host(std::move(host)) {}

    /// Reads the image `reference` (any registry without TLS) that all others are made from.
    core::Result<> readBase(const QString &reference);

    struct Variant
    {
        /// Two images with different contents have different digests.
        QString content;
        QString architecture = QStringLiteral("amd64");
        QMap<QString, QString> labels = {};
    };
    /// A manifest in the repository; the value is its digest. It has no tag yet.
    core::Result<QString> image(const QString &repository, const Variant &variant);

    struct Entry
    {
        QString digest;
        QString architecture = {};
        bool attestation = false;
        bool index = false;
    };
    /// An index over what is in the repository.
    core::Result<QString> index(
        const QString &repository, const std::vector<Entry> &entries, const QString &salt = {});

    /// Points the tag at a manifest or index of the repository.
    core::Result<> tag(const QString &repository, const QString &tag, const QString &digest);
    /// image() and tag().
    core::Result<QString> publish(const QString &repository, const QString &tag, const Variant &variant);

    /// `host/repository:tag`
    [[nodiscard]] QString reference(const QString &repository, const QString &tag) const
    {
        return m_host + u'/' + repository + u':' + tag;
    }

private:
    struct Answer
    {
        int status = 0;
        QByteArray body;
        QByteArray location;
    };
    Answer send(const QByteArray &method, const QString &url, const QByteArray &type = {},
        const QByteArray &body = {}, const QByteArray &accept = {});
    core::Result<> putBlob(const QString &repository, const QString &digest, const QByteArray &bytes);
    core::Result<QString> putManifest(
        const QString &repository, const core::Json &manifest, const QByteArray &type);
    core::Result<> put(const QString &repository, const QString &reference, const QString &digest);
    [[nodiscard]] QString url(const QString &path) const
    {
        return QStringLiteral("http://") + m_host + QStringLiteral("/v2/") + path;
    }

    QString m_host;
    QNetworkAccessManager m_network;
    core::Json m_baseConfig;
    core::Json m_baseManifest;
    std::map<QString, QByteArray> m_layers;
    std::map<QString, std::pair<QByteArray, QByteArray>> m_manifests;
    std::set<std::pair<QString, QString>> m_known;
};

} // namespace dockerauto::e2e
