#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>

namespace dockerauto::testsupport {

/// How `docker run -d` is called. `arguments` go before the image, `command` after it.
struct ContainerOptions
{
    QString name;
    QString image;
    QStringList arguments;
    QStringList command;
};

/// The Docker Engine and the registry that tests/support/lab.sh started.
///
/// Every call is one `docker` process with an argument list, a deadline and no shell. Errors carry what the
/// command said. One object may be used from one thread; copies are cheap.
class TestLab
{
public:
    /// The lab named by DOCKER_AUTO_TEST_ENGINE, _REGISTRY and _LAB, or Unavailable with what to do about
    /// it. A test calls it in initTestCase() and fails without a lab; it never skips.
    [[nodiscard]] static core::Result<TestLab> fromEnvironment();

    /// As the engine adapter takes it: unix:///…/docker.sock.
    [[nodiscard]] QString engineUrl() const { return m_engineUrl; }

    /// The socket's path, without the scheme.
    [[nodiscard]] QString socketPath() const;

    /// Host and port of the registry, which speaks plain HTTP: 127.0.0.1:PORT.
    [[nodiscard]] QString registry() const { return m_registry; }

    /// Where the lab keeps its files; also good for bind mounts.
    [[nodiscard]] QString folder() const { return m_folder; }

    /// A name that no other test uses, starting with `stem`.
    [[nodiscard]] static QString uniqueName(const QString &stem);

    /// What the command wrote to its standard output, or its complaint as an error.
    core::Result<QByteArray> dockerCli(const QStringList &arguments,
        std::chrono::milliseconds timeout = std::chrono::seconds(60), const QByteArray &input = {}) const;

    /// Starts a container in the background; the value is its full id.
    core::Result<QString> runContainer(const ContainerOptions &options) const;

    /// Removes a container and its anonymous volumes; one that does not exist is fine.
    core::Result<> removeContainer(const QString &nameOrId) const;

    /// `docker inspect` of one object.
    core::Result<core::Json> inspect(const QString &nameOrId) const;

    /// Waits until `docker inspect --format` gives `expected`, for example `{{.State.Health.Status}}`.
    core::Result<> waitFor(const QString &nameOrId, const QString &format, const QString &expected,
        std::chrono::milliseconds timeout = std::chrono::seconds(20)) const;

private:
    TestLab(QString engineUrl, QString registry, QString folder);

    QString m_engineUrl;
    QString m_registry;
    QString m_folder;
};

} // namespace dockerauto::testsupport
