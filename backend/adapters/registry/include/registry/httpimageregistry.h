#pragma once

#include <core/clock.h>
#include <core/secret.h>
#include <ports/imageregistry.h>

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dockerauto::registry {

/// How to sign in at a registry.
struct Credentials
{
    QString user;
    core::Secret password;
    /// Hosts beside the registry's own that may be given the password in exchange for a token.
    std::vector<QString> realmHosts;
};

/// The credentials for a registry (`docker.io`, `example.com:5000`), or none. Called on any thread.
using CredentialSource = std::function<std::optional<Credentials>(const QString &registry)>;

/// Registries that speak the OCI distribution protocol, by HTTP. Connections are kept open and shared by
/// threads.
///
/// Plain HTTP is used for loopback addresses and the registries that are listed as insecure only, and only
/// when they do not speak TLS. Redirects are followed by hand, five at most, never from HTTPS to HTTP; the
/// Authorization header goes to the registry itself alone. Other hosts that a registry sends us to must have
/// public addresses, unless its own address is private.
class HttpImageRegistry final : public ports::ImageRegistry
{
public:
    struct Settings
    {
        CredentialSource credentials;
        /// `host` or `host:port`.
        std::vector<QString> insecureRegistries;
    };

    HttpImageRegistry(Settings settings, const core::Clock &clock);
    ~HttpImageRegistry() override;

    core::Result<ports::RemoteManifest> head(
        const domain::ImageReference &image, const core::CallContext &context) override;
    core::Result<ports::RemoteManifest> get(
        const domain::ImageReference &image, const core::CallContext &context) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace dockerauto::registry
