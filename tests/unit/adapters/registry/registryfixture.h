#pragma once

#include <testsupport/manualclock.h>
#include <testsupport/scriptedhttpserver.h>

#include <registry/httpimageregistry.h>

#include <QCryptographicHash>

#include <atomic>
#include <map>
#include <mutex>

// What the tests of the registry client share.
namespace dockerauto::registrytests {

using registry::HttpImageRegistry;
using testsupport::ScriptedHttpServer;
using Reply = ScriptedHttpServer::Reply;
using Request = ScriptedHttpServer::Request;

inline const QByteArray manifest = QByteArrayLiteral(R"({"schemaVersion":2,"config":{}})");
inline const QByteArray manifestType = QByteArrayLiteral("application/vnd.oci.image.manifest.v1+json");

inline QByteArray digestOf(const QByteArray &bytes)
{
    return "sha256:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

inline Reply answer(int status, const QByteArrayList &fields = {}, const QByteArray &body = {})
{
    return ScriptedHttpServer::answer(status, fields, body);
}

/// The manifest, as a good registry sends it.
inline Reply goodManifest(const Request &request)
{
    const QByteArrayList fields{
        "Content-Type: " + manifestType, "Docker-Content-Digest: " + digestOf(manifest)};
    if (request.method != "HEAD") {
        return answer(200, fields, manifest);
    }
    return {"HTTP/1.1 200 OK\r\n" + fields.join("\r\n") + "\r\nContent-Length: 31\r\n\r\n"};
}

inline Reply wantsToken(const QByteArray &realm, const QByteArray &more = {})
{
    return answer(401, {"WWW-Authenticate: Bearer realm=\"" + realm + "\",service=\"the service\"" + more});
}

/// The address of something at the server that got the request.
inline QByteArray here(const Request &request, const QByteArray &path)
{
    return "http://" + request.field("Host") + path;
}

inline domain::ImageReference image(const QString &host, const QString &tag = QStringLiteral("1.0"))
{
    return {host, QStringLiteral("team/app"), tag, std::nullopt};
}

inline core::CallContext within(std::chrono::milliseconds time)
{
    return {core::Deadline::in(time), {}};
}

/// The same credentials for every registry that is listed, or for all.
class FixedCredentials final : public ports::CredentialStore
{
public:
    explicit FixedCredentials(ports::RegistryCredentials credentials, QString registry = {})
        : m_credentials(std::move(credentials)), m_registry(std::move(registry))
    {
    }

    core::Result<std::optional<ports::RegistryCredentials>> find(
        const QString &registry, const core::CallContext &) override
    {
        ++asked;
        const std::scoped_lock lock(m_mutex);
        return m_registry.isEmpty() || m_registry == registry ? std::optional(m_credentials) : std::nullopt;
    }
    void change(ports::RegistryCredentials credentials)
    {
        const std::scoped_lock lock(m_mutex);
        m_credentials = std::move(credentials);
    }

    std::atomic<int> asked = 0;

private:
    std::mutex m_mutex;
    ports::RegistryCredentials m_credentials;
    QString m_registry;
};

inline ports::RegistryCredentials annasPassword(const char *password = "secret")
{
    return {QStringLiteral("anna"), core::Secret(password)};
}

/// What Authorization says when anna signs in with `secret`.
inline const QByteArray annasBasic = QByteArrayLiteral("Basic YW5uYTpzZWNyZXQ=");

} // namespace dockerauto::registrytests
