#include "operations.h"

#include <exception>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::Result;

core::Failure wrong(const char *key, const char *what)
{
    return core::fail(ErrorCode::InvalidArgument,
        QStringLiteral("“%1” must be %2").arg(QLatin1String(key), QLatin1String(what)),
        QString::fromLatin1(key));
}

Result<Json> run(const Json &request)
{
    const QString name = core::textOf(request, "op");
    for (const auto &operations : {coreOperations(), domainOperations(), credentialOperations(),
             registryOperations(), recreationOperations(), tagOperations(), timeOperations()}) {
        for (const Operation &operation : operations) {
            if (name == QLatin1String(operation.name.data(), static_cast<int>(operation.name.size()))) {
                return operation.run(core::memberOf(request, "in"));
            }
        }
    }
    return core::fail(ErrorCode::NotFound, QStringLiteral("There is no operation “%1”").arg(name));
}

Result<Json> runSafely(const Json &request)
{
    try {
        return run(request);
    } catch (const std::exception &exception) {
        return core::fail(ErrorCode::Internal, QString::fromUtf8(exception.what()));
    }
}

Json errorOf(const core::Error &error)
{
    return {{"code", std::string(core::toText(error.code))}, {"message", error.text()}};
}

} // namespace

std::string answer(const std::string &line)
{
    const auto request = core::parsePeerJson(line);
    if (!request || !request->is_object()) {
        const core::Error error =
            request ? core::Error{ErrorCode::InvalidArgument, QStringLiteral("A request is a JSON object"),
                          {}, nullptr}
                    : core::Error{ErrorCode::InvalidArgument, request.error().message, {}, nullptr};
        return core::writeJson({{"id", nullptr}, {"error", errorOf(error)}});
    }
    Json reply{{"id", core::memberOf(*request, "id")}};
    if (auto result = runSafely(*request)) {
        reply["ok"] = std::move(*result);
    } else {
        reply["error"] = errorOf(result.error());
    }
    return core::writeJson(reply);
}

Result<QString> textIn(const Json &in, const char *key)
{
    const Json &value = core::memberOf(in, key);
    if (!value.is_string()) {
        return wrong(key, "a text");
    }
    return value.get<QString>();
}

Result<QByteArray> bytesIn(const Json &in, const char *key)
{
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, key));
    const auto decoded =
        QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) {
        return wrong(key, "base64");
    }
    return *decoded;
}

Result<std::vector<QString>> textsIn(const Json &in, const char *key)
{
    const Json &value = core::memberOf(in, key);
    std::vector<QString> texts;
    if (value.is_null()) {
        return texts;
    }
    if (!value.is_array()) {
        return wrong(key, "an array of texts");
    }
    for (const Json &item : value) {
        if (!item.is_string()) {
            return wrong(key, "an array of texts");
        }
        texts.push_back(item.get<QString>());
    }
    return texts;
}

bool flagIn(const Json &in, const char *key)
{
    const Json &value = core::memberOf(in, key);
    return value.is_boolean() && value.get<bool>();
}

} // namespace dockerauto::probe
