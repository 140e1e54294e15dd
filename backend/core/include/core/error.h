#pragma once

#include <QString>

#include <memory>
#include <string_view>

namespace dockerauto::core {

/// What went wrong, in words that belong to no protocol. One table in `api` maps it to HTTP, one table per
/// adapter maps foreign errors to it.
enum class ErrorCode
{
    InvalidArgument,
    NotFound,
    Conflict,
    Unauthenticated,
    PermissionDenied,
    RateLimited,
    Timeout,
    Unavailable,
    Cancelled,
    Corrupt,
    Unsupported,
    Internal,
};

/// The name of the code as clients see it, for example `NotFound`.
std::string_view toText(ErrorCode code);

/// A failure. `message` is one plain English sentence that a person can act on; it never holds a secret.
/// `path` names the field that is wrong in a request, as a JSON Pointer without the leading slash, or is
/// empty.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString path;
    std::shared_ptr<const Error> cause;

    /// The same error seen from one layer up: `what` in front, this error as its cause.
    [[nodiscard]] Error within(const QString &what) const;
    /// `what: cause: cause of the cause`, for logs and for people.
    [[nodiscard]] QString text() const;
};

} // namespace dockerauto::core
