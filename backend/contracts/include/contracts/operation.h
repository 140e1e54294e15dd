#pragma once

#include <core/json.h>
#include <core/result.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dockerauto::contracts {

enum class Method
{
    Get,
    Post,
    Put,
    Delete
};
/// `GET`, `POST`, …
std::string_view toText(Method method);

/// Who may call, before roles and grants are looked at.
enum class Access
{
    /// Anybody, without a token: signing in, the health of the service.
    Public,
    /// Anybody who is signed in, about themselves only.
    SignedIn,
    /// Whoever holds the permission of the operation.
    Permission,
};

/// Whether the call changes anything; what changes is written to the audit before it happens.
enum class Effect
{
    Reads,
    Changes
};

/// What the permission is checked on; the id of the resource is the field `id` of the request.
enum class Resource
{
    None,
    Host,
    Container,
    Update
};

/// Everything that is known of an operation before it is called. The one place where a route, a permission
/// and an audit record come from.
struct OperationInfo
{
    /// `area.verb`, unique: also the operationId in OpenAPI.
    std::string_view name = {};
    Method method = Method::Get;
    /// Below `/api/v1`, with `{field}` where a field of the request stands.
    std::string_view path = {};
    Access access = Access::Permission;
    /// `area:verb`, or empty unless access is Permission.
    std::string_view permission = {};
    Resource resource = Resource::None;
    Effect effect = Effect::Reads;
    /// One line for people, in the API reference.
    std::string_view summary = {};
    /// Status of a success in HTTP: 200, 201, 202 or 204.
    int success = 200;
    /// Below `/api/v1`: where the result of an accepted piece of work can be followed; empty for none.
    std::string_view location = {};
    /// When not empty: the whole body, whatever JSON it is, is this field of the request.
    std::string_view bodyField = {};
    /// False when a reply must not be stored anywhere: tokens.
    bool cacheable = true;
};

/// JSON Schemas (2020-12) by name, as they stand in an OpenAPI document under components/schemas.
using SchemaBook = std::map<std::string, core::Json>;

/// An operation without its types, for everyone that handles all of them alike.
struct Operation
{
    const OperationInfo *info = nullptr;
    /// Adds the schema of the request and of all that it holds to the book and returns a reference to it.
    core::Json (*requestSchema)(SchemaBook &book) = nullptr;
    core::Json (*replySchema)(SchemaBook &book) = nullptr;
    /// Checks and completes a request: unknown, missing and wrong fields are InvalidArgument with their path.
    core::Result<core::Json> (*normalize)(const core::Json &request) = nullptr;
    /// Turns texts, as a query string has them, into the types of the request's fields.
    core::Result<core::Json> (*fromTexts)(const std::map<std::string, std::string> &texts) = nullptr;
};

/// All operations, in a fixed order. An operation that is not here does not exist.
std::span<const Operation> operations();
/// The operation called `name`, or null.
const Operation *findOperation(std::string_view name);

/// The names of the fields that stand in the path template, in order.
std::vector<std::string> pathFields(std::string_view pathTemplate);

} // namespace dockerauto::contracts
