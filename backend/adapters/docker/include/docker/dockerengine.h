#pragma once

#include <docker/engineaddress.h>
#include <ports/containerengine.h>

#include <chrono>
#include <memory>
#include <optional>

namespace dockerauto::docker {

struct DockerSettings
{
    /// Connections that are kept open between calls. More are opened when more calls run at once.
    int maxIdleConnections = 12;
    /// What a call may answer at most; a longer answer is Corrupt. Streams have no limit.
    qint64 maxAnswerBytes = 64LL * 1024 * 1024;
    /// A pull that says nothing for so long is given up as a Timeout.
    std::chrono::milliseconds pullSilence = std::chrono::minutes(5);
    /// The pauses of followEvents between tries grow from the first to the second.
    std::chrono::milliseconds firstRetryPause = std::chrono::milliseconds(500);
    std::chrono::milliseconds longestRetryPause = std::chrono::seconds(30);
    /// Speak this version and do not ask (DOCKER_API_VERSION).
    std::optional<ports::ApiVersion> fixedApiVersion;
};

/// A Docker Engine (or one that answers like it, such as Podman) over its HTTP API, versions 1.40 to 1.52
/// (https://docs.docker.com/reference/api/engine/). Construction opens nothing. Any thread may call; calls
/// run side by side, each over a connection of its own. Must outlive its calls.
class DockerEngine final : public ports::ContainerEngine
{
public:
    explicit DockerEngine(EngineAddress address, DockerSettings settings = {});
    ~DockerEngine() override;

    core::Result<ports::EngineInfo> info(const core::CallContext &context) override;

    core::Result<std::vector<ports::ContainerSummary>> listContainers(
        const core::CallContext &context) override;
    core::Result<core::Json> inspectContainer(
        const QString &idOrName, const core::CallContext &context) override;
    core::Result<core::Json> inspectImage(
        const QString &idOrReference, const core::CallContext &context) override;

    core::Result<core::EngineContainerId> createContainer(
        const QString &name, const core::Json &body, const core::CallContext &context) override;
    core::Result<> startContainer(const QString &id, const core::CallContext &context) override;
    core::Result<> stopContainer(
        const QString &id, std::optional<int> timeoutSeconds, const core::CallContext &context) override;
    core::Result<> restartContainer(const QString &id, const core::CallContext &context) override;
    core::Result<> pauseContainer(const QString &id, const core::CallContext &context) override;
    core::Result<> unpauseContainer(const QString &id, const core::CallContext &context) override;
    core::Result<> renameContainer(
        const QString &id, const QString &newName, const core::CallContext &context) override;
    core::Result<> removeContainer(
        const QString &id, Removal removal, const core::CallContext &context) override;
    core::Result<> setRestartPolicy(
        const QString &id, const core::Json &restartPolicy, const core::CallContext &context) override;
    core::Result<> connectNetwork(const QString &network, const QString &containerId,
        const core::Json &endpoint, const core::CallContext &context) override;

    core::Result<> pullImage(const domain::ImageReference &image, const ports::RegistryAuth &auth,
        const std::function<void(const ports::PullProgress &)> &progress,
        const core::CallContext &context) override;
    core::Result<> tagImage(const QString &id, const domain::ImageReference &reference,
        const core::CallContext &context) override;
    core::Result<> removeImage(const QString &idOrReference, const core::CallContext &context) override;

    core::Result<ports::ExecResult> runCommand(
        const QString &id, const std::vector<QString> &argv, const core::CallContext &context) override;
    core::Result<core::Json> listChanges(const QString &id, const core::CallContext &context) override;
    core::Result<ports::PathStat> statPath(
        const QString &id, const QString &path, const core::CallContext &context) override;
    core::Result<> readArchive(const QString &id, const QString &path, const ports::ByteSink &sink,
        const core::CallContext &context) override;
    core::Result<> writeArchive(const QString &id, const QString &folder, const ports::ByteSource &source,
        const core::CallContext &context) override;
    core::Result<core::Json> inspectNetwork(
        const QString &idOrName, const core::CallContext &context) override;
    core::Result<core::Json> inspectVolume(const QString &name, const core::CallContext &context) override;
    core::Result<std::map<QString, qint64>> volumeSizes(const core::CallContext &context) override;

    core::Result<std::vector<domain::LogRecord>> readLogs(
        const QString &id, const ports::LogOptions &options, const core::CallContext &context) override;
    /// CPU is computed against the sample that the call before saw, so the first call for a container says 0.
    core::Result<domain::ContainerStats> readStats(
        const QString &id, const core::CallContext &context) override;

    void followEvents(const EventListener &listener, const std::stop_token &stop) override;
    void retryNow() override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace dockerauto::docker
