#pragma once

#include <core/clock.h>
#include <ports/imageregistry.h>

#include <memory>

namespace dockerauto::registry {

/// Registries that speak the OCI distribution protocol, by HTTP. Connections are kept open and shared by
/// threads.
///
/// Plain HTTP is used for loopback addresses and the registries that are listed as insecure only, and only
/// when they do not speak TLS. Redirects are followed by hand, five at most, never from HTTPS to HTTP; the
/// Authorization header goes to the registry itself alone. Other hosts that a registry sends us to must have
/// public addresses, unless its own address is private.
///
/// Mirrors are asked first, each with its own credentials and options, and the registry itself when none of
/// them has the answer.
///
/// Requests keep to what a registry allows: at most 32 are under way at one host, after 429 nothing is sent
/// until the time that it names and fewer than before then, and a host that fails again and again is tried
/// once in a while. A call waits for that at most 30 s, and not beyond its deadline; else it fails at once
/// and says when it will work again.
class HttpImageRegistry final : public ports::ImageRegistry
{
public:
    struct Settings
    {
        /// Must outlive the registry. Without it everything is anonymous.
        ports::CredentialStore *credentials = nullptr;
        ports::RegistryOptionsSource options = {};
        /// How many tags a page of a list should have; registries may give fewer.
        int tagsPerPage = 1000;
    };

    HttpImageRegistry(Settings settings, const core::Clock &clock);
    ~HttpImageRegistry() override;

    core::Result<ports::RemoteManifest> head(
        const domain::ImageReference &image, const core::CallContext &context) override;
    core::Result<ports::RemoteManifest> get(
        const domain::ImageReference &image, const core::CallContext &context) override;
    core::Result<std::vector<QString>> tags(
        const domain::ImageReference &image, const core::CallContext &context) override;
    core::Result<QByteArray> blob(const domain::ImageReference &image, const QString &digest,
        qsizetype maxBytes, const core::CallContext &context) override;
    core::Result<ports::RegistryTest> test(
        const QString &registry, const QString &repository, const core::CallContext &context) override;
    [[nodiscard]] std::vector<ports::RegistryTraffic> traffic() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace dockerauto::registry
