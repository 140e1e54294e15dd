#include "programrun.h"

#include <QFileInfo>
#include <QProcess>

#include <csignal>
#include <unistd.h>

namespace dockerauto::snapshots {
namespace {

using core::ErrorCode;
using core::Result;

/// How long a stop may go unnoticed, in milliseconds.
constexpr int step = 50;
constexpr qsizetype outputLimit = qsizetype(1) << 20;

/// A program that is ended, with all that it has started, when this goes out of scope.
class Run
{
public:
    Run()
    {
        process.setChildProcessModifier([] { ::setpgid(0, 0); });
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // Its words are read.
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        process.setProcessEnvironment(environment);
        process.setStandardInputFile(QProcess::nullDevice());
    }
    ~Run()
    {
        if (process.state() != QProcess::NotRunning) {
            ::kill(static_cast<pid_t>(-process.processId()), SIGKILL);
            process.kill();
            process.waitForFinished(1000);
        }
    }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    QProcess process;
    QByteArray output;
    QByteArray complaint;

    void collect()
    {
        // What goes beyond the limit is thrown away, so that the program is never stuck with it.
        output += process.readAllStandardOutput();
        output.truncate(outputLimit);
        complaint += process.readAllStandardError();
        complaint.truncate(outputLimit);
    }
};

} // namespace

Result<QString> runProgram(
    const QString &path, const QStringList &arguments, const core::CallContext &context)
{
    DOCKERAUTO_TRY(context.check());
    const QString name = QFileInfo(path).fileName();
    Run run;
    run.process.start(path, arguments);
    while (run.process.state() != QProcess::NotRunning) {
        run.process.waitForFinished(step);
        run.collect();
        DOCKERAUTO_TRY(context.check());
    }
    run.collect();
    if (run.process.error() == QProcess::FailedToStart) {
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("%1 can't be started: %2").arg(name, run.process.errorString()));
    }
    if (run.process.exitStatus() != QProcess::NormalExit || run.process.exitCode() != 0) {
        const QString words = QString::fromUtf8(run.complaint).simplified().left(400);
        return core::fail(
            ErrorCode::Internal, QStringLiteral("%1 %2 failed: %3")
                                     .arg(name, arguments.value(0),
                                         words.isEmpty() ? QStringLiteral("it did not say why") : words));
    }
    return QString::fromUtf8(run.output);
}

} // namespace dockerauto::snapshots
