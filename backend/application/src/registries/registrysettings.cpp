#include "registrysettings.h"

#include <domain/imagereference.h>

#include <algorithm>
#include <array>

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using ports::RegistryOptions;
using ports::RegistryTraffic;

namespace {

constexpr std::size_t mostHosts = 20;
constexpr qsizetype longestUsername = 256;
constexpr qsizetype longestSecret = 16 * 1024;
constexpr qsizetype longestCertificates = 256 * 1024;

core::Failure wrong(const char *path, const QString &message)
{
    return fail(ErrorCode::InvalidArgument, message, QString::fromLatin1(path));
}

bool hasValidPort(const QString &host)
{
    const qsizetype colon = host.lastIndexOf(u':');
    if (colon < 0 || host.endsWith(u']')) {
        return true;
    }
    const int port = host.mid(colon + 1).toInt();
    return port > 0 && port < 65536;
}

/// Each in its normal form, in order, none twice.
Result<std::vector<QString>> checkedHosts(const std::vector<QString> &texts, const char *field)
{
    if (texts.size() > mostHosts) {
        return wrong(
            field, QStringLiteral("“%1” can have %2 hosts at most").arg(QLatin1String(field)).arg(mostHosts));
    }
    std::vector<QString> hosts;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const QString path = QStringLiteral("%1/%2").arg(QLatin1String(field)).arg(i);
        DOCKERAUTO_TRY_ASSIGN(host, registryHost(texts[i], path));
        if (std::ranges::find(hosts, host) == hosts.end()) {
            hosts.push_back(std::move(host));
        }
    }
    return hosts;
}

/// Whether the text between BEGIN and END is the base64 of a DER sequence, as every certificate is.
bool isCertificate(const QByteArray &content)
{
    QByteArray encoded;
    for (const char c : content) {
        if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
            encoded += c;
        }
    }
    const auto der = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    return der && (*der).size() > 64 && (*der).startsWith('\x30');
}

/// PEM of one certificate or more; what stands between them, such as names, is allowed.
Result<QByteArray> checkedCertificates(const QString &text)
{
    const char *field = "caCertificates";
    const QByteArray pem = text.trimmed().toUtf8();
    if (pem.isEmpty()) {
        return pem;
    }
    if (pem.size() > longestCertificates) {
        return wrong(field, QStringLiteral("The certificates are larger than 256 KiB"));
    }
    if (pem.contains("PRIVATE KEY-----")) {
        return wrong(field, QStringLiteral("This holds a private key. Give the certificates alone; they are "
                                           "shown to everybody who may read the settings."));
    }
    const QByteArray begin("-----BEGIN CERTIFICATE-----");
    const QByteArray end("-----END CERTIFICATE-----");
    qsizetype count = 0;
    for (qsizetype at = pem.indexOf(begin); at >= 0; at = pem.indexOf(begin, at)) {
        const qsizetype start = at + begin.size();
        at = pem.indexOf(end, start);
        if (at < 0 || !isCertificate(pem.mid(start, at - start))) {
            return wrong(
                field, QStringLiteral("Certificate %1 is cut off or damaged. Copy the whole file again.")
                           .arg(count + 1));
        }
        ++count;
    }
    if (count == 0) {
        return wrong(field, QStringLiteral("There is no certificate in PEM form here; it begins with "
                                           "-----BEGIN CERTIFICATE-----"));
    }
    return pem + '\n';
}

std::vector<QString> textsOf(const Json &json, const char *key)
{
    std::vector<QString> texts;
    if (const Json &list = core::memberOf(json, key); list.is_array()) {
        for (const Json &text : list) {
            if (text.is_string()) {
                texts.push_back(text.get<QString>());
            }
        }
    }
    return texts;
}

} // namespace

Result<QString> registryHost(const QString &text, const QString &path)
{
    QString host = text.trimmed().toLower();
    for (const char *scheme : {"https://", "http://"}) {
        if (host.startsWith(QLatin1String(scheme))) {
            host.remove(0, static_cast<qsizetype>(qstrlen(scheme)));
            break;
        }
    }
    // The address of the API is what config.json has.
    for (const char *ending : {"/", "/v1", "/v2"}) {
        if (host.endsWith(QLatin1String(ending))) {
            host.chop(static_cast<qsizetype>(qstrlen(ending)));
        }
    }
    if (host == QLatin1String("index.docker.io") || host == QLatin1String("registry-1.docker.io")) {
        host = QStringLiteral("docker.io");
    }
    const auto image = domain::ImageReference::parse(host + QStringLiteral("/x"));
    if (!image || image->domain != host || !hasValidPort(host)) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” is not the host of a registry. Write it as it stands in image names, like "
                           "ghcr.io or registry.example.com:5000.")
                .arg(text.left(80)),
            path);
    }
    return host;
}

RegistryWish wishOf(const contracts::NewRegistry &request)
{
    return {.registry = request.registry,
        .username = request.username,
        .password = request.password,
        .identityToken = request.identityToken,
        .mirrors = request.mirrors.value_or(std::vector<QString>()),
        .insecure = request.insecure.value_or(false),
        .caCertificates = request.caCertificates.value_or(QString()),
        .realmHosts = request.realmHosts.value_or(std::vector<QString>())};
}

RegistryWish wishOf(const contracts::RegistryChange &request)
{
    return {.registry = request.id,
        .username = request.username,
        .password = request.password,
        .identityToken = request.identityToken,
        .mirrors = request.mirrors,
        .insecure = request.insecure,
        .caCertificates = request.caCertificates.value_or(QString()),
        .realmHosts = request.realmHosts};
}

Result<GivenSecret> givenSecret(const RegistryWish &wish)
{
    using What = GivenSecret::What;
    const QString password = wish.password.value_or(QString());
    const QString token = wish.identityToken.value_or(QString());
    if (!password.isEmpty() && !token.isEmpty()) {
        return wrong("identityToken", QStringLiteral("Give a password or an identity token, not both"));
    }
    if (password.size() > longestSecret || token.size() > longestSecret) {
        return wrong(password.isEmpty() ? "identityToken" : "password",
            QStringLiteral("The secret is longer than 16,384 characters"));
    }
    if (!password.isEmpty()) {
        return GivenSecret{What::Password, core::Secret(password.toUtf8())};
    }
    if (!token.isEmpty()) {
        return GivenSecret{What::IdentityToken, core::Secret(token.toUtf8())};
    }
    return GivenSecret{wish.password || wish.identityToken ? What::None : What::Nothing};
}

Result<ports::RegistryOptions> checkedOptions(const RegistryWish &wish)
{
    RegistryOptions options;
    DOCKERAUTO_TRY_ASSIGN(mirrors, checkedHosts(wish.mirrors, "mirrors"));
    DOCKERAUTO_TRY_ASSIGN(realmHosts, checkedHosts(wish.realmHosts, "realmHosts"));
    DOCKERAUTO_TRY_ASSIGN(certificates, checkedCertificates(wish.caCertificates));
    if (std::ranges::find(mirrors, wish.registry) != mirrors.end()) {
        return wrong("mirrors", QStringLiteral("A registry cannot be its own mirror"));
    }
    options.mirrors = std::move(mirrors);
    options.insecure = wish.insecure;
    options.caCertificates = std::move(certificates);
    options.realmHosts = std::move(realmHosts);
    return options;
}

Result<QString> checkedUsername(const RegistryWish &wish)
{
    const QString name = wish.username.value_or(QString()).trimmed();
    const bool isPlain =
        std::ranges::none_of(name, [](QChar c) { return c == u':' || c.category() == QChar::Other_Control; });
    if (name.size() > longestUsername || !isPlain) {
        return wrong("username",
            QStringLiteral("“username” can have 256 characters at most, and no colon among them"));
    }
    return name;
}

bool reachesFarther(const RegistryOptions &before, const RegistryOptions &after)
{
    // Mirrors are asked with credentials of their own, so they do not count.
    const bool hasNewHost = std::ranges::any_of(after.realmHosts, [&](const QString &host) {
        return std::ranges::find(before.realmHosts, host) == before.realmHosts.end();
    });
    const bool trustsOthers =
        !after.caCertificates.isEmpty() && after.caCertificates != before.caCertificates;
    return hasNewHost || trustsOthers || (after.insecure && !before.insecure);
}

Json toJson(const RegistryOptions &options)
{
    return Json{{"mirrors", options.mirrors}, {"insecure", options.insecure},
        {"caCertificates", options.caCertificates.toStdString()}, {"realmHosts", options.realmHosts}};
}

RegistryOptions optionsFrom(const Json &json)
{
    return {.mirrors = textsOf(json, "mirrors"),
        .insecure = core::memberOf(json, "insecure") == Json(true),
        .caCertificates = core::textOf(json, "caCertificates").toUtf8(),
        .realmHosts = textsOf(json, "realmHosts")};
}

contracts::RegistryBudget toContract(const RegistryTraffic &traffic)
{
    static constexpr std::array states{"open", "paused", "broken"};
    return {.state = QString::fromLatin1(states.at(static_cast<std::size_t>(traffic.state))),
        .detail = traffic.detail,
        .limit = traffic.limit,
        .remaining = traffic.remaining,
        .windowSeconds = traffic.windowSeconds,
        .measuredAt = traffic.measuredAt,
        .resetsAt = traffic.resetsAt,
        .pausedUntil = traffic.pausedUntil,
        .requests = traffic.requests};
}

} // namespace dockerauto::application
