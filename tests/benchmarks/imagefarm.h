#pragma once

#include <core/json.h>
#include <ports/containerengine.h>
#include <testsupport/testimages.h>

#include <QNetworkAccessManager>

namespace dockerauto::bench {

/// Many images in as many repositories and a container for each, made quickly: a layer is shared, and only
/// what must differ is sent. The containers are not started.
class ImageFarm
{
public:
    ImageFarm(testsupport::TestLab lab, testsupport::TestImages &images, ports::ContainerEngine &engine);

    /// Repositories PREFIX0, PREFIX1, … with images of their own, tagged latest.
    core::Result<> publish(const QString &prefix, int count);
    /// Pulls them through `registry` (host:port) and creates containers that are called STEM-0, STEM-1, …
    core::Result<> createContainers(
        const QString &registry, const QString &prefix, const QString &stem, int count);
    core::Result<> removeContainers();

private:
    struct Answer
    {
        int status = 0;
        QByteArray bytes;
        QByteArray location;
    };
    Answer send(const QByteArray &method, const QString &address, const QByteArray &type = {},
        const QByteArray &body = {});
    core::Result<> publishOne(const QString &repository);
    core::Result<> learnSeed();

    testsupport::TestLab m_lab;
    testsupport::TestImages &m_images;
    ports::ContainerEngine &m_engine;
    QNetworkAccessManager m_network;
    core::Json m_manifest;
    core::Json m_config;
    std::vector<QString> m_containers;
};

} // namespace dockerauto::bench
