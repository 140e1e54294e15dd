#include "operations.h"

#include <registry/authchallenge.h>
#include <registry/linkheader.h>
#include <registry/ratelimit.h>

#include <chrono>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;

/// As the client reads them: a header that cannot be read is as good as none.
Result<Json> parseChallenges(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(headers, textsIn(in, "headers"));
    Json list = Json::array();
    for (const QString &header : headers) {
        const auto parsed = registry::parseChallenges(header.toUtf8());
        for (const auto &challenge : parsed.value_or(std::vector<registry::AuthChallenge>())) {
            Json parameters = Json::object();
            for (const auto &[name, value] : challenge.parameters) {
                parameters[name.toStdString()] = value;
            }
            list.push_back({{"scheme", challenge.scheme}, {"params", parameters}});
        }
    }
    return Json{{"challenges", list}};
}

Result<Json> findNext(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(texts, textsIn(in, "headers"));
    DOCKERAUTO_TRY_ASSIGN(base, textIn(in, "base"));
    std::vector<QByteArray> headers;
    for (const QString &text : texts) {
        headers.push_back(text.toUtf8());
    }
    DOCKERAUTO_TRY_ASSIGN(next, registry::nextPage(headers, QUrl(base, QUrl::StrictMode)));
    return Json{{"next", next ? Json(next->toString(QUrl::FullyEncoded)) : Json()}};
}

/// RFC 3339, or seconds since 1970.
Result<core::Timestamp> nowIn(const Json &in)
{
    const Json &now = memberOf(in, "now");
    if (now.is_number_integer()) {
        return core::Timestamp(std::chrono::seconds(now.get<qint64>()));
    }
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, "now"));
    return core::fromRfc3339(text);
}

Json orNull(const std::optional<qint64> &number)
{
    return number ? Json(*number) : Json();
}

Result<Json> readRateLimit(const Json &in)
{
    const Json &given = memberOf(in, "headers");
    if (!given.is_object()) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("“headers” must be an object"));
    }
    DOCKERAUTO_TRY_ASSIGN(now, nowIn(in));
    std::multimap<QByteArray, QByteArray> headers;
    for (const auto &[name, value] : given.items()) {
        if (value.is_string()) {
            headers.emplace(QByteArray::fromStdString(name).toLower(), value.get<QString>().toUtf8());
        }
    }
    const auto limit = registry::parseRateLimit(headers, core::textOf(in, "body").toUtf8(), now);
    return Json{{"limit", orNull(limit.limit)}, {"remaining", orNull(limit.remaining)},
        {"windowSeconds", orNull(limit.windowSeconds)},
        {"retryAfterSeconds", limit.retryAfter ? Json(limit.retryAfter->count()) : Json()}};
}

} // namespace

std::vector<Operation> registryOperations()
{
    return {
        {"challenge.parse", parseChallenges},
        {"link.next", findNext},
        {"ratelimit.parse", readRateLimit},
    };
}

} // namespace dockerauto::probe
