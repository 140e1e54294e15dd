#pragma once

#include <core/clock.h>
#include <ports/containerengine.h>
#include <testsupport/crash.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>

namespace dockerauto::testsupport {

/// An engine in memory that behaves like Docker's (API 1.41) where updates depend on it: names are unique, a
/// create merges what the image brings, a pull moves a tag; a start is refused for want of the container
/// whose network, IPC or PID namespace it is to share, for a host port or a static address that a running
/// container has; containers with AutoRemove vanish when they stop; volumes outlive containers. Thread-safe.
class FakeEngine final : public ports::ContainerEngine
{
public:
    /// How a container of an image fares after its start.
    enum class Fate
    {
        Runs,
        Healthy,
        Unhealthy,
        /// With the image's `exitCode`.
        Exits,
        /// Its RestartCount is one more at each look at it.
        RestartsOften,
        OomKilled,
        /// Its health stays `starting`.
        NeverHealthy,
        /// Healthy for the image's `soundFor`, by the clock given to the engine.
        BecomesUnhealthy,
        /// The engine can't start its command.
        WontStart
    };
    /// Contents by path.
    using Files = std::map<QString, QByteArray>;
    struct Image
    {
        QString id;
        QString digest;
        core::Json config = core::Json::object();
        Fate fate = Fate::Runs;
        int exitCode = 1;
        std::chrono::milliseconds soundFor{0};
        /// What is in it, by absolute path. Files below the path of a new volume are copied into that.
        Files files = {};
        /// What its program writes at each start, by absolute path: a migration of its data, for example.
        Files writesAtStart = {};
    };
    struct Mount
    {
        /// volume, bind or tmpfs
        QString type;
        /// Of the volume, or the folder of the host. Which content it has; mounts share it.
        QString source;
        QString destination;
        bool writable = true;
    };
    struct Container
    {
        QString id;
        QString name;
        QString imageId;
        core::Json config;
        core::Json hostConfig;
        QString status = QStringLiteral("created");
        Image image = {};
        /// Endpoint settings by the network's name.
        core::Json networks = core::Json::object();
        std::vector<Mount> mounts = {};
        /// What differs from the image, by absolute path; volumes are not part of it.
        Files files = {};
        int exitCode = 0;
        int restartCount = 0;
        bool oomKilled = false;
        QString problem = {};
        /// Has the last word on its health.
        QString health = {};
        std::optional<core::Timestamp> startedAt = {};
    };

    /// Without a clock, each start is a second later than the one before.
    explicit FakeEngine(Crash &crash, const core::Clock *clock = nullptr) : m_crash(crash), m_clock(clock) {}

    /// What the registry has under a reference; a pull brings it.
    void publish(const QString &reference, Image image);
    /// Makes a container as a person would, without the crash having a say.
    QString run(const QString &name, const QString &reference, core::Json body = core::Json::object());
    void removeBehindTheBack(const QString &idOrName);
    /// Ends by itself.
    void exitBehindTheBack(const QString &idOrName, int code);
    /// healthy, unhealthy or starting, whatever its image's fate is.
    void setHealth(const QString &idOrName, const QString &health);
    /// A network that people made. Those that run() names are made by it; bridge, host and none are there.
    void addNetwork(const QString &name);

    /// As the container sees it: of its volumes, its own, or its image's.
    [[nodiscard]] std::optional<QByteArray> file(const QString &idOrName, const QString &path) const;
    /// Writes as a program in the container does.
    void putFile(const QString &idOrName, const QString &path, const QByteArray &content);
    /// By path relative to the volume, or to the folder of the host that is mounted; nothing when there is no
    /// such volume.
    [[nodiscard]] std::optional<Files> volume(const QString &name) const;
    void putVolume(const QString &name, Files files);
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
    /// What a command that begins with this word does; others succeed and say nothing.
    void setCommandResult(const QString &program, int exitCode, const QString &output = {});
    /// All that were run, in order.
    [[nodiscard]] std::vector<std::vector<QString>> commands() const;
    /// Has the last word on every command.
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
    [[nodiscard]] const Container *find(const QString &idOrName) const;
    [[nodiscard]] const Image *findImage(const QString &idOrReference) const;
    static core::Failure notFound(const QString &what);
    /// Running or paused.
    static bool isLiving(const Container &container);

    // How containers are made: fakeenginecreate.cpp
    core::Result<Container> make(const QString &name, const core::Json &body);
    core::Result<> addMounts(Container &container);
    core::Result<> addMountsOfOthers(Container &container);
    void addMount(Container &container, Mount mount);
    void addNetworks(Container &container, const core::Json &body);
    [[nodiscard]] core::Json describe(const Container &container) const;
    [[nodiscard]] core::Json describeState(const Container &container) const;
    [[nodiscard]] core::Json describeNetworks(const Container &container) const;
    [[nodiscard]] QString healthOf(const Container &container) const;

    // How they live: fakeenginestart.cpp
    core::Result<> launch(Container &container);
    core::Result<> checkNamespaces(const Container &container) const;
    core::Result<> checkPorts(const Container &container) const;
    core::Result<> checkNetworks(const Container &container) const;
    /// It may be gone afterwards.
    void end(Container &container, int exitCode);
    core::Timestamp nextMoment();

    // What is in them: fakeenginefiles.cpp
    [[nodiscard]] Files filesOf(const Container &container) const;
    void writeFile(Container &container, const QString &path, const QByteArray &content);
    void emptyFolder(Container &container, const QString &folder);
    [[nodiscard]] bool hasFolder(const Container &container, const QString &path) const;
    [[nodiscard]] core::Result<QByteArray> archiveOf(const Container &container, const QString &path) const;

    /// A call that changes the container: counted, may fail on purpose, and may be the moment of death.
    core::Result<> change(const QString &call, const QString &idOrName,
        const std::function<core::Result<>(Container &)> &effect);
    core::Result<> intercept(const QString &call);
    /// For calls that change nothing.
    core::Result<> interceptRead(const QString &call) const;
    core::Result<const Container *> look(const QString &call, const QString &idOrName) const;

    Crash &m_crash;
    const core::Clock *m_clock;
    mutable std::mutex m_mutex;
    /// All that was ever published; which of them the engine has is in m_local.
    std::map<QString, Image> m_images;
    std::map<QString, std::set<QString>> m_local;
    std::map<QString, QString> m_tags;
    std::map<QString, QString> m_registry;
    std::map<QString, Container> m_containers;
    std::map<QString, Files> m_volumes;
    std::set<QString> m_networks{QStringLiteral("bridge"), QStringLiteral("host"), QStringLiteral("none")};
    std::vector<QString> m_calls;
    mutable std::map<QString, core::Error> m_failures;
    std::map<QString, ports::ExecResult> m_commandResults;
    std::vector<std::vector<QString>> m_commands;
    std::function<core::Result<>(core::Json &)> m_alterInspect;
    std::function<core::Result<domain::ContainerStats>()> m_answerStats;
    std::function<core::Result<ports::ExecResult>(const std::vector<QString> &)> m_answerCommands;
    int m_nextId = 1;
    int m_starts = 0;
    int m_imageInspects = 0;
};

} // namespace dockerauto::testsupport
