#include <credentials/dockerconfig.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace dockerauto;
using core::ErrorCode;
using credentials::processHelperRunner;

/// Runs real programs, found on PATH.
class HelperProcessTest : public QObject
{
    Q_OBJECT

private:
    void install(const char *name, const QByteArray &script)
    {
        QFile file(m_folder.filePath(QStringLiteral("docker-credential-") + QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    static core::Result<credentials::HelperAnswer> run(
        const char *name, std::stop_token stop = {}, std::chrono::milliseconds time = std::chrono::seconds(5))
    {
        return processHelperRunner()(QString::fromLatin1(name), QStringLiteral("https://example.com"),
            {core::Deadline::in(time), std::move(stop)});
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { qputenv("PATH", m_folder.path().toUtf8() + ':' + qgetenv("PATH")); }

    void run_givesTheServerAndTheVerb()
    {
        install("echo", "read server; echo \"$1 $server\"; echo noise >&2");
        const auto answer = run("echo");
        QVERIFY(answer);
        QCOMPARE(answer->output, QByteArray("get https://example.com\n"));
        QCOMPARE(answer->exitCode, 0);
    }

    void run_passesTheEnvironment()
    {
        qputenv("STORE_OF_TEST", "here");
        install("environment", "printf %s \"$STORE_OF_TEST\"");
        const auto answer = run("environment");
        QVERIFY(answer);
        QCOMPARE(answer->output, QByteArray("here"));
    }

    void run_givesTheStatus()
    {
        install("failing", "echo why; exit 3");
        const auto answer = run("failing");
        QVERIFY(answer);
        QCOMPARE(answer->output, QByteArray("why\n"));
        QCOMPARE(answer->exitCode, 3);
    }

    void run_worksOnAnyThread()
    {
        install("thread", "echo ok");
        QByteArray output;
        std::jthread([&] {
            if (const auto answer = run("thread")) {
                output = answer->output;
            }
        }).join();
        QCOMPARE(output, QByteArray("ok\n"));
    }

    void run_isNotFound_whenTheProgramIsNotInstalled()
    {
        const auto answer = run("absent");
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::NotFound);
    }

    void run_isAnError_whenTheProgramCrashes()
    {
        install("crashing", "kill -SEGV $$");
        const auto answer = run("crashing");
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QVERIFY(answer.error().message.contains(QLatin1String("docker-credential-crashing")));
    }

    void run_endsTheProgram_whenItWritesWithoutEnd()
    {
        install("flood", "exec cat /dev/zero");
        const auto answer = run("flood");
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QVERIFY(answer.error().message.contains(QLatin1String("64 KiB")));
    }

    void run_endsTheProgramAndItsChildren_whenTheTimeIsOver()
    {
        const QString pidFile = m_folder.filePath(QStringLiteral("pid"));
        install("slow", "sleep 60 & echo $! > " + pidFile.toUtf8() + "; wait");
        QElapsedTimer timer;
        timer.start();
        const auto answer = run("slow", {}, std::chrono::milliseconds(500));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Timeout);
        QVERIFY(answer.error().message.contains(QLatin1String("docker-credential-slow")));
        QVERIFY(timer.elapsed() < 3000);
        QFile file(pidFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const int child = file.readAll().trimmed().toInt();
        QVERIFY(child > 0);
        QTRY_VERIFY(::kill(child, 0) != 0 || isZombie(child));
    }

    void run_endsTheProgram_whenAStopIsAskedFor()
    {
        install("waiting", "exec sleep 60");
        std::stop_source stop;
        std::jthread stopper([&stop] { stop.request_stop(); });
        const auto answer = run("waiting", stop.get_token());
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Cancelled);
    }

private:
    static bool isZombie(int pid)
    {
        QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
        return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
    }
};

QTEST_APPLESS_MAIN(HelperProcessTest)
#include "tst_helperprocess.moc"
