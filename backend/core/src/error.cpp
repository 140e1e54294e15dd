#include "core/error.h"

#include "core/enumtext.h"

namespace dockerauto::core {

std::string_view toText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "InvalidArgument";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::Conflict:
        return "Conflict";
    case ErrorCode::Unauthenticated:
        return "Unauthenticated";
    case ErrorCode::PermissionDenied:
        return "PermissionDenied";
    case ErrorCode::RateLimited:
        return "RateLimited";
    case ErrorCode::Timeout:
        return "Timeout";
    case ErrorCode::Unavailable:
        return "Unavailable";
    case ErrorCode::Cancelled:
        return "Cancelled";
    case ErrorCode::Corrupt:
        return "Corrupt";
    case ErrorCode::Unsupported:
        return "Unsupported";
    case ErrorCode::Internal:
        return "Internal";
    }
    return "Internal";
}

Error Error::within(const QString &what) const
{
    return Error{code, what, path, std::make_shared<const Error>(*this)};
}

QString Error::text() const
{
    return cause ? QString(message % QStringLiteral(": ") % cause->text()) : message;
}

} // namespace dockerauto::core
