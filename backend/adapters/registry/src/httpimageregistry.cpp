#include "registry/httpimageregistry.h"

#include "digest.h"
#include "httpclient.h"
#include "registryaddress.h"
#include "responseerrors.h"
#include "tokensource.h"

#include <core/json.h>

#include <algorithm>
#include <array>
#include <set>

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using domain::ImageReference;
using ports::RemoteManifest;
using Method = HttpRequest::Method;
using Reach = HttpRequest::Reach;

namespace {

constexpr int maxRedirects = 5;
constexpr qsizetype maxManifest = 4 * 1024 * 1024;

constexpr std::array mediaTypes{"application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json"};

QByteArray acceptHeader()
{
    QByteArray all;
    for (const char *type : mediaTypes) {
        all += (all.isEmpty() ? "" : ", ") + QByteArray(type);
    }
    return all;
}

bool isManifestType(const QString &type)
{
    return std::ranges::any_of(mediaTypes, [&](const char *known) { return type == QLatin1String(known); });
}

QString mediaTypeOf(const HttpResponse &response)
{
    const QByteArray value = response.header("content-type");
    return QString::fromLatin1(value.left(value.indexOf(';') < 0 ? value.size() : value.indexOf(';')))
        .trimmed()
        .toLower();
}

/// Registries exist that send every JSON as application/json; a sign-in page of a hotel is no JSON at all.
bool isManifest(const HttpResponse &response)
{
    if (isManifestType(mediaTypeOf(response))) {
        return true;
    }
    const auto json = core::parsePeerJson(
        std::string_view(response.body.constData(), static_cast<std::size_t>(response.body.size())));
    return json && json->is_object() && core::memberOf(*json, "schemaVersion") == core::Json(2);
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

core::Failure wrongDigest(const QString &registry, const QString &subject)
{
    return core::fail(ErrorCode::Corrupt,
        QStringLiteral("What %1 sent for %2 does not match its digest. Nothing was taken from it.")
            .arg(registry, subject));
}

} // namespace

class HttpImageRegistry::Private
{
public:
    Private(Settings given, const core::Clock &time)
        : settings(std::move(given))
        , clock(time)
        , tokens(
              [this](HttpRequest request, bool plainAllowed,
                  const CallContext &context) -> core::Result<HttpResponse> {
                  auto response = follow(std::move(request), plainAllowed, context);
                  if (!response) {
                      return core::fail(std::move(response.error().error));
                  }
                  return std::move(*response);
              },
              settings.credentials, time)
    {
    }

    [[nodiscard]] bool isInsecure(const QString &host) const
    {
        const auto &listed = settings.insecureRegistries;
        return isLoopback(host) || std::ranges::find(listed, host) != listed.end() ||
               std::ranges::find(listed, QUrl(QStringLiteral("https://") + host).host()) != listed.end();
    }

    /// The answer to a request about the image, signed in where the registry asks for it.
    core::Result<HttpResponse> ask(const ImageReference &image, Method method, const CallContext &context);

    static QString registryOf(const ImageReference &image)
    {
        return image.domain.value_or(QStringLiteral("docker.io"));
    }

    Settings settings;
    const core::Clock &clock;

private:
    tl::expected<HttpResponse, TransportError> follow(
        HttpRequest request, bool plainAllowed, const CallContext &context);
    std::optional<core::Error> redirect(
        HttpRequest &request, const HttpResponse &response, bool plainAllowed) const;
    core::Result<HttpResponse> send(
        const QString &registry, const QString &path, HttpRequest request, const CallContext &context);

    HttpClient client;
    TokenSource tokens;
    std::mutex mutex;
    /// Registries that were found to speak plain HTTP.
    std::set<QString> plain;
};

/// Points the request at where the response sends it.
std::optional<core::Error> HttpImageRegistry::Private::redirect(
    HttpRequest &request, const HttpResponse &response, bool plainAllowed) const
{
    const QUrl from = request.url;
    const QUrl to = from.resolved(QUrl::fromEncoded(response.header("location"), QUrl::StrictMode));
    const bool secure = to.scheme() == QLatin1String("https");
    const bool stillPlain = to.scheme() == QLatin1String("http") && from.scheme() == QLatin1String("http") &&
                            plainAllowed && isInsecure(to.authority());
    if (!to.isValid() || to.host().isEmpty() || !to.userInfo().isEmpty() || (!secure && !stillPlain)) {
        return core::Error{ErrorCode::Unavailable,
            QStringLiteral("%1 redirects to an address that is not safe to follow.").arg(from.host()), {},
            nullptr};
    }
    if (originOf(to) != originOf(from)) {
        request.authorization.clear();
        request.reach = response.peerIsPublic ? Reach::PublicOnly : request.reach;
    }
    request.url = to;
    return std::nullopt;
}

tl::expected<HttpResponse, TransportError> HttpImageRegistry::Private::follow(
    HttpRequest request, bool plainAllowed, const CallContext &context)
{
    for (int hop = 0;; ++hop) {
        auto response = client.send(request, context);
        if (!response || !isRedirect(response->status)) {
            return response;
        }
        if (hop == maxRedirects) {
            return tl::unexpected(TransportError{core::Error{ErrorCode::Unavailable,
                QStringLiteral("%1 redirects again and again.").arg(request.url.host()), {}, nullptr}});
        }
        if (auto error = redirect(request, *response, plainAllowed)) {
            return tl::unexpected(TransportError{std::move(*error)});
        }
    }
}

/// To the registry itself, by HTTPS or, where that is allowed and nothing else is spoken there, HTTP.
core::Result<HttpResponse> HttpImageRegistry::Private::send(
    const QString &registry, const QString &path, HttpRequest request, const CallContext &context)
{
    const QString host = apiHost(registry);
    const bool plainAllowed = isInsecure(host);
    bool usePlain = false;
    {
        const std::scoped_lock lock(mutex);
        usePlain = plain.contains(host);
    }
    const auto attempt = [&](const char *scheme) {
        request.url = QUrl(QLatin1String(scheme) + host + path, QUrl::StrictMode);
        return follow(request, plainAllowed, context);
    };
    if (!QUrl(QStringLiteral("https://") + host, QUrl::StrictMode).isValid()) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("%1 is no address of a registry.").arg(registry));
    }
    auto response = attempt(usePlain ? "http://" : "https://");
    if (!response && !usePlain && plainAllowed && response.error().kind == TransportError::Kind::NoTls) {
        response = attempt("http://");
        usePlain = response.has_value();
    } else if (!response) {
        usePlain = false;
    }
    {
        const std::scoped_lock lock(mutex);
        if (usePlain) {
            plain.insert(host);
        } else {
            plain.erase(host);
        }
    }
    if (!response) {
        return core::fail(std::move(response.error().error));
    }
    return std::move(*response);
}

core::Result<HttpResponse> HttpImageRegistry::Private::ask(
    const ImageReference &image, Method method, const CallContext &context)
{
    const QString registry = registryOf(image);
    const QString path = QStringLiteral("/v2/%1/manifests/%2").arg(image.path, image.requestReference());
    HttpRequest request;
    request.method = method;
    request.accept = acceptHeader();
    request.maxBody = maxManifest;
    DOCKERAUTO_TRY_ASSIGN(authorization, tokens.authorizationFor(registry, image.path, context));
    request.authorization = authorization;
    DOCKERAUTO_TRY_ASSIGN(response, send(registry, path, request, context));
    // A refusal by another host that we were sent to is not the registry's to answer.
    const bool ownRefusal =
        response.status == 401 &&
        response.url.authority() == QUrl(QStringLiteral("https://") + apiHost(registry)).authority();
    if (!ownRefusal) {
        return response;
    }
    Demand demand;
    demand.reach = response.peerIsPublic ? Reach::PublicOnly : Reach::Anywhere;
    demand.plainAllowed = isInsecure(apiHost(registry));
    DOCKERAUTO_TRY_ASSIGN(answer, tokens.answer(registry, image.path, response, demand, context));
    request.authorization = answer;
    return send(registry, path, request, context);
}

HttpImageRegistry::HttpImageRegistry(Settings settings, const core::Clock &clock)
    : d(std::make_unique<Private>(std::move(settings), clock))
{
}

HttpImageRegistry::~HttpImageRegistry() = default;

core::Result<RemoteManifest> HttpImageRegistry::head(const ImageReference &image, const CallContext &context)
{
    const QString registry = Private::registryOf(image);
    DOCKERAUTO_TRY_ASSIGN(response, d->ask(image, Method::Head, context));
    const bool unknownMethod = response.status == 405 || response.status == 501;
    if (response.status != 200 && !unknownMethod) {
        return core::fail(errorOf(response, registry, image.familiar(), d->clock.now()));
    }
    const QString digest = QString::fromLatin1(response.header("docker-content-digest"));
    if (unknownMethod || !isDigest(digest)) {
        return get(image, context);
    }
    if (image.digest && sameAlgorithm(digest, *image.digest) && digest != *image.digest) {
        return wrongDigest(registry, image.familiar());
    }
    return RemoteManifest{digest, mediaTypeOf(response), {}};
}

core::Result<RemoteManifest> HttpImageRegistry::get(const ImageReference &image, const CallContext &context)
{
    const QString registry = Private::registryOf(image);
    DOCKERAUTO_TRY_ASSIGN(response, d->ask(image, Method::Get, context));
    if (response.status != 200) {
        return core::fail(errorOf(response, registry, image.familiar(), d->clock.now()));
    }
    if (!isManifest(response)) {
        return core::fail(ErrorCode::Corrupt,
            QStringLiteral(
                "%1 answered with something that is no image manifest. Is there a proxy or a sign-in page "
                "in between?")
                .arg(registry));
    }
    const QString claimed = QString::fromLatin1(response.header("docker-content-digest"));
    const QString digest = digestOf(response.body, isDigest(claimed) ? claimed : QString());
    if ((isDigest(claimed) && claimed != digest) ||
        (image.digest && isDigest(*image.digest) &&
            digestOf(response.body, *image.digest) != *image.digest)) {
        return wrongDigest(registry, image.familiar());
    }
    return RemoteManifest{digest, mediaTypeOf(response), response.body};
}

} // namespace dockerauto::registry
