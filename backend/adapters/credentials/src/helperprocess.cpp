#include "credentials/dockerconfig.h"

#include "helperprotocol.h"

#include <QProcess>
#include <QStandardPaths>

#include <csignal>
#include <unistd.h>

namespace dockerauto::credentials {
namespace {

using core::CallContext;
using core::ErrorCode;
using core::Result;

constexpr std::chrono::seconds timeLimit{10};
constexpr qint64 outputLimit = 64 * 1024;
/// How long a stop may go unnoticed.
constexpr int step = 50;

/// A program that is ended, with all that it has started, when this goes out of scope.
class Helper
{
public:
    Helper()
    {
        m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
        m_process.setStandardErrorFile(QProcess::nullDevice());
    }
    ~Helper()
    {
        if (m_process.state() != QProcess::NotRunning) {
            ::kill(static_cast<pid_t>(-m_process.processId()), SIGKILL);
            m_process.kill();
            m_process.waitForFinished(1000);
        }
    }
    Helper(const Helper &) = delete;
    Helper &operator=(const Helper &) = delete;

    QProcess &process() { return m_process; }

private:
    QProcess m_process;
};

core::Failure failed(ErrorCode code, const QString &program, const QString &what)
{
    return core::fail(code, QStringLiteral("The credential helper %1 %2").arg(program, what));
}

/// Waits for the end. No event loop here: waiting in small steps moves the data and leaves room for a stop.
Result<> finish(QProcess &process, const QString &program, const CallContext &context)
{
    const CallContext limited = context.within(timeLimit);
    while (process.state() != QProcess::NotRunning) {
        process.waitForReadyRead(step);
        if (process.bytesAvailable() > outputLimit) {
            return failed(ErrorCode::Unavailable, program,
                QStringLiteral("writes more than 64 KiB and was ended. Is it the right program?"));
        }
        if (limited.deadline.passed()) {
            return failed(ErrorCode::Timeout, program,
                QStringLiteral(
                    "did not answer in time. If it waits for a password, unlock its store first."));
        }
        DOCKERAUTO_TRY(limited.check());
    }
    if (process.error() == QProcess::FailedToStart) {
        return failed(ErrorCode::Unavailable, program,
            QStringLiteral("cannot be started: %1").arg(process.errorString()));
    }
    if (process.exitStatus() != QProcess::NormalExit) {
        return failed(ErrorCode::Unavailable, program, QStringLiteral("crashed"));
    }
    return {};
}

Result<HelperAnswer> runHelper(const QString &name, const QString &server, const CallContext &context)
{
    DOCKERAUTO_TRY(context.check());
    const QString program = helperProgram(name);
    const QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty()) {
        return core::fail(ErrorCode::NotFound, QStringLiteral("%1 is not installed").arg(program));
    }
    Helper helper;
    QProcess &process = helper.process();
    process.start(path, {QStringLiteral("get")});
    process.write(server.toUtf8());
    process.closeWriteChannel();
    DOCKERAUTO_TRY(finish(process, program, context));
    return HelperAnswer{.output = process.readAllStandardOutput(), .exitCode = process.exitCode()};
}

} // namespace

HelperRunner processHelperRunner()
{
    return runHelper;
}

} // namespace dockerauto::credentials
