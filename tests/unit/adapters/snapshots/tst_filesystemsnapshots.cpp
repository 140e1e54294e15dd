#include <snapshots/programfilesystemsnapshots.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace dockerauto;
using core::CallContext;
using core::ErrorCode;
using core::SnapshotMethod;
using snapshots::ProgramFileSystemSnapshots;

namespace {

CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(20)), {}};
}

} // namespace

/// With programs that only write down how they were called; btrfs "takes" by copying.
class FileSystemSnapshotsTest : public QObject
{
    Q_OBJECT

private:
    std::optional<QTemporaryDir> m_work;
    QString m_path;
    SnapshotMethod m_kind = SnapshotMethod::Btrfs;

    QString programs() const { return m_work->filePath(QStringLiteral("bin")); }
    QString log() const
    {
        QFile file(m_work->filePath(QStringLiteral("log")));
        return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    void program(const char *name, const QByteArray &body)
    {
        QFile file(programs() % u'/' % QString::fromLatin1(name));
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write("#!/bin/sh\necho \"${0##*/} $*\" >>'" + QFile::encodeName(m_work->path()) + "/log'\n" +
                   body + "\n");
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner));
    }
    ProgramFileSystemSnapshots make()
    {
        return ProgramFileSystemSnapshots({programs()}, [this](const QString &) { return m_kind; });
    }
    void put(const char *name, const QByteArray &content)
    {
        QFile file(m_path % u'/' % QString::fromLatin1(name));
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write(content);
    }

private Q_SLOTS:
    void init()
    {
        m_work.emplace();
        m_path = m_work->filePath(QStringLiteral("pool/data"));
        QVERIFY(QDir().mkpath(m_path));
        QVERIFY(QDir().mkpath(programs()));
        QVERIFY(QFile::link(QStringLiteral("/bin/cp"), programs() % QStringLiteral("/cp")));
        m_kind = SnapshotMethod::Btrfs;
        put("file", "one");
    }

    void btrfs_takesRestoresAndRemoves()
    {
        program("btrfs", "case $2 in snapshot) cp -a \"$4\" \"$5\";; delete) rm -r \"$3\";; esac");
        auto fileSystems = make();
        QCOMPARE(fileSystems.methodFor(m_path, soon()), std::optional(SnapshotMethod::Btrfs));
        const auto reference = fileSystems.take(SnapshotMethod::Btrfs, m_path, QStringLiteral("u-0"), soon());
        QVERIFY2(reference, reference ? "" : qPrintable(reference.error().text()));
        QCOMPARE(*reference, m_work->filePath(QStringLiteral("pool/.docker-auto-snapshots/u-0")));
        put("file", "two");
        put("new", "new");
        const auto restored = fileSystems.restore(SnapshotMethod::Btrfs, m_path, *reference, soon());
        QVERIFY2(restored, restored ? "" : qPrintable(restored.error().text()));
        QCOMPARE(QDir(m_path).entryList(QDir::Files), QStringList(QStringLiteral("file")));
        QFile file(m_path % QStringLiteral("/file"));
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("one"));
        QVERIFY(fileSystems.remove(SnapshotMethod::Btrfs, *reference, soon()));
        QVERIFY(fileSystems.remove(SnapshotMethod::Btrfs, *reference, soon()));
        QVERIFY(!QDir(m_work->filePath(QStringLiteral("pool/.docker-auto-snapshots"))).exists());
        QCOMPARE(log().count(QLatin1String("subvolume delete")), 1);
    }

    void zfs_takesUnderOurOwnName()
    {
        m_kind = SnapshotMethod::Zfs;
        program("zfs", "case $1:$4 in list:name,mountpoint) printf 'tank/data\\t" +
                           QFile::encodeName(m_path) +
                           "\\n';; list:name) echo tank/data;; "
                           "destroy:*) echo 'could not find any snapshots to destroy' >&2; exit 1;; esac");
        auto fileSystems = make();
        QCOMPARE(fileSystems.methodFor(m_path, soon()), std::optional(SnapshotMethod::Zfs));
        const auto reference = fileSystems.take(SnapshotMethod::Zfs, m_path, QStringLiteral("u-0"), soon());
        QVERIFY2(reference, reference ? "" : qPrintable(reference.error().text()));
        QCOMPARE(*reference, QStringLiteral("tank/data@docker-auto-u-0"));
        QVERIFY(log().contains(QLatin1String("zfs snapshot tank/data@docker-auto-u-0\n")));
        QVERIFY(fileSystems.remove(SnapshotMethod::Zfs, *reference, soon()));
        // The snapshot that it should hold is not there, so nothing may be deleted.
        QCOMPARE(fileSystems.restore(SnapshotMethod::Zfs, m_path, *reference, soon()).error().code,
            ErrorCode::NotFound);
        QVERIFY(QFile::exists(m_path % QStringLiteral("/file")));
        QVERIFY(!log().contains(QLatin1String("rollback")));
    }

    void methodFor_isNothing_data()
    {
        QTest::addColumn<SnapshotMethod>("kind");
        QTest::addColumn<QByteArray>("btrfs");
        QTest::addColumn<QByteArray>("zfs");
        const QByteArray none;
        QTest::newRow("no program") << SnapshotMethod::Btrfs << none << none;
        QTest::newRow("not permitted") << SnapshotMethod::Btrfs << QByteArray("exit 1") << none;
        QTest::newRow("subvolumes below")
            << SnapshotMethod::Btrfs << QByteArray("echo ID 300 path x") << none;
        QTest::newRow("zfs without program") << SnapshotMethod::Zfs << none << none;
        QTest::newRow("dataset elsewhere")
            << SnapshotMethod::Zfs << none << QByteArray("printf 'tank\\t/tank\\n'");
        QTest::newRow("archive") << SnapshotMethod::Archive << QByteArray("exit 0") << QByteArray("exit 0");
    }
    void methodFor_isNothing()
    {
        QFETCH(SnapshotMethod, kind);
        QFETCH(QByteArray, btrfs);
        QFETCH(QByteArray, zfs);
        m_kind = kind;
        if (!btrfs.isEmpty()) {
            program("btrfs", btrfs);
        }
        if (!zfs.isEmpty()) {
            program("zfs", zfs);
        }
        QCOMPARE(make().methodFor(m_path, soon()), std::nullopt);
    }

    void remove_deletesOnlySnapshotsOfOurs_data()
    {
        QTest::addColumn<SnapshotMethod>("method");
        QTest::addColumn<QString>("reference");
        QTest::newRow("a dataset") << SnapshotMethod::Zfs << QStringLiteral("tank/data");
        QTest::newRow("another's snapshot") << SnapshotMethod::Zfs << QStringLiteral("tank/data@daily");
        QTest::newRow("an option") << SnapshotMethod::Zfs << QStringLiteral("-r@docker-auto-x");
        QTest::newRow("a subvolume") << SnapshotMethod::Btrfs << QStringLiteral("/data");
        QTest::newRow("a way out") << SnapshotMethod::Btrfs << QStringLiteral("/a/.docker-auto-snapshots/..");
    }
    void remove_deletesOnlySnapshotsOfOurs()
    {
        QFETCH(SnapshotMethod, method);
        QFETCH(QString, reference);
        program("zfs", "exit 0");
        program("btrfs", "exit 0");
        auto fileSystems = make();
        QCOMPARE(fileSystems.remove(method, reference, soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(
            fileSystems.restore(method, m_path, reference, soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(log(), QString());
    }

    void take_endsWithTheDeadline()
    {
        program("btrfs", "sleep 30");
        const CallContext brief{core::Deadline::in(std::chrono::milliseconds(200)), {}};
        const auto taken = make().take(SnapshotMethod::Btrfs, m_path, QStringLiteral("u-0"), brief);
        QCOMPARE(taken.error().code, ErrorCode::Timeout);
    }
};

QTEST_GUILESS_MAIN(FileSystemSnapshotsTest)
#include "tst_filesystemsnapshots.moc"
