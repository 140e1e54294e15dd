#include "serverprocess.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>

namespace dockerauto::e2e {

using core::ErrorCode;
using core::fail;

QString ServerProcess::program()
{
    return QStringLiteral(DOCKERAUTO_SERVER);
}

ServerProcess::~ServerProcess()
{
    kill();
}

void ServerProcess::prepare(const Options &options)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        const bool foreign = name.startsWith(QStringLiteral("DOCKER_")) ||
                             name.endsWith(QStringLiteral("_proxy")) ||
                             name.endsWith(QStringLiteral("_PROXY"));
        if (foreign) {
            environment.remove(name);
        }
    }
    if (!options.dataDir.isEmpty()) {
        // Settings of the person who runs the tests must not reach the program.
        environment.insert(QStringLiteral("HOME"), options.dataDir);
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), options.dataDir + QStringLiteral("/config"));
    }
    if (!options.adminEmail.isEmpty()) {
        environment.insert(QStringLiteral("DOCKER_AUTO_ADMIN_EMAIL"), options.adminEmail);
        environment.insert(QStringLiteral("DOCKER_AUTO_ADMIN_PASSWORD_FILE"), options.adminPasswordFile);
    }
    if (!options.failpoint.isEmpty()) {
        environment.insert(QStringLiteral("DOCKER_AUTO_FAILPOINT"), options.failpoint);
    }
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_url.clear();
}

core::Result<> ServerProcess::start(const Options &options)
{
    prepare(options);
    QStringList arguments{QStringLiteral("--data-dir"), options.dataDir, QStringLiteral("--listen"),
        QStringLiteral("127.0.0.1:0"), QStringLiteral("--check-interval"), QStringLiteral("0"),
        QStringLiteral("--stable-seconds"), QStringLiteral("1"), QStringLiteral("--health-slack-seconds"),
        QStringLiteral("3")};
    if (!options.dockerHost.isEmpty()) {
        arguments << QStringLiteral("--docker-host") << options.dockerHost;
    }
    m_process.start(program(), arguments + options.more);
    static const QRegularExpression listening(QStringLiteral("listening on (http://\\S+)"));
    const qsizetype before = m_log.size();
    const QDeadlineTimer deadline(std::chrono::seconds(20));
    while (!deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(100);
        m_log += m_process.readAll();
        const auto match = listening.match(QString::fromUtf8(m_log.mid(before)));
        if (match.hasMatch()) {
            m_url = match.captured(1);
            return {};
        }
    }
    m_log += m_process.readAll();
    kill();
    return fail(ErrorCode::Unavailable,
        QStringLiteral("The server does not listen: %1").arg(QString::fromUtf8(m_log.mid(before))));
}

core::Result<int> ServerProcess::runToEnd(const QStringList &arguments, std::chrono::milliseconds timeout)
{
    prepare({});
    m_process.start(program(), arguments);
    if (!m_process.waitForFinished(static_cast<int>(timeout.count()))) {
        kill();
        return fail(ErrorCode::Timeout, QStringLiteral("The server still runs: %1").arg(log()));
    }
    log();
    return m_process.exitStatus() == QProcess::NormalExit
               ? core::Result<int>(m_process.exitCode())
               : fail(ErrorCode::Internal, QStringLiteral("The server crashed: %1").arg(log()));
}

void ServerProcess::kill()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
    log();
}

core::Result<int> ServerProcess::terminate(std::chrono::milliseconds timeout)
{
    m_process.terminate();
    if (!m_process.waitForFinished(static_cast<int>(timeout.count()))) {
        return fail(ErrorCode::Timeout,
            QStringLiteral("The server did not end within %1 ms: %2").arg(timeout.count()).arg(log()));
    }
    return m_process.exitStatus() == QProcess::NormalExit
               ? core::Result<int>(m_process.exitCode())
               : fail(ErrorCode::Internal, QStringLiteral("The server crashed: %1").arg(log()));
}

QString ServerProcess::log()
{
    if (m_process.isOpen()) {
        m_log += m_process.readAll();
    }
    return QString::fromUtf8(m_log);
}

} // namespace dockerauto::e2e
