#include "manifests.h"

#include "digest.h"
#include "responseerrors.h"

#include <core/json.h>

#include <algorithm>
#include <array>

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using domain::ImageReference;
using ports::RemoteManifest;
using Method = HttpRequest::Method;

namespace {

constexpr qsizetype maxManifest = 4 * 1024 * 1024;
constexpr qsizetype maxErrorText = 64 * 1024;
constexpr int ok = 200;

constexpr std::array mediaTypes{"application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json"};

const QByteArray &acceptHeader()
{
    static const QByteArray header = [] {
        QByteArray all;
        for (const char *type : mediaTypes) {
            all += (all.isEmpty() ? "" : ", ") + QByteArray(type);
        }
        return all;
    }();
    return header;
}

bool isManifestType(const QString &type)
{
    return std::ranges::any_of(mediaTypes, [&](const char *known) { return type == QLatin1String(known); });
}

QString mediaTypeOf(const HttpResponse &response)
{
    return QString::fromLatin1(response.header("content-type").split(';').value(0)).trimmed().toLower();
}

/// Registries exist that send every JSON as application/json; a sign-in page of a hotel is no JSON at all,
/// and neither is what was cut off on its way.
bool isManifest(const HttpResponse &response)
{
    const auto json = core::parsePeerJson(
        std::string_view(response.body.constData(), static_cast<std::size_t>(response.body.size())));
    return json && json->is_object() &&
           (isManifestType(mediaTypeOf(response)) || core::memberOf(*json, "schemaVersion") == core::Json(2));
}

core::Failure wrongDigest(const QString &registry, const QString &subject)
{
    return core::fail(ErrorCode::Corrupt,
        QStringLiteral("What %1 sent for %2 does not match its digest. Nothing was taken from it.")
            .arg(nameForPeople(registry), subject));
}

std::optional<core::Timestamp> publishedAt(const HttpResponse &response, core::Timestamp now)
{
    const auto date = parseHttpDate(response.header("last-modified"));
    const bool isSane = date && *date <= now && date->time_since_epoch().count() > 0;
    return isSane ? date : std::nullopt;
}

core::Result<HttpResponse> askForManifest(RegistryClient &client, const QString &registry,
    const ImageReference &image, Method method, const CallContext &context)
{
    HttpRequest request;
    request.method = method;
    request.accept = acceptHeader();
    request.maxBody = maxManifest;
    const QString path = QStringLiteral("/v2/%1/manifests/%2").arg(image.path, image.requestReference());
    const Purpose purpose = method == Method::Head ? Purpose::Look : Purpose::Pull;
    return client.ask(registry, image.path, path, std::move(request), purpose, context);
}

} // namespace

core::Result<RemoteManifest> headManifest(
    RegistryClient &client, const QString &registry, const ImageReference &image, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(response, askForManifest(client, registry, image, Method::Head, context));
    const auto now = client.clock().now();
    const bool unknownMethod = response.status == 405 || response.status == 501;
    if (response.status != ok && !unknownMethod) {
        return core::fail(errorOf(response, registry, image.familiar(), now));
    }
    const QString digest = QString::fromLatin1(response.header("docker-content-digest"));
    if (unknownMethod || !isDigest(digest)) {
        return getManifest(client, registry, image, context);
    }
    if (image.digest && sameAlgorithm(digest, *image.digest) && digest != *image.digest) {
        return wrongDigest(registry, image.familiar());
    }
    return RemoteManifest{digest, mediaTypeOf(response), {}, publishedAt(response, now)};
}

core::Result<RemoteManifest> getManifest(
    RegistryClient &client, const QString &registry, const ImageReference &image, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(response, askForManifest(client, registry, image, Method::Get, context));
    const auto now = client.clock().now();
    if (response.status != ok) {
        return core::fail(errorOf(response, registry, image.familiar(), now));
    }
    if (!isManifest(response)) {
        return core::fail(ErrorCode::Corrupt,
            QStringLiteral(
                "%1 answered with something that is no image manifest. Is there a proxy or a sign-in page "
                "in between?")
                .arg(nameForPeople(registry)));
    }
    const QString claimed = QString::fromLatin1(response.header("docker-content-digest"));
    const QString digest = digestOf(response.body, isDigest(claimed) ? claimed : QString());
    if ((isDigest(claimed) && claimed != digest) ||
        (image.digest && isDigest(*image.digest) &&
            digestOf(response.body, *image.digest) != *image.digest)) {
        return wrongDigest(registry, image.familiar());
    }
    return RemoteManifest{digest, mediaTypeOf(response), response.body, publishedAt(response, now)};
}

core::Result<QByteArray> getBlob(RegistryClient &client, const QString &registry, const ImageReference &image,
    const QString &digest, qsizetype maxBytes, const CallContext &context)
{
    if (!isDigest(digest)) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("“%1” is no digest that can be checked.").arg(digest));
    }
    HttpRequest request;
    request.accept = "*/*";
    // What is said instead of a small blob may be longer than the blob.
    request.maxBody = std::max(maxBytes, maxErrorText);
    const QString path = QStringLiteral("/v2/%1/blobs/%2").arg(image.path, digest);
    DOCKERAUTO_TRY_ASSIGN(
        response, client.ask(registry, image.path, path, std::move(request), Purpose::Look, context));
    const QString subject = QStringLiteral("%1 of %2").arg(digest, image.familiarName());
    if (response.status != ok) {
        return core::fail(errorOf(response, registry, subject, client.clock().now()));
    }
    if (response.body.size() > maxBytes) {
        return core::fail(ErrorCode::Corrupt, QStringLiteral("What %1 sent for %2 is too large to be right.")
                                                  .arg(nameForPeople(registry), subject));
    }
    if (digestOf(response.body, digest) != digest) {
        return wrongDigest(registry, subject);
    }
    return response.body;
}

} // namespace dockerauto::registry
