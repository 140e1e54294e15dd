#pragma once

#include <core/callcontext.h>
#include <core/ids.h>
#include <core/json.h>
#include <core/secret.h>
#include <core/time.h>
#include <domain/enginestream.h>
#include <domain/imagereference.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace dockerauto::ports {

/// `1.41`
struct ApiVersion
{
    int major = 1;
    int minor = 0;
    friend auto operator<=>(const ApiVersion &, const ApiVersion &) = default;
    [[nodiscard]] QString text() const { return QStringLiteral("%1.%2").arg(major).arg(minor); }
};

struct EngineInfo
{
    /// The engine's own id; differs when another engine answers at the same address.
    QString id;
    QString name;
    QString version;
    /// What was negotiated, not what the engine can do at most.
    ApiVersion apiVersion;
    QString operatingSystem;
    /// GOOS and GOARCH of the images that it runs: linux, amd64.
    QString os;
    QString architecture;
    QString defaultRuntime;
    qint64 memoryBytes = 0;
    int cpus = 0;
    /// Where the engine keeps everything, on its own machine.
    QString rootDirectory = {};
    /// Whether the engine runs on this machine, so that its paths and container addresses can be reached.
    bool local = false;
    /// The host of a `tcp://` address; empty otherwise.
    QString addressHost = {};
    /// Where it is asked, as DOCKER_HOST names it: `unix:///run/docker.sock`, `tcp://proxy:2375`.
    QString address = {};
};

struct ExecResult
{
    int exitCode = 0;
    /// Both streams as they came; the first 64 KiB.
    QString output;
};

/// What the engine knows of a path in a container's file system.
struct PathStat
{
    QString name;
    qint64 sizeBytes = 0;
    /// As os.FileMode of Go: the nine permission bits below, the kind in the upper bits.
    quint32 mode = 0;
    std::optional<core::Timestamp> modifiedAt;
    /// Empty for what is no symbolic link.
    QString linkTarget;
    [[nodiscard]] bool isRegular() const { return (mode & 0x8f280000U) == 0; }
};

/// Takes a part of a stream; a failure ends it.
using ByteSink = std::function<core::Result<>(QByteArrayView)>;
/// The next part of a stream; empty at its end.
using ByteSource = std::function<core::Result<QByteArray>()>;

/// One row of `GET /containers/json?all=1`.
struct ContainerSummary
{
    core::EngineContainerId id;
    /// Without the leading slash. The first of several names.
    QString name;
    /// What the container was created from; may be an image id when the tag has moved on.
    QString image;
    QString imageId;
    /// The engine's word: running, exited, …
    QString state;
    /// The human status, which holds the health: `Up 2 minutes (healthy)`.
    QString status;
    std::map<QString, QString> labels;
    core::Json ports;
    std::optional<core::Timestamp> createdAt;
};

/// How the engine signs in at a registry for a pull. Empty user and token mean anonymous.
struct RegistryAuth
{
    QString username;
    core::Secret password;
    core::Secret identityToken = {};
    core::Secret registryToken = {};
    QString serverAddress = {};
};

struct PullProgress
{
    int layers = 0;
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0;
};

/// What `GET /events` says, reduced to what is acted on.
struct EngineEvent
{
    /// container, image, network, …
    QString type;
    /// start, die, health_status, rename, …, without what follows a colon.
    QString action;
    /// What follows the colon: `healthy` in `health_status: healthy`.
    QString detail;
    core::EngineContainerId container;
    QString name;
    qint64 timeNano = 0;
};

struct LogOptions
{
    int tail = 200;
    std::optional<core::Timestamp> since;
    bool timestamps = true;
};

/// One Docker Engine. Every call blocks the calling thread until it is done, the deadline passes (Timeout) or
/// a stop is asked for (Cancelled). Thread-safe. An engine that does not answer is Unavailable; its own
/// refusals keep its own words as the message: 400 InvalidArgument, 404 NotFound, 409 Conflict, 403
/// PermissionDenied, 5xx Internal.
class ContainerEngine
{
public:
    virtual ~ContainerEngine() = default;

    /// Finds out whether the engine answers and which API version to speak. Other calls do it by themselves.
    virtual core::Result<EngineInfo> info(const core::CallContext &context) = 0;

    virtual core::Result<std::vector<ContainerSummary>> listContainers(const core::CallContext &context) = 0;
    /// The engine's own JSON; what it means depends on the API version in EngineInfo.
    virtual core::Result<core::Json> inspectContainer(
        const QString &idOrName, const core::CallContext &context) = 0;
    virtual core::Result<core::Json> inspectImage(
        const QString &idOrReference, const core::CallContext &context) = 0;

    /// `body` as of POST /containers/create. Returns the id of the new container. Conflict when the name is
    /// taken.
    virtual core::Result<core::EngineContainerId> createContainer(
        const QString &name, const core::Json &body, const core::CallContext &context) = 0;
    /// Already running is a success.
    virtual core::Result<> startContainer(const QString &id, const core::CallContext &context) = 0;
    /// Waits until it has stopped. The engine sends the container's own stop signal and waits
    /// `timeoutSeconds`, or the container's own grace time when absent, before it kills. Already stopped is a
    /// success. The deadline must be longer than the grace time.
    virtual core::Result<> stopContainer(
        const QString &id, std::optional<int> timeoutSeconds, const core::CallContext &context) = 0;
    virtual core::Result<> restartContainer(const QString &id, const core::CallContext &context) = 0;
    virtual core::Result<> pauseContainer(const QString &id, const core::CallContext &context) = 0;
    virtual core::Result<> unpauseContainer(const QString &id, const core::CallContext &context) = 0;
    virtual core::Result<> renameContainer(
        const QString &id, const QString &newName, const core::CallContext &context) = 0;
    /// Never removes volumes. `force` kills a running one.
    enum class Removal
    {
        OnlyStopped,
        Force
    };
    virtual core::Result<> removeContainer(
        const QString &id, Removal removal, const core::CallContext &context) = 0;
    /// POST /containers/{id}/update with a RestartPolicy object.
    virtual core::Result<> setRestartPolicy(
        const QString &id, const core::Json &restartPolicy, const core::CallContext &context) = 0;
    /// `endpoint` as EndpointSettings of POST /networks/{id}/connect; null for none.
    virtual core::Result<> connectNetwork(const QString &network, const QString &containerId,
        const core::Json &endpoint, const core::CallContext &context) = 0;

    /// Pulls until the stream says that it is complete. An error inside the stream, or a stream that ends
    /// early, is a failure. `progress` is called on the calling thread, for every line of the stream.
    virtual core::Result<> pullImage(const domain::ImageReference &image, const RegistryAuth &auth,
        const std::function<void(const PullProgress &)> &progress, const core::CallContext &context) = 0;
    /// Lets this reference, without a digest, mean the image of this id from now on.
    virtual core::Result<> tagImage(
        const QString &id, const domain::ImageReference &reference, const core::CallContext &context) = 0;
    virtual core::Result<> removeImage(const QString &idOrReference, const core::CallContext &context) = 0;

    /// Runs a command in a running container and waits for its end. When the deadline passes first, the
    /// answer is Timeout; the engine has no way to end the command, so it may go on.
    virtual core::Result<ExecResult> runCommand(
        const QString &id, const std::vector<QString> &argv, const core::CallContext &context) = 0;
    /// GET /containers/{id}/changes: a list of {Path, Kind}; an empty list for no changes.
    virtual core::Result<core::Json> listChanges(const QString &id, const core::CallContext &context) = 0;
    /// NotFound when the path is not there.
    virtual core::Result<PathStat> statPath(
        const QString &id, const QString &path, const core::CallContext &context) = 0;
    /// The path, a file or a folder with all below, as a tar stream; the container need not run. Volumes are
    /// part of it.
    virtual core::Result<> readArchive(
        const QString &id, const QString &path, const ByteSink &sink, const core::CallContext &context) = 0;
    /// Unpacks a tar stream into a folder, with owners and modes as in the stream.
    virtual core::Result<> writeArchive(const QString &id, const QString &folder, const ByteSource &source,
        const core::CallContext &context) = 0;
    virtual core::Result<core::Json> inspectNetwork(
        const QString &idOrName, const core::CallContext &context) = 0;
    virtual core::Result<core::Json> inspectVolume(const QString &name, const core::CallContext &context) = 0;
    /// Sizes of the volumes by name, as `docker system df -v` tells them; slow on hosts with large ones.
    virtual core::Result<std::map<QString, qint64>> volumeSizes(const core::CallContext &context) = 0;

    /// The last lines, oldest first.
    virtual core::Result<std::vector<domain::LogRecord>> readLogs(
        const QString &id, const LogOptions &options, const core::CallContext &context) = 0;
    /// One sample of GET /containers/{id}/stats, computed.
    virtual core::Result<domain::ContainerStats> readStats(
        const QString &id, const core::CallContext &context) = 0;

    /// Follows events until the stop token asks for an end. `connected` is called whenever the stream is open
    /// (again): the listener then lists everything, since events may have been lost. `event` is called for
    /// each event that was not seen before. `lost` is called with the reason whenever the stream broke; after
    /// a growing pause it is tried again. All are called on the calling thread. Returns when stopped.
    struct EventListener
    {
        std::function<void(const EngineInfo &)> connected;
        std::function<void(const EngineEvent &)> event;
        std::function<void(const core::Error &)> lost;
    };
    virtual void followEvents(const EventListener &listener, const std::stop_token &stop) = 0;
    /// Ends the pause of followEvents, if it is in one: tries again now.
    virtual void retryNow() = 0;
};

} // namespace dockerauto::ports
