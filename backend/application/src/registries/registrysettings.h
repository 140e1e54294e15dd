#pragma once

#include <contracts/registries.h>
#include <core/result.h>
#include <core/secret.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <optional>
#include <vector>

namespace dockerauto::application {

/// The host of a registry as it stands in image names: `https://Registry.Example.com/` is
/// `registry.example.com`, and all names of Docker Hub are `docker.io`. InvalidArgument with `path` for what
/// is no host.
core::Result<QString> registryHost(const QString &text, const QString &path);

/// What somebody wants for a registry, before it is looked at.
struct RegistryWish
{
    QString registry;
    std::optional<QString> username;
    std::optional<QString> password;
    std::optional<QString> identityToken;
    std::vector<QString> mirrors;
    bool insecure = false;
    QString caCertificates;
    std::vector<QString> realmHosts;
};
RegistryWish wishOf(const contracts::NewRegistry &request);
RegistryWish wishOf(const contracts::RegistryChange &request);

/// What the wish says of the secret.
struct GivenSecret
{
    enum class What
    {
        /// Nothing: one that is there stays.
        Nothing,
        /// An empty one: one that is there goes.
        None,
        Password,
        IdentityToken
    };
    What what = What::Nothing;
    core::Secret secret = {};
};
core::Result<GivenSecret> givenSecret(const RegistryWish &wish);

/// Hosts in their normal form, certificates that are certificates. InvalidArgument with the field.
core::Result<ports::RegistryOptions> checkedOptions(const RegistryWish &wish);
/// InvalidArgument when it cannot be sent as a user name.
core::Result<QString> checkedUsername(const RegistryWish &wish);

/// Whether a secret that is kept could reach somebody whom it could not reach before: another account,
/// another host, or anybody on the way.
bool reachesFarther(const ports::RegistryOptions &before, const ports::RegistryOptions &after);

core::Json toJson(const ports::RegistryOptions &options);
/// As written by toJson; what is missing has its default.
ports::RegistryOptions optionsFrom(const core::Json &json);

contracts::RegistryBudget toContract(const ports::RegistryTraffic &traffic);

} // namespace dockerauto::application
