#include "foldercontent.h"

#include <snapshots/embeddedprogram.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace dockerauto;

/// What stands between a saved volume and the deletion of everything else.
class FolderContentTest : public QObject
{
    Q_OBJECT

private:
    std::optional<QTemporaryDir> m_work;
    QString m_folder;
    QString m_outside;

    static void put(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
    }

private Q_SLOTS:
    void init()
    {
        m_work.emplace();
        m_folder = m_work->filePath(QStringLiteral("volume"));
        m_outside = m_work->filePath(QStringLiteral("outside"));
        QVERIFY(QDir().mkpath(m_folder % QStringLiteral("/a/b/c")));
        QVERIFY(QDir().mkpath(m_outside));
        put(m_outside % QStringLiteral("/precious"));
        put(m_folder % QStringLiteral("/.hidden"));
        put(m_folder % QStringLiteral("/a/b/file"));
        QVERIFY(QFile::link(m_outside, m_folder % QStringLiteral("/a/link")));
    }

    void emptying_followsNoLink()
    {
        const auto result = snapshots::emptyFolder(QFile::encodeName(m_folder).constData());
        QCOMPARE(result.error, 0);
        QCOMPARE(result.removed, 6U);
        QVERIFY(
            QDir(m_folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
        QVERIFY(QFile::exists(m_outside % QStringLiteral("/precious")));
        QVERIFY(QFile::exists(m_folder));
    }

    void emptying_refusesALink()
    {
        const QString link = m_work->filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(m_outside, link));
        QVERIFY(snapshots::emptyFolder(QFile::encodeName(link).constData()).error != 0);
        QVERIFY(QFile::exists(m_outside % QStringLiteral("/precious")));
    }

    /// In a mount namespace of its own; a bind mount has the same device, so only the mount tells.
    void program_staysOnTheMount()
    {
        const auto program = snapshots::embeddedProgram();
        QVERIFY(program.content.startsWith("\x7f"
                                           "ELF"));
        QFile file(m_work->filePath(QStringLiteral("program")));
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(program.content), program.content.size());
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        QProcess run;
        run.start(QStringLiteral("unshare"),
            {QStringLiteral("--map-root-user"), QStringLiteral("--mount"), QStringLiteral("sh"),
                QStringLiteral("-c"), QStringLiteral("mount --bind \"$1\" \"$2\" && exec \"$3\" \"$4\""),
                QStringLiteral("sh"), m_outside, m_folder % QStringLiteral("/a/b/c"), file.fileName(),
                m_folder});
        QVERIFY(run.waitForFinished(20'000));
        QCOMPARE(run.readAllStandardError(), QByteArray());
        QCOMPARE(run.exitCode(), 0);
        QVERIFY(QFile::exists(m_outside % QStringLiteral("/precious")));
        QVERIFY(QFile::exists(m_folder % QStringLiteral("/a/b/c")));
        QVERIFY(!QFile::exists(m_folder % QStringLiteral("/a/b/file")));
        QVERIFY(!QFile::exists(m_folder % QStringLiteral("/.hidden")));
    }
};

QTEST_GUILESS_MAIN(FolderContentTest)
#include "tst_foldercontent.moc"
