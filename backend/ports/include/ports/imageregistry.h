#pragma once

#include <core/callcontext.h>
#include <core/result.h>
#include <core/secret.h>
#include <core/time.h>
#include <domain/imagereference.h>

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace dockerauto::ports {

/// What a registry says a reference stands for now.
struct RemoteManifest
{
    /// From Docker-Content-Digest, or computed over the bytes of the body where that was missing.
    QString digest;
    QString mediaType;
    /// The manifest or index as it was sent; empty after a HEAD.
    QByteArray body;
    /// What the registry itself says of when it got the manifest (Last-Modified), where it says it. Never the
    /// creation time inside the image, which its maker can set at will.
    std::optional<core::Timestamp> publishedAt = {};
};

/// How a registry may be used now.
struct RegistryTraffic
{
    enum class State
    {
        Open,
        /// Said 429, or its budget is used up; nothing is sent before `pausedUntil`.
        Paused,
        /// Failed again and again; one request in a while finds out whether it is back.
        Broken
    };

    /// docker.io, example.com:5000
    QString registry;
    State state = State::Open;
    /// Why it is paused or broken, in plain words; empty while open.
    QString detail;
    /// Pulls in the window and how many are left, where the registry says so (`ratelimit-limit`,
    /// `ratelimit-remaining`).
    std::optional<qint64> limit;
    std::optional<qint64> remaining;
    std::optional<qint64> windowSeconds;
    /// When the figures above were read.
    std::optional<core::Timestamp> measuredAt;
    /// When the window of the figures ends at the latest.
    std::optional<core::Timestamp> resetsAt;
    std::optional<core::Timestamp> pausedUntil;
    /// Requests sent since the start, tokens among them.
    qint64 requests = 0;
};

/// The answer of a connection test.
struct RegistryTest
{
    /// Whether it would work for pulls with what was tried.
    bool usable = false;
    bool signedIn = false;
    /// One or two sentences for people: what answered, as whom, and if not, what to do.
    QString detail;
};

/// The registries that images come from. Blocking and thread-safe like ContainerEngine. A registry that
/// cannot be reached is Unavailable, an image that is not there or not visible to us NotFound, refused
/// credentials Unauthenticated, too many requests RateLimited. A failure never means "up to date".
class ImageRegistry
{
public:
    virtual ~ImageRegistry() = default;

    /// HEAD of the manifest, by tag or, when the reference has one, by digest. Falls back to GET when the
    /// registry sends no digest. Costs nothing of the pull limit of Docker Hub.
    virtual core::Result<RemoteManifest> head(
        const domain::ImageReference &image, const core::CallContext &context) = 0;
    /// GET of the manifest; the digest is verified against the bytes.
    virtual core::Result<RemoteManifest> get(
        const domain::ImageReference &image, const core::CallContext &context) = 0;
    /// All tags of the repository, in no order, at most 200,000. Pages are followed at the same origin only.
    virtual core::Result<std::vector<QString>> tags(
        const domain::ImageReference &image, const core::CallContext &context) = 0;
    /// A blob of the repository, at most `maxBytes` long; verified against its digest. For configs, not for
    /// layers.
    virtual core::Result<QByteArray> blob(const domain::ImageReference &image, const QString &digest,
        qsizetype maxBytes, const core::CallContext &context) = 0;
    /// Signs in and looks whether the registry speaks the distribution protocol; with a repository
    /// (`library/nginx`) also whether that may be read. Only failures of our own are errors.
    virtual core::Result<RegistryTest> test(
        const QString &registry, const QString &repository, const core::CallContext &context) = 0;
    /// Every registry that was asked since the start.
    [[nodiscard]] virtual std::vector<RegistryTraffic> traffic() const = 0;
};

/// How to sign in at a registry.
struct RegistryCredentials
{
    QString username;
    core::Secret password;
    /// Instead of a password: an OAuth2 refresh token.
    core::Secret identityToken = {};
    /// Instead of everything: sent as it is.
    core::Secret registryToken = {};
    /// Where they come from, for people: `this program`, `config.json`, `docker-credential-pass`.
    QString source = {};
};

/// The credentials for a registry (`docker.io`, `example.com:5000`); none means anonymous. May run a helper
/// program. Thread-safe.
class CredentialStore
{
public:
    virtual ~CredentialStore() = default;
    virtual core::Result<std::optional<RegistryCredentials>> find(
        const QString &registry, const core::CallContext &context) = 0;
};

/// How a registry is reached when it is not reached in the usual way.
struct RegistryOptions
{
    /// `host` or `host:port`, asked before the registry itself, in order.
    std::vector<QString> mirrors = {};
    /// Plain HTTP and certificates that nobody vouches for are accepted.
    bool insecure = false;
    /// Authorities that are trusted for this registry beside those of the machine, as PEM.
    QByteArray caCertificates = {};
    /// Hosts beside the registry's own that may be given the password in exchange for a token.
    std::vector<QString> realmHosts = {};

    friend bool operator==(const RegistryOptions &, const RegistryOptions &) = default;
};

/// Called on any thread, for every request; must be quick.
using RegistryOptionsSource = std::function<RegistryOptions(const QString &registry)>;

} // namespace dockerauto::ports
