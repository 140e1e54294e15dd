#pragma once

#include <core/json.h>
#include <ports/imageregistry.h>

#include <QCryptographicHash>

#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace dockerauto::testsupport {

/// A registry in memory that keeps real manifests, says what it is told to say, and counts. Thread-safe.
class FakeRegistry final : public ports::ImageRegistry
{
public:
    struct Image
    {
        QString digest;
        QString configDigest;
    };

    static QString digestOf(const QByteArray &bytes)
    {
        return QStringLiteral("sha256:") +
               QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }

    /// A manifest for one platform; `content` tells images apart.
    Image single(const QString &content, const QString &architecture = QStringLiteral("amd64"))
    {
        const core::Json config{{"os", "linux"}, {"architecture", architecture.toStdString()},
            {"content", content.toStdString()}, {"config", {{"Env", {"CONTENT=" + content.toStdString()}}}}};
        const QByteArray configBytes = QByteArray::fromStdString(config.dump());
        const QString configDigest = keepBlob(configBytes);
        const core::Json manifest{{"schemaVersion", 2}, {"mediaType", manifestType},
            {"config", {{"digest", configDigest.toStdString()}, {"size", configBytes.size()}}},
            {"layers", {{{"digest", "sha256:base"}, {"size", 100}},
                           {{"digest", "sha256:" + content.toStdString()}, {"size", 10}}}}};
        return {keepManifest(manifest, manifestType), configDigest};
    }

    struct Entry
    {
        QString digest;
        QString architecture;
        bool attestation = false;
        bool nested = false;
    };
    /// An index over manifests; `salt` makes two of the same entries differ.
    QString index(const std::vector<Entry> &entries, const QString &salt = {})
    {
        core::Json manifests = core::Json::array();
        for (const Entry &entry : entries) {
            core::Json descriptor{{"digest", entry.digest.toStdString()},
                {"mediaType", entry.nested ? indexType : manifestType},
                {"platform",
                    {{"os", entry.attestation ? "unknown" : "linux"},
                        {"architecture", entry.attestation ? "unknown" : entry.architecture.toStdString()}}}};
            if (entry.nested) {
                descriptor.erase("platform");
            }
            if (entry.attestation) {
                descriptor["annotations"] = {{"vnd.docker.reference.type", "attestation-manifest"}};
            }
            manifests.push_back(std::move(descriptor));
        }
        return keepManifest(
            core::Json{{"schemaVersion", 2}, {"mediaType", indexType}, {"manifests", std::move(manifests)},
                {"annotations", {{"salt", salt.toStdString()}}}},
            indexType);
    }

    /// Points a tag (`example.org/app:1.2`) at something.
    void tag(const QString &reference, const QString &digest)
    {
        const std::lock_guard lock(m_mutex);
        const auto image = domain::ImageReference::parse(reference).value();
        m_tags[image.repository()][*image.tag] = digest;
    }
    /// The same for an image that is known by a digest that somebody made up.
    void publishAs(const QString &reference, const QString &digest)
    {
        const Image image = single(digest);
        {
            const std::lock_guard lock(m_mutex);
            ports::RemoteManifest manifest = m_manifests.at(image.digest);
            manifest.digest = digest;
            m_manifests.insert_or_assign(digest, manifest);
        }
        tag(reference, digest);
    }
    /// What is answered about the reference (`example.org/app:1.2`), or about the tags of a repository.
    void failWith(const QString &subject, const core::Error &error)
    {
        const std::lock_guard lock(m_mutex);
        m_failures.insert_or_assign(subject, error);
    }
    void recover()
    {
        const std::lock_guard lock(m_mutex);
        m_failures.clear();
    }

    core::Result<ports::RemoteManifest> head(
        const domain::ImageReference &image, const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        requests.push_back(QStringLiteral("HEAD ") + image.familiar());
        DOCKERAUTO_TRY_ASSIGN(found, lookUp(image));
        found.body.clear();
        found.publishedAt = publishedAt;
        return found;
    }
    core::Result<ports::RemoteManifest> get(
        const domain::ImageReference &image, const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        requests.push_back(QStringLiteral("GET ") + image.familiar());
        return lookUp(image);
    }
    core::Result<std::vector<QString>> tags(
        const domain::ImageReference &image, const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        requests.push_back(QStringLiteral("TAGS ") + image.familiarName());
        if (const auto failure = m_failures.find(image.familiarName()); failure != m_failures.end()) {
            return core::fail(failure->second);
        }
        std::vector<QString> names;
        for (const auto &[name, digest] : m_tags[image.repository()]) {
            names.push_back(name);
        }
        return names;
    }
    core::Result<QByteArray> blob(const domain::ImageReference &image, const QString &digest, qsizetype,
        const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        requests.push_back(QStringLiteral("BLOB ") + image.familiarName());
        const auto found = m_blobs.find(digest);
        if (found == m_blobs.end()) {
            return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such blob"));
        }
        return found->second;
    }
    core::Result<ports::RegistryTest> test(
        const QString &registry, const QString &, const core::CallContext &) override
    {
        return ports::RegistryTest{true, false, registry + QStringLiteral(" answers")};
    }
    [[nodiscard]] std::vector<ports::RegistryTraffic> traffic() const override
    {
        const std::lock_guard lock(m_mutex);
        return budgets;
    }

    [[nodiscard]] int count(const char *method) const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(std::ranges::count_if(
            requests, [&](const QString &request) { return request.startsWith(QLatin1String(method)); }));
    }
    void forgetRequests()
    {
        const std::lock_guard lock(m_mutex);
        requests.clear();
    }

    /// Like `HEAD example.org/app:1.2`; read through count() while others ask.
    std::vector<QString> requests;
    std::optional<core::Timestamp> publishedAt;
    std::vector<ports::RegistryTraffic> budgets;

private:
    static constexpr const char *manifestType = "application/vnd.oci.image.manifest.v1+json";
    static constexpr const char *indexType = "application/vnd.oci.image.index.v1+json";

    QString keepBlob(const QByteArray &bytes)
    {
        const std::lock_guard lock(m_mutex);
        const QString digest = digestOf(bytes);
        m_blobs.insert_or_assign(digest, bytes);
        return digest;
    }
    QString keepManifest(const core::Json &manifest, const char *type)
    {
        const std::lock_guard lock(m_mutex);
        const QByteArray bytes = QByteArray::fromStdString(manifest.dump());
        const QString digest = digestOf(bytes);
        m_manifests.insert_or_assign(
            digest, ports::RemoteManifest{digest, QLatin1String(type), bytes, std::nullopt});
        return digest;
    }
    core::Result<ports::RemoteManifest> lookUp(const domain::ImageReference &image)
    {
        if (const auto failure = m_failures.find(image.familiar()); failure != m_failures.end()) {
            return core::fail(failure->second);
        }
        const QString digest =
            image.digest.value_or(m_tags[image.repository()][image.tag.value_or(QStringLiteral("latest"))]);
        const auto found = m_manifests.find(digest);
        if (found == m_manifests.end()) {
            return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no ") + image.familiar());
        }
        return found->second;
    }

    mutable std::mutex m_mutex;
    std::map<QString, std::map<QString, QString>> m_tags;
    std::map<QString, ports::RemoteManifest> m_manifests;
    std::map<QString, QByteArray> m_blobs;
    std::map<QString, core::Error> m_failures;
};

} // namespace dockerauto::testsupport
