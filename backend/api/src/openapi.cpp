#include "api/openapi.h"

#include "httpanswer.h"

#include <contracts/operation.h>

#include <algorithm>
#include <string>

namespace dockerauto::api {
namespace {

using contracts::Operation;
using contracts::SchemaBook;
using core::Json;

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(
        lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

/// The schema that a reference into the book points at.
const Json &resolved(const Json &schema, const SchemaBook &book)
{
    const auto reference = schema.find("$ref");
    if (reference == schema.end()) {
        return schema;
    }
    const auto &text = reference->get_ref<const std::string &>();
    return book.at(text.substr(text.rfind('/') + 1));
}

bool contains(const std::vector<std::string> &names, const std::string &name)
{
    return std::ranges::find(names, name) != names.end();
}

Json problemResponse(const std::string &description)
{
    return Json{{"description", description},
        {"content",
            {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
}

Json responsesOf(const Operation &operation, SchemaBook &book)
{
    const contracts::OperationInfo &info = *operation.info;
    Json success{{"description", statusPhrase(info.success).toStdString()}};
    if (info.success != 204) {
        success["content"] = {{"application/json", {{"schema", operation.replySchema(book)}}}};
    }
    if (!info.location.empty()) {
        success["headers"] = {{"Location",
            {{"description", "Where the result can be followed"}, {"schema", {{"type", "string"}}}}}};
    }
    Json responses{{std::to_string(info.success), std::move(success)},
        {"default", problemResponse("What went wrong")},
        {"422", problemResponse("A field is missing, unknown or wrong; its path is named")}};
    if (info.method == contracts::Method::Get && info.cacheable) {
        responses["304"] = Json{{"description", "Nothing changed since the entity tag of If-None-Match"}};
    }
    if (info.access != contracts::Access::Public) {
        responses["401"] = problemResponse("No valid access token");
    }
    if (info.access == contracts::Access::Permission) {
        responses["403"] = problemResponse("The account may not do this");
    }
    if (!contracts::pathFields(info.path).empty()) {
        responses["404"] = problemResponse("There is nothing with this id");
    }
    return responses;
}

/// Fields of the path and, where there is no body, of the query.
Json parametersOf(const Operation &operation, const Json &request)
{
    const bool hasBody =
        operation.info->method == contracts::Method::Post || operation.info->method == contracts::Method::Put;
    const auto inPath = contracts::pathFields(operation.info->path);
    Json parameters = Json::array();
    const Json properties = request.value("properties", Json::object());
    const auto required = request.value("required", std::vector<std::string>());
    for (const auto &[name, schema] : properties.items()) {
        const bool path = contains(inPath, name);
        if (path || !hasBody) {
            parameters.push_back(Json{{"name", name}, {"in", path ? "path" : "query"},
                {"required", path || contains(required, name)}, {"schema", schema}});
        }
    }
    return parameters;
}

/// The request without the fields that stand in the path, or null when nothing is left; or the one field that
/// is the whole body.
Json bodyOf(const Operation &operation, const Json &request)
{
    if (const std::string field(operation.info->bodyField); !field.empty()) {
        return Json{{"required", true},
            {"content", {{"application/json", {{"schema", request.at("properties").at(field)}}}}}};
    }
    const auto inPath = contracts::pathFields(operation.info->path);
    Json properties = Json::object();
    Json required = Json::array();
    const Json allProperties = request.value("properties", Json::object());
    const auto allRequired = request.value("required", std::vector<std::string>());
    for (const auto &[name, schema] : allProperties.items()) {
        if (!contains(inPath, name)) {
            properties[name] = schema;
        }
    }
    for (const std::string &name : allRequired) {
        if (!contains(inPath, name)) {
            required.push_back(name);
        }
    }
    if (properties.empty()) {
        return nullptr;
    }
    const bool mustBeSent = !required.empty();
    Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (mustBeSent) {
        schema["required"] = std::move(required);
    }
    return Json{
        {"required", mustBeSent}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

Json describe(const Operation &operation, SchemaBook &book)
{
    const contracts::OperationInfo &info = *operation.info;
    // Requests are written out as parameters and bodies; only what they refer to goes into the document.
    SchemaBook requestBook;
    const Json requestSchema = operation.requestSchema(requestBook);
    const Json request = resolved(requestSchema, requestBook);
    const std::string own = requestSchema.contains("$ref") ? requestSchema["$ref"].get<std::string>() : "";
    for (const auto &[name, schema] : requestBook) {
        if (own != "#/components/schemas/" + name) {
            book.emplace(name, schema);
        }
    }
    Json entry{{"operationId", info.name}, {"summary", info.summary},
        {"tags", Json::array({std::string(info.name.substr(0, info.name.find('.')))})},
        {"responses", responsesOf(operation, book)}};
    if (Json parameters = parametersOf(operation, request); !parameters.empty()) {
        entry["parameters"] = std::move(parameters);
    }
    const bool hasBody = info.method == contracts::Method::Post || info.method == contracts::Method::Put;
    if (Json body = hasBody ? bodyOf(operation, request) : Json(); !body.is_null()) {
        entry["requestBody"] = std::move(body);
    }
    if (info.access == contracts::Access::Public) {
        entry["security"] = Json::array({Json::object(), Json{{"accessToken", Json::array()}}});
    } else {
        entry["security"] = Json::array({Json{{"accessToken", Json::array()}}});
    }
    if (!info.permission.empty()) {
        entry["x-permission"] = info.permission;
    }
    return entry;
}

Json problemSchema()
{
    const Json text{{"type", "string"}};
    const Json part{{"type", "object"}, {"properties", {{"path", text}, {"message", text}}},
        {"required", {"path", "message"}}};
    return Json{{"type", "object"},
        {"properties",
            {{"type", text}, {"title", text}, {"status", {{"type", "integer"}}}, {"code", text},
                {"detail", text}, {"instance", text}, {"errors", {{"type", "array"}, {"items", part}}}}},
        {"required", {"type", "title", "status", "code", "detail", "instance", "errors"}}};
}

} // namespace

core::Json openApiDocument()
{
    SchemaBook book;
    Json paths = Json::object();
    for (const Operation &operation : contracts::operations()) {
        paths[std::string(operation.info->path)][lowerCase(contracts::toText(operation.info->method))] =
            describe(operation, book);
    }
    book["Problem"] = problemSchema();
    return Json{{"openapi", "3.1.0"},
        {"info", {{"title", "Docker Auto"}, {"version", DOCKERAUTO_VERSION},
                     {"description", "Keeps Docker containers up to date without breaking them."},
                     {"license", {{"name", "GPL-3.0-or-later"}, {"identifier", "GPL-3.0-or-later"}}}}},
        {"servers", Json::array({Json{{"url", "/api/v1"}}})}, {"paths", std::move(paths)},
        {"components",
            {{"schemas", book}, {"securitySchemes", {{"accessToken", {{"type", "http"}, {"scheme", "bearer"},
                                                                         {"bearerFormat", "JWT"}}}}}}}};
}

} // namespace dockerauto::api
