#include "httpanswer.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace dockerauto::api {
namespace {

/// IMF-fixdate of this second (RFC 9110, section 5.6.7).
QByteArray dateHeader()
{
    thread_local qint64 second = 0;
    thread_local QByteArray text;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (now.toSecsSinceEpoch() != second) {
        second = now.toSecsSinceEpoch();
        text = QLocale::c().toString(now, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
    }
    return text;
}

QString codeText(core::ErrorCode code)
{
    const std::string_view text = core::toText(code);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QByteArray statusPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Unknown";
    }
}

QByteArray wireForm(const HttpAnswer &answer, AnswerForm form)
{
    QByteArray bytes;
    bytes.reserve(512 + answer.body.size());
    bytes += "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + statusPhrase(answer.status) + "\r\n";
    for (const HeaderField &field : answer.headers) {
        bytes += field.name + ": " + field.value + "\r\n";
    }
    bytes += "Date: " + dateHeader() + "\r\n";
    bytes += "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
             "X-Content-Type-Options: nosniff\r\n"
             "X-Frame-Options: DENY\r\n"
             "Referrer-Policy: no-referrer\r\n";
    bytes += answer.cacheable ? "Cache-Control: private, no-cache\r\nVary: Authorization\r\n"
                              : "Cache-Control: no-store\r\n";
    if (answer.status != 204 && answer.status != 304) {
        bytes += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    }
    if (form.after == AnswerForm::After::Close) {
        bytes += "Connection: close\r\n";
    }
    bytes += "\r\n";
    if (form.body == AnswerForm::Body::Sent) {
        bytes += answer.body;
    }
    return bytes;
}

int statusOf(core::ErrorCode code)
{
    using core::ErrorCode;
    switch (code) {
    case ErrorCode::InvalidArgument:
        return 422;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::Conflict:
        return 409;
    case ErrorCode::Unauthenticated:
        return 401;
    case ErrorCode::PermissionDenied:
        return 403;
    case ErrorCode::RateLimited:
        return 429;
    case ErrorCode::Timeout:
        return 504;
    case ErrorCode::Unavailable:
        return 503;
    case ErrorCode::Cancelled:
        return 503;
    case ErrorCode::Corrupt:
        return 502;
    case ErrorCode::Unsupported:
        return 501;
    case ErrorCode::Internal:
        return 500;
    }
    return 500;
}

HttpAnswer problemAnswer(int status, const QString &code, const QString &detail, const QString &requestId,
    const QString &errorPath)
{
    core::Json errors = core::Json::array();
    if (!errorPath.isEmpty()) {
        errors.push_back(core::Json{{"path", errorPath}, {"message", detail}});
    }
    const core::Json problem{{"type", "about:blank"}, {"title", statusPhrase(status).toStdString()},
        {"status", status}, {"code", code}, {"detail", detail},
        {"instance", QString(QStringLiteral("urn:docker-auto:request:") % requestId)},
        {"errors", std::move(errors)}};
    HttpAnswer answer;
    answer.status = status;
    answer.body = QByteArray::fromStdString(core::writeJson(problem));
    answer.headers = {{"Content-Type", "application/problem+json"}, {"X-Request-Id", requestId.toLatin1()}};
    if (status == 401) {
        answer.headers.push_back({"WWW-Authenticate", "Bearer realm=\"docker-auto\""});
    }
    return answer;
}

HttpAnswer errorAnswer(const core::Error &error, const QString &requestId)
{
    if (error.code == core::ErrorCode::Internal) {
        qCCritical(core::logApi).noquote() << "request" << requestId << "failed:" << error.text();
        return problemAnswer(500, codeText(error.code),
            QStringLiteral("Something went wrong inside. The log of the server tells more under the id %1.")
                .arg(requestId),
            requestId);
    }
    return problemAnswer(statusOf(error.code), codeText(error.code), error.message, requestId, error.path);
}

HttpAnswer jsonAnswer(int status, const core::Json &body)
{
    HttpAnswer answer;
    answer.status = status;
    if (status != 204) {
        answer.body = QByteArray::fromStdString(core::writeJson(body));
        answer.headers.push_back({"Content-Type", "application/json"});
    }
    return answer;
}

QByteArray entityTag(const QByteArray &bytes)
{
    return '"' + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).left(16).toHex() + '"';
}

bool matchesTag(const QByteArray &ifNoneMatch, const QByteArray &tag)
{
    const auto candidates = ifNoneMatch.split(',');
    return std::any_of(candidates.begin(), candidates.end(), [&tag](const QByteArray &part) {
        const QByteArray candidate = part.trimmed();
        return candidate == "*" || (candidate.startsWith("W/") ? candidate.mid(2) : candidate) == tag;
    });
}

QString requestIdOf(const RequestHead &head)
{
    const QByteArray offered = head.field("x-request-id").value_or(QByteArray());
    const bool plain = std::all_of(offered.begin(), offered.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
    return !offered.isEmpty() && offered.size() <= 64 && plain ? QString::fromLatin1(offered)
                                                               : core::newUniqueId();
}

} // namespace dockerauto::api
