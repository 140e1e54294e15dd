#include <testsupport/testlab.h>

#include "process.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>
#include <QtCore/QUuid>

namespace dockerauto::testsupport {

namespace {

const auto scheme = QStringLiteral("unix://");

} // namespace

TestLab::TestLab(QString engineUrl, QString registry, QString folder)
    : m_engineUrl(std::move(engineUrl)), m_registry(std::move(registry)), m_folder(std::move(folder))
{
}

core::Result<TestLab> TestLab::fromEnvironment()
{
    TestLab lab(qEnvironmentVariable("DOCKER_AUTO_TEST_ENGINE"),
        qEnvironmentVariable("DOCKER_AUTO_TEST_REGISTRY"), qEnvironmentVariable("DOCKER_AUTO_TEST_LAB"));
    if (lab.m_engineUrl.isEmpty() || lab.m_registry.isEmpty() || lab.m_folder.isEmpty()) {
        return core::fail(core::ErrorCode::Unavailable,
            QStringLiteral("This test needs a Docker Engine and a registry of its own. Run it by "
                           "tests/run.sh, or start them with `tests/support/lab.sh start DIR` and export "
                           "what that prints."));
    }
    if (!lab.m_engineUrl.startsWith(scheme)) {
        return core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("DOCKER_AUTO_TEST_ENGINE must start with unix://."));
    }
    DOCKERAUTO_TRY(lab.dockerCli({QStringLiteral("version")}, std::chrono::seconds(10)));
    return lab;
}

QString TestLab::socketPath() const
{
    return m_engineUrl.mid(scheme.size());
}

QString TestLab::uniqueName(const QString &stem)
{
    return stem + QLatin1Char('-') + QUuid::createUuid().toString(QUuid::Id128).left(8);
}

core::Result<QByteArray> TestLab::dockerCli(
    const QStringList &arguments, std::chrono::milliseconds timeout, const QByteArray &input) const
{
    return runProcess(
        QStringLiteral("docker"), QStringList{QStringLiteral("-H"), m_engineUrl} + arguments, timeout, input);
}

core::Result<QString> TestLab::runContainer(const ContainerOptions &options) const
{
    QStringList arguments{QStringLiteral("run"), QStringLiteral("-d")};
    if (!options.name.isEmpty()) {
        arguments << QStringLiteral("--name") << options.name;
    }
    arguments << options.arguments << options.image << options.command;
    DOCKERAUTO_TRY_ASSIGN(output, dockerCli(arguments));
    return QString::fromLatin1(output).trimmed();
}

core::Result<> TestLab::removeContainer(const QString &nameOrId) const
{
    const auto removed = dockerCli({QStringLiteral("rm"), QStringLiteral("-fv"), nameOrId});
    if (!removed && !removed.error().message.contains(QLatin1String("No such container"))) {
        return core::fail(removed.error());
    }
    return {};
}

core::Result<core::Json> TestLab::inspect(const QString &nameOrId) const
{
    DOCKERAUTO_TRY_ASSIGN(output, dockerCli({QStringLiteral("inspect"), nameOrId}));
    DOCKERAUTO_TRY_ASSIGN(list, core::parseJson(output.toStdString()));
    if (!list.is_array() || list.size() != 1) {
        return core::fail(core::ErrorCode::NotFound, QStringLiteral("%1 is not one object").arg(nameOrId));
    }
    return core::Json(list[0]);
}

core::Result<> TestLab::waitFor(const QString &nameOrId, const QString &format, const QString &expected,
    std::chrono::milliseconds timeout) const
{
    const QDeadlineTimer deadline(timeout);
    QString seen;
    while (!deadline.hasExpired()) {
        DOCKERAUTO_TRY_ASSIGN(
            output, dockerCli({QStringLiteral("inspect"), QStringLiteral("--format"), format, nameOrId}));
        seen = QString::fromUtf8(output).trimmed();
        if (seen == expected) {
            return {};
        }
        QThread::msleep(50);
    }
    return core::fail(core::ErrorCode::Timeout,
        QStringLiteral("%1: %2 is still \"%3\" and not \"%4\"").arg(nameOrId, format, seen, expected));
}

} // namespace dockerauto::testsupport
