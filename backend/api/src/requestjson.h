#pragma once

#include <contracts/operation.h>
#include <core/json.h>
#include <core/result.h>

#include <QByteArray>

#include <map>
#include <string>

namespace dockerauto::api {

/// The parts of a request from which the operation's request is made.
struct RequestParts
{
    /// From the path, decoded.
    std::map<std::string, std::string> fields;
    /// Still percent-encoded.
    QByteArray query;
    QByteArray contentType;
    QByteArray body;
};

/// What is wrong with a request that never became JSON of the contract, with the status it deserves.
struct RequestProblem
{
    int status = 422;
    core::Error error;
};

/// Path and query for GET and DELETE, path and JSON body for POST and PUT. Fields are not checked against the
/// operation here, since its dispatcher does that.
tl::expected<core::Json, RequestProblem> requestJson(
    const contracts::Operation &operation, const RequestParts &parts);

/// The parts of a query; `+` is a blank. InvalidArgument for a field that stands twice or is not text.
core::Result<std::map<std::string, std::string>> queryFields(const QByteArray &query);

} // namespace dockerauto::api
