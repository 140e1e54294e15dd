#include "httprequest.h"

#include <QUrlQuery>

#include <array>

namespace dockerauto::client {
namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Json;

/// A value as a query has it.
QString textOfValue(const Json &value)
{
    return value.is_string() ? QString::fromStdString(value.get_ref<const std::string &>())
                             : QString::fromStdString(core::writeJson(value));
}

ErrorCode codeOf(const QString &text, int status)
{
    constexpr std::array all{ErrorCode::InvalidArgument, ErrorCode::NotFound, ErrorCode::Conflict,
        ErrorCode::Unauthenticated, ErrorCode::PermissionDenied, ErrorCode::RateLimited, ErrorCode::Timeout,
        ErrorCode::Unavailable, ErrorCode::Cancelled, ErrorCode::Corrupt, ErrorCode::Unsupported,
        ErrorCode::Internal};
    for (const ErrorCode code : all) {
        const std::string_view name = core::toText(code);
        if (text == QLatin1String(name.data(), static_cast<qsizetype>(name.size()))) {
            return code;
        }
    }
    switch (status) {
    case 401:
        return ErrorCode::Unauthenticated;
    case 403:
        return ErrorCode::PermissionDenied;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::Conflict;
    case 429:
        return ErrorCode::RateLimited;
    case 502:
    case 503:
        return ErrorCode::Unavailable;
    case 408:
    case 504:
        return ErrorCode::Timeout;
    default:
        return status >= 500 ? ErrorCode::Internal : ErrorCode::InvalidArgument;
    }
}

} // namespace

core::Result<HttpRequestParts> takeApart(
    const contracts::Operation &operation, const Json &request, const QUrl &server)
{
    using contracts::Method;
    const contracts::OperationInfo &info = *operation.info;
    Json rest = request;
    QByteArray path(info.path.data(), static_cast<qsizetype>(info.path.size()));
    for (const std::string &field : contracts::pathFields(info.path)) {
        const Json &value = core::memberOf(request, field.c_str());
        const QString text = value.is_null() ? QString() : textOfValue(value);
        if (text.isEmpty()) {
            const QString name = QString::fromStdString(field);
            return fail(ErrorCode::InvalidArgument, QStringLiteral("“%1” is missing").arg(name), name);
        }
        path.replace(
            QByteArray("{" + QByteArray::fromStdString(field) + "}"), text.toUtf8().toPercentEncoding());
        rest.erase(field);
    }
    const std::string_view methodName = contracts::toText(info.method);
    HttpRequestParts parts{
        QByteArray(methodName.data(), static_cast<qsizetype>(methodName.size())), server, {}};
    QByteArray target = "/api/v1" + path;
    const bool hasBody = info.method == Method::Post || info.method == Method::Put;
    if (!info.bodyField.empty()) {
        parts.body = QByteArray::fromStdString(
            core::writeJson(core::memberOf(rest, std::string(info.bodyField).c_str())));
    } else if (hasBody && !rest.empty()) {
        parts.body = QByteArray::fromStdString(core::writeJson(rest));
    } else if (!hasBody) {
        char separator = '?';
        for (const auto &[name, value] : rest.items()) {
            if (!value.is_null()) {
                target += separator + QByteArray::fromStdString(name).toPercentEncoding() + '=' +
                          textOfValue(value).toUtf8().toPercentEncoding();
                separator = '&';
            }
        }
    }
    parts.url = QUrl::fromEncoded(
        server.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) + target,
        QUrl::StrictMode);
    return parts;
}

core::Result<Json> readAnswer(int status, const QByteArray &body)
{
    const std::string_view text(body.constData(), static_cast<std::size_t>(body.size()));
    if (status >= 200 && status < 300) {
        return body.isEmpty() ? core::Result<Json>(Json::object()) : core::parsePeerJson(text);
    }
    const auto problem = core::parsePeerJson(text);
    const Json &document = problem ? *problem : core::memberOf(Json(), "");
    const Json &errors = core::memberOf(document, "errors");
    const QString path =
        errors.is_array() && !errors.empty() ? core::textOf(errors.front(), "path") : QString();
    return fail(Error{codeOf(core::textOf(document, "code"), status),
        core::textOf(document, "detail", QStringLiteral("The server answered with status %1").arg(status)),
        path, nullptr});
}

} // namespace dockerauto::client
