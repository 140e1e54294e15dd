#include "credentials/dockerconfig.h"

#include "helperprotocol.h"

#include <core/json.h>

#include <QRegularExpression>

namespace dockerauto::credentials {
namespace {

using core::CallContext;
using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;
using core::Secret;
using ports::RegistryCredentials;
using Found = std::optional<RegistryCredentials>;

core::Failure malformed(const QString &what)
{
    return core::fail(ErrorCode::Corrupt, what);
}

/// Docker Hub is kept under the address of its first API.
QString keyOf(const QString &registry)
{
    return registry == QLatin1String("docker.io") || registry == QLatin1String("index.docker.io")
               ? QStringLiteral("https://index.docker.io/v1/")
               : registry;
}

/// `https://example.com:5000/v2/` as `example.com:5000`.
QString hostOf(const QString &key)
{
    const qsizetype scheme = key.indexOf(QLatin1String("://"));
    return key.mid(scheme < 0 ? 0 : scheme + 3).section(u'/', 0, 0);
}

/// The member as an object; what is missing or null is an empty one.
Result<Json> objectOf(const Json &config, const char *key)
{
    const Json &value = memberOf(config, key);
    if (value.is_null()) {
        return Json::object();
    }
    if (!value.is_object()) {
        return malformed(QStringLiteral("“%1” is not an object").arg(QLatin1String(key)));
    }
    return value;
}

Result<QString> textOrNone(const Json &object, const QString &where, const char *key)
{
    const Json &value = memberOf(object, key);
    if (value.is_null()) {
        return QString();
    }
    if (!value.is_string()) {
        return malformed(QStringLiteral("“%1” of %2 is not a text").arg(QLatin1String(key), where));
    }
    return value.get<QString>();
}

/// `user:password` in base64; the password may hold colons and may be padded with NULs.
Result<> readAuth(const QString &auth, const QString &where, RegistryCredentials &credentials)
{
    QByteArray encoded = auth.toLatin1();
    encoded.replace('\n', QByteArray()).replace('\r', QByteArray());
    const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    // Qt does not ask for the padding that Docker's client insists on.
    if (!decoded || encoded.size() % 4 != 0) {
        return malformed(QStringLiteral("“auth” of %1 is not base64").arg(where));
    }
    const qsizetype colon = (*decoded).indexOf(':');
    if (colon <= 0) {
        return malformed(QStringLiteral("“auth” of %1 is not a user name and a password").arg(where));
    }
    credentials.username = QString::fromUtf8((*decoded).left(colon));
    QByteArray password = (*decoded).mid(colon + 1);
    while (password.endsWith('\0')) {
        password.chop(1);
    }
    credentials.password = Secret(std::move(password));
    return {};
}

Result<RegistryCredentials> readEntry(const QString &key, const Json &entry)
{
    const QString where = QStringLiteral("the entry “%1” in “auths”").arg(key);
    if (!entry.is_object() && !entry.is_null()) {
        return malformed(where + QStringLiteral(" is not an object"));
    }
    RegistryCredentials credentials;
    DOCKERAUTO_TRY_ASSIGN(username, textOrNone(entry, where, "username"));
    DOCKERAUTO_TRY_ASSIGN(password, textOrNone(entry, where, "password"));
    DOCKERAUTO_TRY_ASSIGN(identityToken, textOrNone(entry, where, "identitytoken"));
    DOCKERAUTO_TRY_ASSIGN(registryToken, textOrNone(entry, where, "registrytoken"));
    DOCKERAUTO_TRY_ASSIGN(auth, textOrNone(entry, where, "auth"));
    credentials.username = username;
    credentials.password = Secret(password.toUtf8());
    credentials.identityToken = Secret(identityToken.toUtf8());
    credentials.registryToken = Secret(registryToken.toUtf8());
    if (!auth.isEmpty()) {
        DOCKERAUTO_TRY(readAuth(auth, where, credentials));
    }
    return credentials;
}

bool isAnonymous(const RegistryCredentials &credentials)
{
    return credentials.username.isEmpty() && credentials.password.isEmpty() &&
           credentials.identityToken.isEmpty() && credentials.registryToken.isEmpty();
}

Found from(const char *source, RegistryCredentials credentials)
{
    if (isAnonymous(credentials)) {
        return std::nullopt;
    }
    credentials.source = QString::fromLatin1(source);
    return credentials;
}

/// The entry of the key itself, else one whose address has the key as its host.
Found findEntry(const std::vector<std::pair<QString, RegistryCredentials>> &entries, const QString &key)
{
    for (const auto &[name, credentials] : entries) {
        if (name == key) {
            return from("auths", credentials);
        }
    }
    for (const auto &[name, credentials] : entries) {
        if (hostOf(name) == key) {
            return from("auths", credentials);
        }
    }
    return std::nullopt;
}

Result<RegistryCredentials> readHelperAnswer(const QString &program, const QByteArray &output)
{
    const auto answer = core::parsePeerJson({output.constData(), static_cast<std::size_t>(output.size())});
    if (!answer || !answer->is_object()) {
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("The credential helper %1 gave an answer that cannot be read").arg(program));
    }
    RegistryCredentials credentials;
    const QString username = core::textOf(*answer, "Username");
    Secret secret(core::textOf(*answer, "Secret").toUtf8());
    // This user name says that the secret is an identity token.
    if (username == QLatin1String("<token>")) {
        credentials.identityToken = std::move(secret);
    } else {
        credentials.username = username;
        credentials.password = std::move(secret);
    }
    return credentials;
}

Result<Found> askHelper(const QString &name, const QString &key, const char *source,
    const HelperRunner &helpers, const CallContext &context)
{
    // The name becomes part of the name of a program, so it must not lead to another folder.
    static const QRegularExpression valid(QStringLiteral("\\A[A-Za-z0-9._-]+\\z"));
    if (!valid.match(name).hasMatch()) {
        return malformed(QStringLiteral("“%1” names a credential helper with other characters than letters, "
                                        "digits, “.”, “_” and “-”")
                             .arg(QLatin1String(source)));
    }
    const QString program = helperProgram(name);
    auto answer = helpers(name, key, context);
    if (!answer) {
        if (answer.error().code != ErrorCode::NotFound) {
            return core::fail(std::move(answer.error()));
        }
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("The credential helper %1 is not installed. Install it, or remove it from “%2”.")
                .arg(program, QLatin1String(source)));
    }
    if (answer->exitCode == 0) {
        DOCKERAUTO_TRY_ASSIGN(credentials, readHelperAnswer(program, answer->output));
        return from(source, std::move(credentials));
    }
    if (saysNotFound(answer->output)) {
        return Found();
    }
    // Its words stay out: nobody knows what a failing helper prints.
    return core::fail(ErrorCode::Unavailable,
        QStringLiteral("The credential helper %1 failed with status %2 when it was asked for %3. Run “docker "
                       "login %3” to see why.")
            .arg(program)
            .arg(answer->exitCode)
            .arg(hostOf(key)));
}

Result<std::vector<std::pair<QString, RegistryCredentials>>> readEntries(const Json &config)
{
    DOCKERAUTO_TRY_ASSIGN(auths, objectOf(config, "auths"));
    std::vector<std::pair<QString, RegistryCredentials>> entries;
    for (const auto &[name, entry] : auths.items()) {
        const QString key = QString::fromStdString(name);
        DOCKERAUTO_TRY_ASSIGN(credentials, readEntry(key, entry));
        entries.emplace_back(key, std::move(credentials));
    }
    return entries;
}

} // namespace

Result<Found> credentialsFromConfig(const QByteArray &config, const QString &registry,
    const HelperRunner &helpers, const CallContext &context)
{
    if (config.trimmed().isEmpty()) {
        return Found();
    }
    const auto json = core::parsePeerJson({config.constData(), static_cast<std::size_t>(config.size())});
    if (!json) {
        return malformed(QStringLiteral("it is not JSON"));
    }
    if (!json->is_object()) {
        return malformed(QStringLiteral("it is not a JSON object"));
    }
    const QString key = keyOf(registry);
    // All of it is read before anything is looked up, so that a mistake shows at once and not only with one
    // registry.
    DOCKERAUTO_TRY_ASSIGN(entries, readEntries(*json));
    DOCKERAUTO_TRY_ASSIGN(credHelpers, objectOf(*json, "credHelpers"));
    DOCKERAUTO_TRY_ASSIGN(store, textOrNone(*json, QStringLiteral("the file"), "credsStore"));
    const std::string plainKey = key.toStdString();
    if (credHelpers.contains(plainKey)) {
        DOCKERAUTO_TRY_ASSIGN(
            name, textOrNone(credHelpers, QStringLiteral("“credHelpers”"), plainKey.c_str()));
        // An empty name turns the store off for this registry.
        return name.isEmpty() ? Result<Found>(findEntry(entries, key))
                              : askHelper(name, key, "credHelpers", helpers, context);
    }
    if (!store.isEmpty()) {
        return askHelper(store, key, "credsStore", helpers, context);
    }
    return findEntry(entries, key);
}

} // namespace dockerauto::credentials
