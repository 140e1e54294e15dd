#include "requestjson.h"

#include "router.h"

#include <QList>

namespace dockerauto::api {
namespace {

using core::ErrorCode;
using core::fail;

tl::unexpected<RequestProblem> problem(int status, const QString &message, const QString &path = {})
{
    return tl::unexpected(
        RequestProblem{status, core::Error{ErrorCode::InvalidArgument, message, path, nullptr}});
}

enum class MediaTypes
{
    Json,
    /// Also those that are made of it: `application/vnd.docker.distribution.events.v1+json`.
    JsonBased
};

bool isJson(const QByteArray &contentType, MediaTypes allowed)
{
    const auto parts = contentType.toLower().split(';');
    const QByteArray type = parts[0].trimmed();
    const QByteArray parameter = parts.size() == 2 ? parts[1].trimmed() : QByteArray();
    const bool isBased = type.startsWith("application/") && type.endsWith("+json");
    return parts.size() <= 2 &&
           (type == "application/json" || (allowed == MediaTypes::JsonBased && isBased)) &&
           (parameter.isEmpty() || parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"");
}

tl::expected<core::Json, RequestProblem> anyJson(const RequestParts &parts, MediaTypes allowed)
{
    if (!isJson(parts.contentType, allowed)) {
        return problem(415, QStringLiteral("Send the body as JSON with Content-Type: application/json"));
    }
    auto body = core::parseJson({parts.body.constData(), static_cast<std::size_t>(parts.body.size())});
    if (!body) {
        return tl::unexpected(RequestProblem{400, std::move(body.error())});
    }
    return std::move(*body);
}

tl::expected<core::Json, RequestProblem> bodyJson(
    const contracts::OperationInfo &info, const RequestParts &parts)
{
    core::Json object = core::Json::object();
    if (parts.body.isEmpty()) {
        return object;
    }
    if (!info.bodyField.empty()) {
        auto value = anyJson(parts, MediaTypes::JsonBased);
        if (!value) {
            return value;
        }
        object[std::string(info.bodyField)] = std::move(*value);
        return object;
    }
    auto body = anyJson(parts, MediaTypes::Json);
    if (body && !body->is_object()) {
        return problem(422, QStringLiteral("The body must be an object"));
    }
    return body;
}

} // namespace

core::Result<std::map<std::string, std::string>> queryFields(const QByteArray &query)
{
    std::map<std::string, std::string> fields;
    if (query.isEmpty()) {
        return fields;
    }
    for (QByteArray part : query.split('&')) {
        if (part.isEmpty()) {
            continue;
        }
        part.replace('+', ' ');
        const qsizetype equals = part.indexOf('=');
        const auto name = decodePart(equals < 0 ? part : part.left(equals));
        const auto value = decodePart(equals < 0 ? QByteArray() : part.mid(equals + 1));
        if (!name || name->empty()) {
            return fail(ErrorCode::InvalidArgument, QStringLiteral("A field of the query has no valid name"));
        }
        const QString path = QString::fromStdString(*name);
        if (!value) {
            return fail(ErrorCode::InvalidArgument, QStringLiteral("“%1” must be a text").arg(path), path);
        }
        if (!fields.emplace(*name, *value).second) {
            return fail(ErrorCode::InvalidArgument, QStringLiteral("“%1” stands twice").arg(path), path);
        }
    }
    return fields;
}

tl::expected<core::Json, RequestProblem> requestJson(
    const contracts::Operation &operation, const RequestParts &parts)
{
    using contracts::Method;
    auto query = queryFields(parts.query);
    if (!query) {
        return tl::unexpected(RequestProblem{422, std::move(query.error())});
    }
    const Method method = operation.info->method;
    const bool hasBody = method == Method::Post || method == Method::Put;
    if (!hasBody && !parts.body.isEmpty()) {
        return problem(400, QStringLiteral("This request takes no body"));
    }
    if (hasBody && !query->empty()) {
        const QString name = QString::fromStdString(query->begin()->first);
        return problem(422, QStringLiteral("“%1” is not known here; send it in the body").arg(name), name);
    }
    for (const auto &[name, value] : parts.fields) {
        if (!query->emplace(name, value).second) {
            const QString path = QString::fromStdString(name);
            return problem(422, QStringLiteral("“%1” stands in the path already").arg(path), path);
        }
    }
    auto request = operation.fromTexts(*query);
    if (!request) {
        return tl::unexpected(RequestProblem{422, std::move(request.error())});
    }
    if (!hasBody) {
        return std::move(*request);
    }
    auto body = bodyJson(*operation.info, parts);
    if (!body) {
        return body;
    }
    for (const auto &[name, value] : request->items()) {
        if (body->contains(name) && (*body)[name] != value) {
            const QString path = QString::fromStdString(name);
            return problem(422, QStringLiteral("“%1” is another one in the path").arg(path), path);
        }
        (*body)[name] = value;
    }
    return body;
}

} // namespace dockerauto::api
