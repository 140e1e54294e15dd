#include "registrywriter.h"

#include <QCryptographicHash>
#include <QNetworkReply>
#include <QTest>

namespace dockerauto::e2e {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;

namespace {

const QByteArray manifestType = "application/vnd.oci.image.manifest.v1+json";
const QByteArray dockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";
const QByteArray indexType = "application/vnd.oci.image.index.v1+json";

QString digestOf(const QByteArray &bytes)
{
    return QStringLiteral("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Result<Json> parse(const QByteArray &bytes)
{
    return core::parsePeerJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

} // namespace

RegistryWriter::Answer RegistryWriter::send(const QByteArray &method, const QString &url,
    const QByteArray &type, const QByteArray &body, const QByteArray &accept)
{
    QNetworkRequest request{QUrl(url)};
    if (!type.isEmpty()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    }
    if (!accept.isEmpty()) {
        request.setRawHeader("Accept", accept);
    }
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20'000)) {
        return {};
    }
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
        reply->rawHeader("Location")};
}

Result<> RegistryWriter::readBase(const QString &reference)
{
    const QString host = reference.section(u'/', 0, 0);
    const QString path = reference.section(u'/', 1).section(u':', 0, 0);
    const QString tag = reference.section(u':', -1);
    const QString root = QStringLiteral("http://%1/v2/%2/").arg(host, path);
    const auto read = [&](const QString &what) -> Result<QByteArray> {
        const auto answer = send("GET", root + what, {}, {}, dockerManifestType);
        return answer.status == 200
                   ? Result<QByteArray>(answer.body)
                   : fail(ErrorCode::Unavailable, QStringLiteral("%1: %2").arg(what).arg(answer.status));
    };
    DOCKERAUTO_TRY_ASSIGN(manifestBytes, read(QStringLiteral("manifests/") + tag));
    DOCKERAUTO_TRY_ASSIGN(manifest, parse(manifestBytes));
    m_baseManifest = manifest;
    DOCKERAUTO_TRY_ASSIGN(
        config, read(QStringLiteral("blobs/") + core::textOf(manifest["config"], "digest")));
    DOCKERAUTO_TRY_ASSIGN(configJson, parse(config));
    m_baseConfig = configJson;
    for (const Json &layer : manifest["layers"]) {
        const QString digest = core::textOf(layer, "digest");
        DOCKERAUTO_TRY_ASSIGN(bytes, read(QStringLiteral("blobs/") + digest));
        m_layers.emplace(digest, bytes);
    }
    return {};
}

Result<> RegistryWriter::putBlob(const QString &repository, const QString &digest, const QByteArray &bytes)
{
    if (!m_known.emplace(repository, digest).second) {
        return {};
    }
    const auto begun = send("POST", url(repository + QStringLiteral("/blobs/uploads/")));
    if (begun.status != 202) {
        return fail(ErrorCode::Unavailable, QStringLiteral("an upload is refused: %1").arg(begun.status));
    }
    const QString location = QString::fromLatin1(begun.location);
    const QString whole =
        location.startsWith(u'/') ? QStringLiteral("http://") + m_host + location : location;
    const auto put =
        send("PUT", whole + (whole.contains(u'?') ? u'&' : u'?') + QStringLiteral("digest=") + digest,
            "application/octet-stream", bytes);
    return put.status == 201
               ? Result<>()
               : fail(ErrorCode::Unavailable, QStringLiteral("a blob is refused: %1").arg(put.status));
}

Result<QString> RegistryWriter::putManifest(
    const QString &repository, const Json &manifest, const QByteArray &type)
{
    const QByteArray bytes = QByteArray::fromStdString(manifest.dump());
    const QString digest = digestOf(bytes);
    m_manifests[digest] = {type, bytes};
    DOCKERAUTO_TRY(put(repository, digest, digest));
    return digest;
}

Result<> RegistryWriter::put(const QString &repository, const QString &reference, const QString &digest)
{
    const auto &[type, bytes] = m_manifests.at(digest);
    const auto answer = send("PUT", url(repository + QStringLiteral("/manifests/") + reference), type, bytes);
    return answer.status == 201 ? Result<>()
                                : fail(ErrorCode::Unavailable, QStringLiteral("a manifest is refused: %1 %2")
                                                                   .arg(answer.status)
                                                                   .arg(QString::fromUtf8(answer.body)));
}

Result<QString> RegistryWriter::image(const QString &repository, const Variant &variant)
{
    Json config = m_baseConfig;
    config["architecture"] = variant.architecture.toStdString();
    config["config"]["Env"].push_back("CONTENT=" + variant.content.toStdString());
    for (auto label = variant.labels.cbegin(); label != variant.labels.cend(); ++label) {
        config["config"]["Labels"][label.key().toStdString()] = label.value().toStdString();
    }
    const QByteArray configBytes = QByteArray::fromStdString(config.dump());
    for (const auto &[digest, bytes] : m_layers) {
        DOCKERAUTO_TRY(putBlob(repository, digest, bytes));
    }
    DOCKERAUTO_TRY(putBlob(repository, digestOf(configBytes), configBytes));
    Json manifest = m_baseManifest;
    manifest["config"]["digest"] = digestOf(configBytes).toStdString();
    manifest["config"]["size"] = configBytes.size();
    return putManifest(repository, manifest, dockerManifestType);
}

Result<QString> RegistryWriter::index(
    const QString &repository, const std::vector<Entry> &entries, const QString &salt)
{
    Json manifests = Json::array();
    for (const Entry &entry : entries) {
        const auto &[type, bytes] = m_manifests.at(entry.digest);
        Json descriptor{{"digest", entry.digest.toStdString()}, {"mediaType", type.toStdString()},
            {"size", bytes.size()}};
        if (entry.attestation) {
            descriptor["platform"] = {{"os", "unknown"}, {"architecture", "unknown"}};
            descriptor["annotations"] = {{"vnd.docker.reference.type", "attestation-manifest"}};
        } else if (!entry.index) {
            descriptor["platform"] = {{"os", "linux"}, {"architecture", entry.architecture.toStdString()}};
        }
        manifests.push_back(std::move(descriptor));
    }
    return putManifest(repository,
        Json{{"schemaVersion", 2}, {"mediaType", indexType.toStdString()}, {"manifests", manifests},
            {"annotations", {{"salt", salt.toStdString()}}}},
        indexType);
}

Result<> RegistryWriter::tag(const QString &repository, const QString &tag, const QString &digest)
{
    return put(repository, tag, digest);
}

Result<QString> RegistryWriter::publish(
    const QString &repository, const QString &tagName, const Variant &variant)
{
    DOCKERAUTO_TRY_ASSIGN(digest, image(repository, variant));
    DOCKERAUTO_TRY(tag(repository, tagName, digest));
    return digest;
}

} // namespace dockerauto::e2e
