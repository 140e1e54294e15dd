#include "engineclient.h"

#include "engineerrors.h"

#include <core/logging.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace dockerauto::docker {
namespace {

using core::ErrorCode;
using ports::ApiVersion;

std::optional<ApiVersion> versionFrom(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,4})\\.(\\d{1,4})$"));
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    return ApiVersion{match.captured(1).toInt(), match.captured(2).toInt()};
}

/// What a refusal names as the version to speak instead. Words of moby's daemon/server/middleware/version.go:
/// `client version 1.52 is too new. Maximum supported API version is 1.41` and
/// `client version 1.24 is too old. Minimum supported API version is 1.44, please upgrade …`.
std::optional<ApiVersion> versionDemanded(const HttpResponse &response)
{
    static const QRegularExpression words(
        QStringLiteral("(?:maximum|minimum) supported API version(?: is|:)? v?(\\d+\\.\\d+)|server API "
                       "version: (\\d+\\.\\d+)"),
        QRegularExpression::CaseInsensitiveOption);
    if (response.status != 400) {
        return std::nullopt;
    }
    const auto match = words.match(messageOf(response));
    return match.hasMatch() ? versionFrom(match.captured(match.lastCapturedIndex())) : std::nullopt;
}

core::Failure outOfRange(ApiVersion version)
{
    const bool old = version < EngineClient::lowest;
    return core::fail(ErrorCode::Unsupported,
        QStringLiteral("The Docker Engine speaks API %1, and this program speaks %2 to %3. Update %4.")
            .arg(version.text(), EngineClient::lowest.text(), EngineClient::highest.text(),
                old ? QStringLiteral("the Docker Engine") : QStringLiteral("this program")));
}

} // namespace

EngineClient::EngineClient(EngineAddress address, HttpLimits limits, std::optional<ApiVersion> fixedVersion)
    : m_http(std::move(address), limits), m_fixed(fixedVersion)
{
}

core::Result<ApiVersion> EngineClient::version(const core::CallContext &context)
{
    if (m_fixed) {
        return *m_fixed;
    }
    {
        const std::scoped_lock lock(m_mutex);
        if (m_version) {
            return *m_version;
        }
    }
    DOCKERAUTO_TRY_ASSIGN(found, negotiate(context));
    remember(found);
    return found;
}

core::Result<ApiVersion> EngineClient::negotiate(const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(response, ping(context));
    const QByteArray said = response.header("api-version");
    if (said.isEmpty()) {
        qCDebug(core::logEngine, "The engine does not say which API version it speaks; trying %d.%d",
            lowest.major, lowest.minor);
        return lowest;
    }
    const auto offered = versionFrom(QString::fromLatin1(said));
    if (!offered) {
        return core::fail(ErrorCode::Corrupt,
            QStringLiteral(
                "What answers on %1 names no API version of Docker. Is this the address of a Docker "
                "Engine?")
                .arg(m_http.address().display()));
    }
    if (*offered < lowest) {
        return outOfRange(*offered);
    }
    return std::min(*offered, highest);
}

core::Result<HttpResponse> EngineClient::ping(const core::CallContext &context)
{
    HttpRequest request{"HEAD", "/_ping", {}, {}};
    DOCKERAUTO_TRY_ASSIGN(head, m_http.send(request, context));
    // An engine whose parts are ill answers 500 and still says its version.
    const auto told = [](const HttpResponse &response) {
        return response.status == 200 ||
               (response.status == 500 && !response.header("api-version").isEmpty());
    };
    if (told(head)) {
        return head;
    }
    request.method = "GET";
    DOCKERAUTO_TRY_ASSIGN(get, m_http.send(request, context));
    if (!told(get)) {
        return core::fail(statusError(request, request.target, get));
    }
    return get;
}

core::Result<HttpResponse> EngineClient::send(
    const ApiRequest &request, ApiVersion version, const core::CallContext &context, const HttpStream *stream)
{
    HttpRequest http;
    http.method = request.method;
    http.target = "/v" + version.text().toLatin1() + request.path;
    if (!request.query.isEmpty()) {
        http.target += '?' + request.query;
    }
    if (request.body) {
        http.body = core::writeJson(*request.body);
    }
    http.headers = request.headers;
    http.upload = request.upload;
    return m_http.send(http, context, stream);
}

core::Result<HttpResponse> EngineClient::call(
    const ApiRequest &request, const core::CallContext &context, const HttpStream *stream)
{
    DOCKERAUTO_TRY_ASSIGN(spoken, version(context));
    auto response = send(request, spoken, context, stream);
    if (const auto demanded = response ? versionDemanded(*response) : std::nullopt;
        demanded && !m_fixed && !request.upload) {
        // Refused before anything was done, so asking again repeats nothing. A source gives its bytes once.
        if (*demanded < lowest || *demanded > highest) {
            forgetVersion();
            return outOfRange(*demanded);
        }
        remember(*demanded);
        response = send(request, *demanded, context, stream);
    }
    if (!response) {
        if (response.error().code == ErrorCode::Unavailable) {
            forgetVersion();
        }
        return response;
    }
    if (response->status / 100 != 2 && response->status != 304) {
        return core::fail(statusError(HttpRequest{request.method, {}, {}, {}}, request.path, *response));
    }
    return response;
}

core::Result<core::Json> EngineClient::callJson(const ApiRequest &request, const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(response, call(request, context));
    auto json = core::parsePeerJson({response.body.constData(), size_t(response.body.size())});
    if (!json) {
        return core::fail(json.error().within(
            QStringLiteral("The Docker Engine's answer to %1 %2 cannot be read")
                .arg(QString::fromUtf8(request.method), QString::fromUtf8(request.path))));
    }
    return json;
}

void EngineClient::remember(ApiVersion version)
{
    const std::scoped_lock lock(m_mutex);
    m_version = version;
}

void EngineClient::forgetVersion()
{
    const std::scoped_lock lock(m_mutex);
    m_version.reset();
}

core::Result<QByteArray> pathSegment(const QString &nameOrId)
{
    if (nameOrId.isEmpty() || nameOrId.startsWith(u'.') || nameOrId.contains(u'/') ||
        nameOrId.contains(QChar(u'\0'))) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("“%1” is no name and no id.").arg(nameOrId.left(128)));
    }
    return QUrl::toPercentEncoding(nameOrId);
}

core::Result<QByteArray> imagePath(const QString &idOrReference)
{
    static const QRegularExpression form(
        QStringLiteral("^[A-Za-z0-9][A-Za-z0-9_.:@+\\-]*(?:/[A-Za-z0-9_:@+\\-][A-Za-z0-9_.:@+\\-]*)*$"));
    if (!form.match(idOrReference).hasMatch()) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” is no image id and no reference to an image.").arg(idOrReference.left(256)));
    }
    return QUrl::toPercentEncoding(idOrReference, "/:@");
}

QByteArray queryItem(const char *name, const QString &value)
{
    return QByteArray(name) + '=' + QUrl::toPercentEncoding(value);
}

} // namespace dockerauto::docker
