#include "process.h"

#include <QtCore/QProcess>

namespace dockerauto::testsupport {

core::Result<QByteArray> runProcess(const QString &program, const QStringList &arguments,
    std::chrono::milliseconds timeout, const QByteArray &input)
{
    const QString called = program + QLatin1Char(' ') + arguments.join(QLatin1Char(' '));
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted()) {
        return core::fail(core::ErrorCode::Unavailable,
            QStringLiteral("%1 does not start: %2").arg(program, process.errorString()));
    }
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(static_cast<int>(timeout.count()))) {
        process.kill();
        process.waitForFinished();
        return core::fail(core::ErrorCode::Timeout,
            QStringLiteral("%1 did not end within %2 ms").arg(called).arg(timeout.count()));
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        return core::fail(
            core::ErrorCode::Internal, QStringLiteral("%1: %2").arg(called,
                                           QString::fromUtf8(process.readAllStandardError()).trimmed()));
    }
    return process.readAllStandardOutput();
}

} // namespace dockerauto::testsupport
