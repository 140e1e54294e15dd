#include "testsupport/fakeengine.h"

#include <algorithm>

namespace dockerauto::testsupport {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using Container = FakeEngine::Container;

namespace {

const QString running = QStringLiteral("running");
const QString paused = QStringLiteral("paused");
const QString exited = QStringLiteral("exited");

} // namespace

core::Failure FakeEngine::notFound(const QString &what)
{
    return fail(ErrorCode::NotFound, QStringLiteral("No such container: ") % what);
}

QString FakeEngine::run(const QString &name, const QString &reference, Json body)
{
    const std::lock_guard lock(m_mutex);
    const QString imageId = m_registry.at(reference);
    m_tags[reference] = imageId;
    m_local[imageId].insert(domain::ImageReference::parse(reference)->familiarName());
    body["Image"] = reference.toStdString();
    auto container = make(name, body);
    if (!container) {
        qFatal("run: %s", qPrintable(container.error().text()));
    }
    for (const auto &[network, endpoint] : container->networks.items()) {
        m_networks.insert(QString::fromStdString(network));
    }
    container->status = running;
    container->startedAt = nextMoment();
    for (const auto &[path, content] : container->image.writesAtStart) {
        writeFile(*container, path, content);
    }
    const QString id = container->id;
    m_containers.emplace(id, std::move(*container));
    return id;
}

void FakeEngine::exitBehindTheBack(const QString &idOrName, int code)
{
    const std::lock_guard lock(m_mutex);
    if (Container *container = find(idOrName)) {
        end(*container, code);
    }
}

void FakeEngine::setHealth(const QString &idOrName, const QString &health)
{
    const std::lock_guard lock(m_mutex);
    if (Container *container = find(idOrName)) {
        container->health = health;
    }
}

void FakeEngine::addNetwork(const QString &name)
{
    const std::lock_guard lock(m_mutex);
    m_networks.insert(name);
}

void FakeEngine::removeBehindTheBack(const QString &idOrName)
{
    const std::lock_guard lock(m_mutex);
    if (const Container *container = find(idOrName)) {
        m_containers.erase(QString(container->id));
    }
}

std::vector<Container> FakeEngine::containers() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Container> all;
    for (const auto &[id, container] : m_containers) {
        all.push_back(container);
    }
    return all;
}

std::vector<QString> FakeEngine::calls() const
{
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

void FakeEngine::failOnce(const QString &call, core::Error error)
{
    const std::lock_guard lock(m_mutex);
    m_failures[call] = std::move(error);
}

Container *FakeEngine::find(const QString &idOrName)
{
    for (auto &[id, container] : m_containers) {
        if (id == idOrName || container.name == idOrName ||
            (idOrName.size() >= 12 && id.startsWith(idOrName))) {
            return &container;
        }
    }
    return nullptr;
}

const Container *FakeEngine::find(const QString &idOrName) const
{
    return const_cast<FakeEngine *>(this)->find(idOrName);
}

core::Timestamp FakeEngine::nextMoment()
{
    constexpr auto begin = core::Timestamp(std::chrono::seconds(1'739'995'200)); // 2025-02-19T20:00:00Z
    return m_clock ? m_clock->now() : begin + std::chrono::seconds(m_starts++);
}

bool FakeEngine::isLiving(const Container &container)
{
    return container.status == running || container.status == paused;
}

void FakeEngine::end(Container &container, int exitCode)
{
    container.status = exited;
    container.exitCode = exitCode;
    if (container.hostConfig.value("AutoRemove", false)) {
        m_containers.erase(QString(container.id));
    }
}

Result<> FakeEngine::interceptRead(const QString &call) const
{
    if (m_crash.dead()) {
        return Crash::gone();
    }
    const auto failure = m_failures.find(call);
    if (failure == m_failures.end()) {
        return {};
    }
    core::Error error = std::move(failure->second);
    m_failures.erase(failure);
    return fail(std::move(error));
}

Result<const Container *> FakeEngine::look(const QString &call, const QString &idOrName) const
{
    DOCKERAUTO_TRY(interceptRead(call));
    const Container *container = find(idOrName);
    return container ? Result<const Container *>(container) : notFound(idOrName);
}

Result<> FakeEngine::intercept(const QString &call)
{
    m_calls.push_back(call);
    return interceptRead(call);
}

Result<> FakeEngine::change(
    const QString &call, const QString &idOrName, const std::function<Result<>(Container &)> &effect)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(call));
        Container *container = find(idOrName);
        return container ? effect(*container) : notFound(idOrName);
    });
}

Result<ports::EngineInfo> FakeEngine::info(const CallContext &)
{
    ports::EngineInfo info;
    info.id = QStringLiteral("fake");
    info.version = QStringLiteral("20.10");
    info.apiVersion = {1, 41};
    info.os = QStringLiteral("linux");
    info.architecture = QStringLiteral("amd64");
    info.rootDirectory = QStringLiteral("/var/lib/docker");
    info.local = true;
    info.address = QStringLiteral("unix:///var/run/docker.sock");
    return info;
}

Result<std::vector<ports::ContainerSummary>> FakeEngine::listContainers(const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY(interceptRead(QStringLiteral("list")));
    std::vector<ports::ContainerSummary> all;
    for (const auto &[id, container] : m_containers) {
        ports::ContainerSummary summary;
        summary.id = core::EngineContainerId(container.id);
        summary.name = container.name;
        summary.imageId = container.imageId;
        summary.image = core::textOf(container.config, "Image");
        summary.state = container.status;
        const QString health = healthOf(container);
        summary.status = isLiving(container) ? QStringLiteral("Up 2 minutes") : QStringLiteral("Exited");
        summary.status += health.isEmpty() ? QString() : QString(QStringLiteral(" (") % health % u')');
        const Json &labels = core::memberOf(container.config, "Labels");
        for (const auto &[key, value] : labels.items()) {
            summary.labels[QString::fromStdString(key)] = value.get<QString>();
        }
        all.push_back(std::move(summary));
    }
    return all;
}

Result<Json> FakeEngine::inspectContainer(const QString &idOrName, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY(interceptRead(QStringLiteral("inspect")));
    Container *container = find(idOrName);
    if (!container) {
        return notFound(idOrName);
    }
    if (container->image.fate == Fate::RestartsOften && container->status == running) {
        ++container->restartCount;
    }
    Json inspect = describe(*container);
    if (m_alterInspect) {
        DOCKERAUTO_TRY(m_alterInspect(inspect));
    }
    return inspect;
}

Result<core::EngineContainerId> FakeEngine::createContainer(
    const QString &name, const Json &body, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<core::EngineContainerId> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("create")));
        DOCKERAUTO_TRY_ASSIGN(container, make(name, body));
        const QString id = container.id;
        m_containers.emplace(id, std::move(container));
        return core::EngineContainerId(id);
    });
}

Result<> FakeEngine::startContainer(const QString &id, const CallContext &)
{
    return change(QStringLiteral("start"), id, [this](Container &container) { return launch(container); });
}

Result<> FakeEngine::stopContainer(const QString &id, std::optional<int>, const CallContext &)
{
    return change(QStringLiteral("stop"), id, [this](Container &container) -> Result<> {
        if (isLiving(container)) {
            end(container, 0);
        }
        return {};
    });
}

Result<> FakeEngine::restartContainer(const QString &id, const CallContext &)
{
    return change(QStringLiteral("restart"), id, [this](Container &container) -> Result<> {
        container.status = isLiving(container) ? exited : container.status;
        return launch(container);
    });
}

Result<> FakeEngine::pauseContainer(const QString &id, const CallContext &)
{
    return change(QStringLiteral("pause"), id, [](Container &container) -> Result<> {
        if (container.status != running) {
            return fail(ErrorCode::Conflict,
                QStringLiteral("Container %1 is %2")
                    .arg(container.id, container.status == paused ? QStringLiteral("already paused")
                                                                  : QStringLiteral("not running")));
        }
        container.status = paused;
        return {};
    });
}

Result<> FakeEngine::unpauseContainer(const QString &id, const CallContext &)
{
    return change(QStringLiteral("unpause"), id, [](Container &container) -> Result<> {
        if (container.status != paused) {
            return fail(ErrorCode::Conflict, QStringLiteral("The container is not paused"));
        }
        container.status = running;
        return {};
    });
}

Result<> FakeEngine::renameContainer(const QString &id, const QString &newName, const CallContext &)
{
    return change(QStringLiteral("rename"), id, [&](Container &container) -> Result<> {
        if (find(newName)) {
            return fail(ErrorCode::Conflict, QStringLiteral("The name /%1 is already in use").arg(newName));
        }
        container.name = newName;
        return {};
    });
}

Result<> FakeEngine::removeContainer(const QString &id, Removal removal, const CallContext &)
{
    return change(QStringLiteral("remove"), id, [&](Container &container) -> Result<> {
        if (removal == Removal::OnlyStopped && isLiving(container)) {
            return fail(ErrorCode::Conflict,
                container.status == paused
                    ? QStringLiteral("cannot remove a paused container: unpause and then stop it first")
                    : QStringLiteral("cannot remove a running container: stop it first"));
        }
        m_containers.erase(QString(container.id));
        return {};
    });
}

Result<> FakeEngine::setRestartPolicy(const QString &id, const Json &restartPolicy, const CallContext &)
{
    return change(QStringLiteral("update"), id, [&](Container &container) -> Result<> {
        container.hostConfig["RestartPolicy"] = restartPolicy;
        return {};
    });
}

Result<> FakeEngine::connectNetwork(
    const QString &network, const QString &containerId, const Json &endpoint, const CallContext &)
{
    return change(QStringLiteral("connect"), containerId, [&](Container &container) -> Result<> {
        const std::string name = network.toStdString();
        if (!m_networks.contains(network)) {
            return fail(ErrorCode::NotFound, QStringLiteral("network %1 not found").arg(network));
        }
        if (container.networks.contains(name)) {
            return fail(ErrorCode::PermissionDenied,
                QStringLiteral("endpoint with name %1 already exists in network %2")
                    .arg(container.name, network));
        }
        container.networks[name] = endpoint.is_object() ? endpoint : Json::object();
        return {};
    });
}

Result<std::vector<domain::LogRecord>> FakeEngine::readLogs(
    const QString &, const ports::LogOptions &, const CallContext &)
{
    return std::vector<domain::LogRecord>{
        {.stream = domain::LogRecord::Stream::Stderr, .time = {}, .text = QStringLiteral("last words")}};
}

Result<domain::ContainerStats> FakeEngine::readStats(const QString &, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_answerStats ? m_answerStats() : domain::ContainerStats{};
}

void FakeEngine::alterInspect(std::function<Result<>(Json &)> alter)
{
    const std::lock_guard lock(m_mutex);
    m_alterInspect = std::move(alter);
}

void FakeEngine::answerStats(std::function<Result<domain::ContainerStats>()> answer)
{
    const std::lock_guard lock(m_mutex);
    m_answerStats = std::move(answer);
}

void FakeEngine::followEvents(const EventListener &listener, const std::stop_token &stop)
{
    if (!m_crash.dead()) {
        listener.connected(*info({core::Deadline::in(std::chrono::seconds(1)), stop}));
    }
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait(lock, stop, [] { return false; });
}

} // namespace dockerauto::testsupport
