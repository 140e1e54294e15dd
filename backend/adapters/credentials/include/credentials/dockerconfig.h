#pragma once

#include <ports/imageregistry.h>

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>

#include <functional>

namespace dockerauto::credentials {

/// What a credential helper answered.
struct HelperAnswer
{
    QByteArray output;
    int exitCode = 0;
};
/// Asks the program `docker-credential-NAME get` with the server on its input. NotFound when it is not
/// installed.
using HelperRunner = std::function<core::Result<HelperAnswer>(
    const QString &name, const QString &server, const core::CallContext &context)>;

/// Runs the helper from PATH, without a shell, within ten seconds and 64 KiB of output.
HelperRunner processHelperRunner();

/// The credentials that a config.json (the text of it) has for the registry, by the rules of "Credentials" in
/// resources/docs/registries.md: exactly one source is asked. `source` of the answer is auths, credsStore or
/// credHelpers; nothing when anonymous.
core::Result<std::optional<ports::RegistryCredentials>> credentialsFromConfig(const QByteArray &config,
    const QString &registry, const HelperRunner &helpers, const core::CallContext &context);

/// The credentials of Docker's own client: `DOCKER_AUTH_CONFIG`, else config.json in `DOCKER_CONFIG` or
/// ~/.docker, read again when the file has changed. Answers of helpers are kept for a minute. Thread-safe.
class DockerConfig final : public ports::CredentialStore
{
public:
    DockerConfig(const QProcessEnvironment &environment, HelperRunner helpers);
    ~DockerConfig() override;

    core::Result<std::optional<ports::RegistryCredentials>> find(
        const QString &registry, const core::CallContext &context) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace dockerauto::credentials
