#pragma once

#include <ports/containerengine.h>
#include <testsupport/crash.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace dockerauto::testsupport {

/// An engine in memory that behaves like Docker's where updates depend on it: names are unique, a create
/// merges what the image brings, a pull moves a tag. Thread-safe.
class FakeEngine final : public ports::ContainerEngine
{
public:
    /// How a container of an image fares after its start.
    enum class Fate
    {
        Runs,
        Healthy,
        Unhealthy,
        Exits
    };
    struct Image
    {
        QString id;
        QString digest;
        core::Json config = core::Json::object();
        Fate fate = Fate::Runs;
    };
    struct Container
    {
        QString id;
        QString name;
        QString imageId;
        core::Json config;
        core::Json hostConfig;
        QString status = QStringLiteral("created");
    };

    explicit FakeEngine(Crash &crash) : m_crash(crash) {}

    /// What the registry has under a reference; a pull brings it.
    void publish(const QString &reference, Image image);
    /// Makes a container as a person would, without the crash having a say.
    QString run(const QString &name, const QString &reference, core::Json body = core::Json::object());
    void removeBehindTheBack(const QString &idOrName);
    [[nodiscard]] std::vector<Container> containers() const;
    /// Calls by name, in order: `rename`, `create`, …
    [[nodiscard]] std::vector<QString> calls() const;
    /// As `docker image rm --force` does, whatever uses it.
    void loseImage(const QString &id);
    [[nodiscard]] bool hasImage(const QString &idOrReference) const;
    /// How often an image was looked at.
    [[nodiscard]] int imageInspects() const;
    /// From now on, this call fails once with this error.
    void failOnce(const QString &call, core::Error error);

    /// Has the last word on every inspect of a container; an error is what the caller gets.
    void alterInspect(std::function<core::Result<>(core::Json &)> alter);
    void answerStats(std::function<core::Result<domain::ContainerStats>()> answer);
    void answerCommands(std::function<core::Result<ports::ExecResult>(const std::vector<QString> &)> answer);

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
    core::Result<domain::ContainerStats> readStats(
        const QString &id, const core::CallContext &context) override;
    void followEvents(const EventListener &listener, const std::stop_token &stop) override;
    void retryNow() override {}

private:
    Container *find(const QString &idOrName);
    const Image *findImage(const QString &idOrReference) const;
    core::Result<Container> make(const QString &name, const core::Json &body);
    core::Json describe(const Container &container) const;
    static core::Failure notFound(const QString &what);
    /// A call that changes the container: counted, may fail on purpose, and may be the moment of death.
    core::Result<> change(const QString &call, const QString &idOrName,
        const std::function<core::Result<>(Container &)> &effect);
    core::Result<> intercept(const QString &call);

    Crash &m_crash;
    mutable std::mutex m_mutex;
    std::map<QString, Image> m_images;
    std::map<QString, QString> m_tags;
    std::map<QString, QString> m_registry;
    std::map<QString, Container> m_containers;
    std::vector<QString> m_calls;
    std::map<QString, core::Error> m_failures;
    std::function<core::Result<>(core::Json &)> m_alterInspect;
    std::function<core::Result<domain::ContainerStats>()> m_answerStats;
    std::function<core::Result<ports::ExecResult>(const std::vector<QString> &)> m_answerCommands;
    int m_nextId = 1;
    int m_imageInspects = 0;
};

} // namespace dockerauto::testsupport
