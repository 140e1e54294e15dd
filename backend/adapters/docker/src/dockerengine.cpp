#include "docker/dockerengine.h"

#include "dockerengineparts.h"
#include "engineanswers.h"

#include <core/logging.h>
#include <domain/containerstats.h>
#include <domain/pullprogress.h>

namespace dockerauto::docker {

using core::CallContext;
using core::Json;
using core::Result;

DockerEngine::DockerEngine(EngineAddress address, DockerSettings settings)
    : m_parts(std::make_unique<Parts>(*this, std::move(address), settings))
{
}

DockerEngine::~DockerEngine() = default;

Result<ports::EngineInfo> DockerEngine::info(const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(info, m_parts->getJson("/info", {}, context));
    DOCKERAUTO_TRY_ASSIGN(version, m_parts->getJson("/version", {}, context));
    // Asked last: the calls before may have corrected it.
    DOCKERAUTO_TRY_ASSIGN(spoken, m_parts->client.version(context));
    ports::EngineInfo read = readInfo(info, version, spoken);
    const EngineAddress &address = m_parts->client.address();
    // A tcp address may lead anywhere, even one of this machine: through a tunnel or into a virtual machine.
    read.local = address.transport == EngineAddress::Transport::UnixSocket;
    read.addressHost = address.host;
    read.address = address.text();
    return read;
}

Result<std::vector<ports::ContainerSummary>> DockerEngine::listContainers(const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(rows, m_parts->getJson("/containers/json", "all=1", context));
    if (!rows.is_array()) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral("The Docker Engine answered the question for its containers with no list."));
    }
    std::vector<ports::ContainerSummary> list;
    list.reserve(rows.size());
    for (const Json &row : rows) {
        list.push_back(readSummary(row));
    }
    return list;
}

Result<Json> DockerEngine::inspectContainer(const QString &idOrName, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(idOrName));
    return m_parts->getJson("/containers/" + segment + "/json", {}, context);
}

Result<Json> DockerEngine::inspectImage(const QString &idOrReference, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(path, imagePath(idOrReference));
    return m_parts->getJson("/images/" + path + "/json", {}, context);
}

Result<core::EngineContainerId> DockerEngine::createContainer(
    const QString &name, const Json &body, const CallContext &context)
{
    DOCKERAUTO_TRY(pathSegment(name));
    DOCKERAUTO_TRY_ASSIGN(created,
        m_parts->client.callJson({"POST", "/containers/create", queryItem("name", name), body, {}}, context));
    const QString id = core::textOf(created, "Id");
    if (id.isEmpty()) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral("The Docker Engine created the container “%1” but did not say its id.").arg(name));
    }
    return core::EngineContainerId(id);
}

Result<> DockerEngine::startContainer(const QString &id, const CallContext &context)
{
    return m_parts->act("POST", id, "/start", context);
}

Result<> DockerEngine::stopContainer(
    const QString &id, std::optional<int> timeoutSeconds, const CallContext &context)
{
    if (!timeoutSeconds) {
        return m_parts->act("POST", id, "/stop", context);
    }
    // Else the call would end while the engine still waits, and the outcome would be anyone's guess.
    if (context.deadline.remaining() <= std::chrono::seconds(*timeoutSeconds)) {
        return core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("A container that gets %1 s to stop needs a call that may take longer than that.")
                .arg(*timeoutSeconds));
    }
    return m_parts->act("POST", id, "/stop", context, "t=" + QByteArray::number(*timeoutSeconds));
}

Result<> DockerEngine::restartContainer(const QString &id, const CallContext &context)
{
    return m_parts->act("POST", id, "/restart", context);
}

Result<> DockerEngine::pauseContainer(const QString &id, const CallContext &context)
{
    return m_parts->act("POST", id, "/pause", context);
}

Result<> DockerEngine::unpauseContainer(const QString &id, const CallContext &context)
{
    return m_parts->act("POST", id, "/unpause", context);
}

Result<> DockerEngine::renameContainer(const QString &id, const QString &newName, const CallContext &context)
{
    DOCKERAUTO_TRY(pathSegment(newName));
    return m_parts->act("POST", id, "/rename", context, queryItem("name", newName));
}

Result<> DockerEngine::removeContainer(const QString &id, Removal removal, const CallContext &context)
{
    return m_parts->act("DELETE", id, "", context, removal == Removal::Force ? "v=0&force=1" : "v=0");
}

Result<> DockerEngine::setRestartPolicy(
    const QString &id, const Json &restartPolicy, const CallContext &context)
{
    return m_parts->act("POST", id, "/update", context, {}, Json{{"RestartPolicy", restartPolicy}});
}

Result<> DockerEngine::connectNetwork(
    const QString &network, const QString &containerId, const Json &endpoint, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(network));
    Json body{{"Container", containerId}};
    if (!endpoint.is_null()) {
        body["EndpointConfig"] = endpoint;
    }
    DOCKERAUTO_TRY(m_parts->client.call(
        {"POST", "/networks/" + segment + "/connect", {}, std::move(body), {}}, context));
    return {};
}

namespace {

/// The header X-Registry-Auth: JSON in base64url with its padding. Nothing for an anonymous pull.
std::vector<QByteArray> authHeaders(const ports::RegistryAuth &auth)
{
    if (auth.username.isEmpty() && auth.identityToken.isEmpty()) {
        return {};
    }
    Json body{{"serveraddress", auth.serverAddress}};
    if (!auth.identityToken.isEmpty()) {
        body["identitytoken"] = auth.identityToken.reveal().toStdString();
    } else {
        body["username"] = auth.username;
        body["password"] = auth.password.reveal().toStdString();
    }
    return {"X-Registry-Auth: " +
            QByteArray::fromStdString(core::writeJson(body)).toBase64(QByteArray::Base64UrlEncoding)};
}

/// Feeds the stream line by line and tells after each how far the pull is.
Result<> readPull(domain::PullProgressReader &reader, std::string_view bytes,
    const std::function<void(const ports::PullProgress &)> &progress)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::size_t length = end == std::string_view::npos ? bytes.size() : end + 1;
        DOCKERAUTO_TRY(reader.feed({bytes.data(), qsizetype(length)}));
        bytes.remove_prefix(length);
        if (end != std::string_view::npos && progress) {
            progress({reader.layers(), reader.bytesDone(), reader.bytesTotal()});
        }
    }
    return {};
}

} // namespace

Result<> DockerEngine::pullImage(const domain::ImageReference &image, const ports::RegistryAuth &auth,
    const std::function<void(const ports::PullProgress &)> &progress, const CallContext &context)
{
    domain::PullProgressReader reader;
    HttpStream stream;
    stream.received = [&](std::string_view bytes) { return readPull(reader, bytes, progress); };
    stream.maxSilence = m_parts->pullSilence;
    // A digest goes into `tag` as well.
    const QByteArray query =
        queryItem("fromImage", image.repository()) + '&' + queryItem("tag", image.requestReference());
    const auto response =
        m_parts->client.call({"POST", "/images/create", query, {}, authHeaders(auth)}, context, &stream);
    if (response) {
        return reader.finish();
    }
    if (response.error().code != core::ErrorCode::Internal) {
        return core::fail(response.error());
    }
    // The engine answers 500 for whatever the registry said before the stream began; the words tell the kinds
    // apart, as inside the stream.
    return domain::PullProgressReader().feed(
        QByteArray::fromStdString(core::writeJson(Json{{"error", response.error().message}}) + "\n"));
}

Result<> DockerEngine::tagImage(
    const QString &id, const domain::ImageReference &reference, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(path, imagePath(id));
    const QByteArray query =
        queryItem("repo", reference.repository()) + '&' + queryItem("tag", reference.tag.value_or(QString()));
    DOCKERAUTO_TRY(m_parts->client.call({"POST", "/images/" + path + "/tag", query, {}, {}}, context));
    return {};
}

Result<> DockerEngine::removeImage(const QString &idOrReference, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(path, imagePath(idOrReference));
    DOCKERAUTO_TRY(m_parts->client.call({"DELETE", "/images/" + path, {}, {}, {}}, context));
    return {};
}

Result<domain::LogDemuxer::Format> DockerEngine::Parts::logFormat(
    const HttpResponse &response, const QByteArray &segment, const CallContext &context)
{
    using Format = domain::LogDemuxer::Format;
    const QByteArray type = response.header("content-type");
    if (type == "application/vnd.docker.multiplexed-stream") {
        return Format::Multiplexed;
    }
    // Before API 1.42 this type was used for both.
    DOCKERAUTO_TRY_ASSIGN(spoken, client.version(context));
    if (type == "application/vnd.docker.raw-stream" && spoken >= ports::ApiVersion{1, 42}) {
        return Format::Raw;
    }
    DOCKERAUTO_TRY_ASSIGN(inspected, getJson("/containers/" + segment + "/json", {}, context));
    const Json &tty = core::memberOf(core::memberOf(inspected, "Config"), "Tty");
    return tty.is_boolean() && tty.get<bool>() ? Format::Raw : Format::Multiplexed;
}

Result<std::vector<domain::LogRecord>> DockerEngine::readLogs(
    const QString &id, const ports::LogOptions &options, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
    QByteArray query = "stdout=1&stderr=1&tail=" + QByteArray::number(options.tail);
    query += options.timestamps ? "&timestamps=1" : "";
    if (options.since) {
        const auto since = options.since->time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
        query += "&since=" + QByteArray::number(qint64(seconds.count())) + '.' +
                 QByteArray::number(qint64((since - seconds).count())).rightJustified(3, '0');
    }
    DOCKERAUTO_TRY_ASSIGN(
        response, m_parts->client.call({"GET", "/containers/" + segment + "/logs", query, {}, {}}, context));
    DOCKERAUTO_TRY_ASSIGN(format, m_parts->logFormat(response, segment, context));
    domain::LogDemuxer demuxer(format, options.timestamps ? domain::LogDemuxer::Timestamps::Present
                                                          : domain::LogDemuxer::Timestamps::Absent);
    std::vector<domain::LogRecord> records;
    DOCKERAUTO_TRY(demuxer.feed(response.body, records));
    demuxer.finish(records);
    return records;
}

Result<domain::ContainerStats> DockerEngine::readStats(const QString &id, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
    // The first time the engine takes the second that it needs to tell the use of the processor.
    const QByteArray how = m_parts->stats.knows(id) ? "stream=false&one-shot=true" : "stream=false";
    DOCKERAUTO_TRY_ASSIGN(sample, m_parts->getJson("/containers/" + segment + "/stats", how, context));
    if (!sample.is_object()) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral(
                "The Docker Engine's answer to the question for a container's use cannot be read."));
    }
    m_parts->stats.complete(id, sample);
    return domain::computeStats(sample);
}

void DockerEngine::followEvents(const EventListener &listener, const std::stop_token &stop)
{
    m_parts->events.follow(listener, stop);
}

void DockerEngine::retryNow()
{
    m_parts->events.wake();
}

} // namespace dockerauto::docker
