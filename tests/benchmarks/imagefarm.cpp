#include "imagefarm.h"

#include <domain/imagereference.h>

#include <QCryptographicHash>
#include <QEventLoop>
#include <QNetworkReply>

namespace dockerauto::bench {

using core::ErrorCode;
using core::Json;

namespace {

const QString seed = QStringLiteral("bench/seed");
const QByteArray manifestType("application/vnd.docker.distribution.manifest.v2+json");

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(60)), {}};
}

QString digestOf(const QByteArray &bytes)
{
    return QStringLiteral("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace

ImageFarm::ImageFarm(
    testsupport::TestLab lab, testsupport::TestImages &images, ports::ContainerEngine &engine)
    : m_lab(std::move(lab)), m_images(images), m_engine(engine)
{
}

ImageFarm::Answer ImageFarm::send(
    const QByteArray &method, const QString &address, const QByteArray &type, const QByteArray &body)
{
    const bool whole = address.startsWith(QStringLiteral("http"));
    QNetworkRequest request(
        QUrl(whole ? address : QStringLiteral("http://%1/v2/%2").arg(m_lab.registry(), address)));
    request.setRawHeader("Accept", manifestType);
    request.setTransferTimeout(20'000);
    if (!type.isEmpty()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    }
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    Answer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
        reply->rawHeader("Location")};
    delete reply;
    return answer;
}

core::Result<> ImageFarm::learnSeed()
{
    if (!m_manifest.is_null()) {
        return {};
    }
    testsupport::ImageOptions options;
    options.repository = seed;
    DOCKERAUTO_TRY(m_images.publish(options));
    const Answer manifest = send("GET", seed + QStringLiteral("/manifests/latest"));
    DOCKERAUTO_TRY_ASSIGN(parsed, core::parsePeerJson(manifest.bytes.toStdString()));
    const QString digest = core::textOf(core::memberOf(parsed, "config"), "digest");
    const Answer config = send("GET", seed + QStringLiteral("/blobs/") + digest);
    DOCKERAUTO_TRY_ASSIGN(made, core::parsePeerJson(config.bytes.toStdString()));
    m_manifest = std::move(parsed);
    m_config = std::move(made);
    return {};
}

core::Result<> ImageFarm::publishOne(const QString &repository)
{
    const auto refused = [&](const char *what, const Answer &answer) {
        return core::fail(
            ErrorCode::Internal, QStringLiteral("The registry refused %1 of %2: %3 %4")
                                     .arg(QLatin1String(what), repository, QString::number(answer.status),
                                         QString::fromUtf8(answer.bytes)));
    };
    Json config = m_config;
    config["config"]["Labels"] = {{"repository", repository.toStdString()}};
    const QByteArray configBytes = QByteArray::fromStdString(config.dump());
    Json manifest = m_manifest;
    manifest["config"]["digest"] = digestOf(configBytes).toStdString();
    manifest["config"]["size"] = configBytes.size();

    const QString uploads = repository + QStringLiteral("/blobs/uploads/");
    for (const Json &layer : manifest["layers"]) {
        const Answer mounted = send(
            "POST", uploads + QStringLiteral("?mount=%1&from=%2").arg(core::textOf(layer, "digest"), seed));
        if (mounted.status != 201) {
            return refused("a layer", mounted);
        }
    }
    const Answer begun = send("POST", uploads);
    if (begun.status != 202) {
        return refused("an upload", begun);
    }
    const QString location = QString::fromLatin1(begun.location);
    const Answer put = send("PUT",
        location + (location.contains(u'?') ? u'&' : u'?') + QStringLiteral("digest=") +
            digestOf(configBytes),
        "application/octet-stream", configBytes);
    if (put.status != 201) {
        return refused("a config", put);
    }
    const Answer tagged = send("PUT", repository + QStringLiteral("/manifests/latest"), manifestType,
        QByteArray::fromStdString(manifest.dump()));
    return tagged.status == 201 ? core::Result<>() : refused("a manifest", tagged);
}

core::Result<> ImageFarm::publish(const QString &prefix, int count)
{
    DOCKERAUTO_TRY(learnSeed());
    for (int i = 0; i < count; ++i) {
        DOCKERAUTO_TRY(publishOne(prefix + QString::number(i)));
    }
    return {};
}

core::Result<> ImageFarm::createContainers(
    const QString &registry, const QString &prefix, const QString &stem, int count)
{
    for (int i = 0; i < count; ++i) {
        const QString name = QStringLiteral("%1/%2%3:latest").arg(registry, prefix).arg(i);
        DOCKERAUTO_TRY_ASSIGN(reference, domain::ImageReference::parse(name));
        DOCKERAUTO_TRY(m_engine.pullImage(
            reference, {}, [](const ports::PullProgress &) {}, soon()));
        const Json body{{"Image", name.toStdString()}};
        DOCKERAUTO_TRY_ASSIGN(id, m_engine.createContainer(stem + u'-' + QString::number(i), body, soon()));
        m_containers.push_back(id.text());
    }
    return {};
}

core::Result<> ImageFarm::removeContainers()
{
    for (const QString &id : m_containers) {
        DOCKERAUTO_TRY(m_engine.removeContainer(id, ports::ContainerEngine::Removal::Force, soon()));
    }
    m_containers.clear();
    return {};
}

} // namespace dockerauto::bench
