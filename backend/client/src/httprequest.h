#pragma once

#include <contracts/operation.h>
#include <core/json.h>
#include <core/result.h>

#include <QByteArray>
#include <QUrl>

namespace dockerauto::client {

/// An operation's request, taken apart as REST wants it.
struct HttpRequestParts
{
    QByteArray method;
    QUrl url;
    /// JSON, or empty when all fields stand in the URL.
    QByteArray body;
};

/// Puts path fields into the path, and the rest into query (GET, DELETE) or body (POST, PUT). InvalidArgument
/// when a path field is missing.
core::Result<HttpRequestParts> takeApart(
    const contracts::Operation &operation, const core::Json &request, const QUrl &server);

/// What an answer means: the JSON of a success (an empty object when there is none), or the error that the
/// problem document or the status tells.
core::Result<core::Json> readAnswer(int status, const QByteArray &body);

} // namespace dockerauto::client
