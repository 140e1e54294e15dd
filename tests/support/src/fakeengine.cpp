#include "testsupport/fakeengine.h"

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

/// What the daemon takes over from an image when a container is made.
void mergeImage(Json &config, const Json &image)
{
    for (const char *list : {"Env"}) {
        Json merged = config.value(list, Json::array());
        if (merged.is_null()) {
            merged = Json::array();
        }
        for (const Json &entry : image.value(list, Json::array())) {
            const std::string key = entry.get<std::string>().substr(0, entry.get<std::string>().find('='));
            bool set = false;
            for (const Json &own : merged) {
                set = set || own.get<std::string>().starts_with(key + '=');
            }
            if (!set) {
                merged.push_back(entry);
            }
        }
        config[list] = merged;
    }
    Json labels = config.value("Labels", Json::object());
    const Json imageLabels = image.value("Labels", Json::object());
    for (const auto &[key, value] : imageLabels.items()) {
        if (!labels.contains(key)) {
            labels[key] = value;
        }
    }
    config["Labels"] = labels;
    if (config.value("Cmd", Json()).is_null() && image.contains("Cmd")) {
        config["Cmd"] = image["Cmd"];
    }
    if (config.value("Healthcheck", Json()).is_null() && image.contains("Healthcheck")) {
        config["Healthcheck"] = image["Healthcheck"];
    }
}

} // namespace

core::Failure FakeEngine::notFound(const QString &what)
{
    return fail(ErrorCode::NotFound, QStringLiteral("No such container: ") % what);
}

void FakeEngine::publish(const QString &reference, Image image)
{
    const std::lock_guard lock(m_mutex);
    if (image.fate == Fate::Healthy || image.fate == Fate::Unhealthy) {
        image.config["Healthcheck"] = Json{{"Test", {"CMD", "true"}}, {"Interval", 1'000'000'000},
            {"Timeout", 1'000'000'000}, {"Retries", 2}};
    }
    m_registry[reference] = image.id;
    m_images[image.id] = std::move(image);
}

QString FakeEngine::run(const QString &name, const QString &reference, Json body)
{
    const std::lock_guard lock(m_mutex);
    m_tags[reference] = m_registry.at(reference);
    body["Image"] = reference.toStdString();
    auto container = make(name, body);
    container->status = running;
    const QString id = container->id;
    m_containers.emplace(id, std::move(*container));
    return id;
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
        if (id == idOrName || container.name == idOrName) {
            return &container;
        }
    }
    return nullptr;
}

const FakeEngine::Image *FakeEngine::findImage(const QString &idOrReference) const
{
    const auto tag = m_tags.find(idOrReference);
    const auto image = m_images.find(tag == m_tags.end() ? idOrReference : tag->second);
    return image == m_images.end() ? nullptr : &image->second;
}

Result<Container> FakeEngine::make(const QString &name, const Json &body)
{
    if (find(name)) {
        return fail(
            ErrorCode::Conflict, QStringLiteral("The container name /%1 is already in use").arg(name));
    }
    const Image *image = findImage(core::textOf(body, "Image"));
    if (!image) {
        return fail(ErrorCode::NotFound, QStringLiteral("No such image"));
    }
    Container container;
    container.id = QStringLiteral("%1").arg(m_nextId++, 64, 16, QLatin1Char('0'));
    container.name = name;
    container.imageId = image->id;
    container.config = body;
    container.hostConfig = body.value("HostConfig", Json::object());
    container.config.erase("HostConfig");
    container.config.erase("NetworkingConfig");
    mergeImage(container.config, image->config);
    return container;
}

Json FakeEngine::describe(const Container &container) const
{
    const Image &image = m_images.at(container.imageId);
    const bool isRunning = container.status == running || container.status == paused;
    Json state{{"Status", container.status.toStdString()}, {"Running", isRunning},
        {"Paused", container.status == paused}, {"Restarting", false}, {"OOMKilled", false}, {"Dead", false},
        {"ExitCode", container.status == exited ? 1 : 0}, {"Error", ""},
        {"StartedAt", "2025-02-19T20:00:00.000000000Z"}, {"FinishedAt", "0001-01-01T00:00:00Z"}};
    if (isRunning && (image.fate == Fate::Healthy || image.fate == Fate::Unhealthy)) {
        state["Health"] = Json{{"Status", image.fate == Fate::Healthy ? "healthy" : "unhealthy"},
            {"FailingStreak", image.fate == Fate::Healthy ? 0 : 2}, {"Log", Json::array()}};
    }
    const Json command = container.config.value("Cmd", Json::array());
    Json arguments = command;
    if (!arguments.empty()) {
        arguments.erase(0);
    }
    return Json{{"Id", container.id.toStdString()}, {"Name", '/' + container.name.toStdString()},
        {"Image", container.imageId.toStdString()}, {"Created", "2025-02-19T20:00:00.000000000Z"},
        {"Path", command.empty() ? Json("") : command.front()}, {"Args", std::move(arguments)},
        {"State", std::move(state)}, {"RestartCount", 0}, {"Config", container.config},
        {"HostConfig", container.hostConfig}, {"Mounts", Json::array()},
        {"NetworkSettings", {{"Ports", Json::object()}, {"Networks", Json::object()}}}};
}

Result<> FakeEngine::intercept(const QString &call)
{
    m_calls.push_back(call);
    const auto failure = m_failures.find(call);
    if (failure == m_failures.end()) {
        return {};
    }
    core::Error error = std::move(failure->second);
    m_failures.erase(failure);
    return fail(std::move(error));
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
    info.address = QStringLiteral("unix:///var/run/docker.sock");
    return info;
}

Result<std::vector<ports::ContainerSummary>> FakeEngine::listContainers(const CallContext &)
{
    if (m_crash.dead()) {
        return Crash::gone();
    }
    std::vector<ports::ContainerSummary> all;
    for (const Container &container : containers()) {
        ports::ContainerSummary summary;
        summary.id = core::EngineContainerId(container.id);
        summary.name = container.name;
        summary.imageId = container.imageId;
        summary.state = container.status;
        all.push_back(std::move(summary));
    }
    return all;
}

Result<Json> FakeEngine::inspectContainer(const QString &idOrName, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    if (m_crash.dead()) {
        return Crash::gone();
    }
    const Container *container = find(idOrName);
    if (!container) {
        return notFound(idOrName);
    }
    Json inspect = describe(*container);
    if (m_alterInspect) {
        DOCKERAUTO_TRY(m_alterInspect(inspect));
    }
    return inspect;
}

Result<Json> FakeEngine::inspectImage(const QString &idOrReference, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    if (m_crash.dead()) {
        return Crash::gone();
    }
    ++m_imageInspects;
    const Image *image = findImage(idOrReference);
    if (!image) {
        return fail(ErrorCode::NotFound, QStringLiteral("No such image: ") % idOrReference);
    }
    Json digests = Json::array();
    for (const auto &[reference, id] : m_registry) {
        digests.push_back(QString(reference.section(u':', 0, -2) % u'@' % image->digest).toStdString());
    }
    return Json{{"Id", image->id.toStdString()}, {"RepoDigests", digests}, {"Config", image->config},
        {"Os", "linux"}, {"Architecture", "amd64"}};
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
    return change(QStringLiteral("start"), id, [this](Container &container) -> Result<> {
        container.status = m_images.at(container.imageId).fate == Fate::Exits ? exited : running;
        return {};
    });
}

Result<> FakeEngine::stopContainer(const QString &id, std::optional<int>, const CallContext &)
{
    return change(QStringLiteral("stop"), id, [](Container &container) -> Result<> {
        if (container.status == running || container.status == paused) {
            container.status = exited;
        }
        return {};
    });
}

Result<> FakeEngine::restartContainer(const QString &id, const CallContext &context)
{
    return startContainer(id, context);
}

Result<> FakeEngine::pauseContainer(const QString &id, const CallContext &)
{
    return change(QStringLiteral("pause"), id, [](Container &container) -> Result<> {
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
        if (removal == Removal::OnlyStopped && (container.status == running || container.status == paused)) {
            return fail(ErrorCode::Conflict, QStringLiteral("The container is running"));
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
    const QString &, const QString &containerId, const Json &, const CallContext &)
{
    return change(QStringLiteral("connect"), containerId, [](Container &) { return Result<>(); });
}

Result<> FakeEngine::pullImage(const domain::ImageReference &image, const ports::RegistryAuth &,
    const std::function<void(const ports::PullProgress &)> &progress, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("pull")));
        const auto published = m_registry.find(image.familiar());
        if (published == m_registry.end()) {
            return fail(ErrorCode::NotFound, QStringLiteral("manifest unknown"));
        }
        progress({.layers = 1, .bytesDone = 50, .bytesTotal = 100});
        progress({.layers = 1, .bytesDone = 100, .bytesTotal = 100});
        m_tags[image.familiar()] = published->second;
        return {};
    });
}

Result<> FakeEngine::tagImage(const QString &id, const domain::ImageReference &reference, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("tag")));
        if (!m_images.contains(id)) {
            return notFound(id);
        }
        m_tags[reference.familiar()] = id;
        return {};
    });
}

Result<> FakeEngine::removeImage(const QString &idOrReference, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("removeImage")));
        const Image *image = findImage(idOrReference);
        if (!image) {
            return notFound(idOrReference);
        }
        const QString id = image->id;
        if (std::ranges::any_of(m_containers, [&](const auto &one) { return one.second.imageId == id; })) {
            return fail(ErrorCode::Conflict, QStringLiteral("image is being used by a container"));
        }
        std::erase_if(m_tags, [&](const auto &tag) { return tag.second == id; });
        m_images.erase(id);
        return {};
    });
}

void FakeEngine::loseImage(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    m_images.erase(id);
}

bool FakeEngine::hasImage(const QString &idOrReference) const
{
    const std::lock_guard lock(m_mutex);
    return findImage(idOrReference) != nullptr;
}

int FakeEngine::imageInspects() const
{
    const std::lock_guard lock(m_mutex);
    return m_imageInspects;
}

Result<ports::ExecResult> FakeEngine::runCommand(
    const QString &id, const std::vector<QString> &argv, const CallContext &)
{
    DOCKERAUTO_TRY(change(QStringLiteral("exec"), id, [](Container &) { return Result<>(); }));
    const std::lock_guard lock(m_mutex);
    return m_answerCommands ? m_answerCommands(argv) : ports::ExecResult{};
}

Result<Json> FakeEngine::listChanges(const QString &, const CallContext &)
{
    return Json::array();
}

Result<ports::PathStat> FakeEngine::statPath(const QString &, const QString &path, const CallContext &)
{
    return fail(ErrorCode::NotFound, QStringLiteral("Could not find the file %1").arg(path));
}

Result<> FakeEngine::readArchive(
    const QString &, const QString &, const ports::ByteSink &sink, const CallContext &)
{
    return sink(QByteArray(1024, '\0'));
}

Result<> FakeEngine::writeArchive(
    const QString &id, const QString &, const ports::ByteSource &source, const CallContext &)
{
    return change(QStringLiteral("writeArchive"), id, [&](Container &) -> Result<> {
        for (;;) {
            DOCKERAUTO_TRY_ASSIGN(part, source());
            if (part.isEmpty()) {
                return {};
            }
        }
    });
}

Result<Json> FakeEngine::inspectNetwork(const QString &idOrName, const CallContext &)
{
    return Json{{"Name", idOrName}, {"Id", idOrName}, {"Driver", "bridge"}};
}

Result<Json> FakeEngine::inspectVolume(const QString &name, const CallContext &)
{
    return Json{{"Name", name}, {"Driver", "local"}, {"Mountpoint", "/fake/volumes/" + name.toStdString()}};
}

Result<std::map<QString, qint64>> FakeEngine::volumeSizes(const CallContext &)
{
    return std::map<QString, qint64>{};
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

void FakeEngine::answerCommands(std::function<Result<ports::ExecResult>(const std::vector<QString> &)> answer)
{
    const std::lock_guard lock(m_mutex);
    m_answerCommands = std::move(answer);
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
