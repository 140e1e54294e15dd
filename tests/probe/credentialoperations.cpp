#include "operations.h"

#include <credentials/dockerconfig.h>
#include <security/aead.h>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;

Json orNull(const QByteArray &text)
{
    return text.isEmpty() ? Json() : Json(QString::fromUtf8(text));
}

/// Credential helpers whose answers stand in the input, by name.
Result<credentials::HelperRunner> helpersIn(const Json &in)
{
    const Json &helpers = memberOf(in, "helpers");
    if (!helpers.is_null() && !helpers.is_object()) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("“helpers” must be an object"),
            QStringLiteral("helpers"));
    }
    return [&helpers](const QString &name, const QString &,
               const core::CallContext &) -> Result<credentials::HelperAnswer> {
        const Json &helper = memberOf(helpers, qUtf8Printable(name));
        if (!helper.is_object()) {
            return core::fail(ErrorCode::NotFound, QStringLiteral("“%1” is not installed").arg(name));
        }
        const Json &status = memberOf(helper, "exit");
        return credentials::HelperAnswer{.output = core::textOf(helper, "stdout").toUtf8(),
            .exitCode = status.is_number_integer() ? status.get<int>() : 0};
    };
}

Result<Json> findCredentials(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(config, textIn(in, "config"));
    DOCKERAUTO_TRY_ASSIGN(registry, textIn(in, "registry"));
    DOCKERAUTO_TRY_ASSIGN(helpers, helpersIn(in));
    DOCKERAUTO_TRY_ASSIGN(found, credentials::credentialsFromConfig(config.toUtf8(), registry, helpers,
                                     {core::Deadline::in(std::chrono::seconds(10)), {}}));
    const ports::RegistryCredentials known = found.value_or(ports::RegistryCredentials());
    return Json{{"username", orNull(known.username.toUtf8())}, {"password", orNull(known.password.reveal())},
        {"identityToken", orNull(known.identityToken.reveal())},
        {"source", found ? known.source : QStringLiteral("none")}};
}

Result<QByteArray> hexIn(const Json &in, const char *key)
{
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, key));
    const QByteArray bytes = QByteArray::fromHex(text.toLatin1());
    if (QString::fromLatin1(bytes.toHex()) != text.toLower()) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” must be hexadecimal").arg(QLatin1String(key)), QString::fromLatin1(key));
    }
    return bytes;
}

Result<Json> openAead(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(algorithm, textIn(in, "algorithm"));
    if (algorithm != QLatin1String("XChaCha20-Poly1305")) {
        return core::fail(ErrorCode::Unsupported, QStringLiteral("“%1” is not offered").arg(algorithm));
    }
    DOCKERAUTO_TRY_ASSIGN(key, hexIn(in, "keyHex"));
    DOCKERAUTO_TRY_ASSIGN(nonce, hexIn(in, "nonceHex"));
    DOCKERAUTO_TRY_ASSIGN(data, hexIn(in, "aadHex"));
    DOCKERAUTO_TRY_ASSIGN(ciphertext, hexIn(in, "ciphertextHex"));
    DOCKERAUTO_TRY_ASSIGN(tag, hexIn(in, "tagHex"));
    DOCKERAUTO_TRY_ASSIGN(plaintext, security::aead::open(core::Secret(key), nonce, data, ciphertext, tag));
    return Json{{"plaintextHex", QString::fromLatin1(plaintext.reveal().toHex())}};
}

} // namespace

std::vector<Operation> credentialOperations()
{
    return {{"config.credentials", findCredentials}, {"aead.open", openAead}};
}

} // namespace dockerauto::probe
