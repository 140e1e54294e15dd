#pragma once

#include <core/result.h>

#include <QProcess>
#include <QString>
#include <QStringList>

#include <chrono>

namespace dockerauto::e2e {

/// docker-auto-server as a process of its own, as people run it: on a data folder, with an API on a free
/// port.
class ServerProcess
{
public:
    struct Options
    {
        QString dataDir;
        /// Empty: none is named.
        QString dockerHost;
        /// Further options, after those that tests always want.
        QStringList more;
        /// The first administrator; without one the log prints the code for the setup.
        QString adminEmail;
        QString adminPasswordFile;
        /// As core/failpoint.h has them; empty for none.
        QString failpoint = {};
    };

    ServerProcess() = default;
    /// Kills what still runs.
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// Returns when it listens. Unavailable with the last words of the process when it ends before that.
    core::Result<> start(const Options &options);
    /// Runs a server that is expected to end by itself. The value is its exit code.
    core::Result<int> runToEnd(const QStringList &arguments, std::chrono::milliseconds timeout);

    /// SIGKILL: nothing in the process gets a chance to tidy up.
    void kill();
    /// SIGTERM. The value is the exit code.
    core::Result<int> terminate(std::chrono::milliseconds timeout);

    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    /// http://127.0.0.1:PORT, from the log.
    [[nodiscard]] QString url() const { return m_url; }
    /// Everything that it wrote so far.
    QString log();

private:
    void prepare(const Options &options);
    static QString program();

    QProcess m_process;
    QByteArray m_log;
    QString m_url;
};

} // namespace dockerauto::e2e
