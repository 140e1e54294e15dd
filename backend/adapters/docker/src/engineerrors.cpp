#include "engineerrors.h"

#include <core/json.h>

#include <cerrno>
#include <utility>

namespace dockerauto::docker {
namespace {

using core::Error;
using core::ErrorCode;

Error error(ErrorCode code, QString message)
{
    return Error{code, std::move(message), {}, nullptr};
}

Error unreachable(const EngineAddress &address, int systemError)
{
    const bool socket = address.transport == EngineAddress::Transport::UnixSocket;
    if (socket && (systemError == EACCES || systemError == EPERM)) {
        return error(ErrorCode::Unavailable,
            QStringLiteral(
                "This user may not open %1. Add the user to the docker group (sudo usermod -aG docker "
                "USER), sign in again and retry.")
                .arg(address.display()));
    }
    if (socket) {
        return error(ErrorCode::Unavailable,
            QStringLiteral(
                "Nothing answers on %1. Is the Docker service running, and is your user in the docker "
                "group?")
                .arg(address.display()));
    }
    return error(ErrorCode::Unavailable,
        QStringLiteral(
            "Nothing answers on %1. Is the Docker service running there, and does a firewall let it "
            "through?")
            .arg(address.display()));
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case 400:
        return ErrorCode::InvalidArgument;
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
    default:
        return ErrorCode::Internal;
    }
}

/// What must be allowed in a socket proxy for a request, in the words of the common ones: `CONTAINERS and
/// POST`.
QString capability(const QByteArray &method, const QByteArray &path)
{
    const QByteArray section = path.mid(1).split('/').value(0);
    const QString word = QString::fromUtf8(section == "_ping" ? "ping" : section).toUpper();
    const bool reads = method == "GET" || method == "HEAD";
    return reads ? word : QString(word % QStringLiteral(" and ") % QString::fromUtf8(method));
}

} // namespace

Error transportError(const EngineAddress &address, CURLcode code, int systemError)
{
    switch (code) {
    case CURLE_COULDNT_CONNECT:
        return unreachable(address, systemError);
    case CURLE_OPERATION_TIMEDOUT:
        return timeoutError(address);
    case CURLE_COULDNT_RESOLVE_HOST:
        return error(ErrorCode::Unavailable,
            QStringLiteral("The host name in %1 is not known. Is it spelled right?").arg(address.display()));
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION:
        return error(ErrorCode::Unavailable,
            QStringLiteral(
                "No trusted connection to %1 could be made (%2). Check the three certificate files.")
                .arg(address.display(), QString::fromUtf8(curl_easy_strerror(code))));
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return error(ErrorCode::Corrupt,
            QStringLiteral("What answers on %1 does not speak HTTP. Is this the address of a Docker Engine?")
                .arg(address.display()));
    default:
        return error(ErrorCode::Unavailable,
            QStringLiteral(
                "The Docker Engine at %1 broke the connection before it had answered in full (%2). Is "
                "the Docker service being restarted?")
                .arg(address.display(), QString::fromUtf8(curl_easy_strerror(code))));
    }
}

Error timeoutError(const EngineAddress &address)
{
    return error(ErrorCode::Timeout,
        QStringLiteral("The Docker Engine at %1 did not answer in time. Is it overloaded?")
            .arg(address.display()));
}

QString messageOf(const HttpResponse &response)
{
    const auto body = core::parsePeerJson({response.body.constData(), size_t(response.body.size())});
    return body ? core::textOf(*body, "message").trimmed().left(2000) : QString();
}

Error statusError(const HttpRequest &request, const QByteArray &path, const HttpResponse &response)
{
    if (QString message = messageOf(response); !message.isEmpty()) {
        return error(codeOf(response.status), std::move(message));
    }
    const QString asked = QString::fromUtf8(request.method + ' ' + path);
    if (response.status == 403) {
        return error(ErrorCode::PermissionDenied,
            QStringLiteral("The proxy in front of the Docker Engine refused %1. Allow %2 in its settings.")
                .arg(asked, capability(request.method, path)));
    }
    if (response.status >= 502 && response.status <= 504) {
        return error(ErrorCode::Unavailable,
            QStringLiteral(
                "The proxy in front of the Docker Engine answers, but the engine behind it does not "
                "(HTTP %1). Is the Docker service running?")
                .arg(response.status));
    }
    return error(codeOf(response.status),
        QStringLiteral("The Docker Engine refused %1 with HTTP %2 and gave no reason. Its log may hold one.")
            .arg(asked)
            .arg(response.status));
}

} // namespace dockerauto::docker
