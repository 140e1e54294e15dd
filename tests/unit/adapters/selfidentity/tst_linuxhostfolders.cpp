#include <selfidentity/linuxhostfolders.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace dockerauto;
using selfidentity::LinuxHostFolders;

namespace {

class Identity final : public ports::SelfIdentity
{
public:
    [[nodiscard]] std::optional<QString> containerId() const override { return id; }
    [[nodiscard]] QString executable() const override { return {}; }
    std::optional<QString> id;
};

} // namespace

class TestLinuxHostFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folder_isSeen_whereThisMachineHasIt()
    {
        const QTemporaryDir folder;
        const LinuxHostFolders folders(m_identity);
        QCOMPARE(folders.exists(folder.path()), std::optional(true));
        QCOMPARE(folders.exists(folder.filePath(QStringLiteral("gone/deeper"))), std::optional(false));
        QVERIFY(folders.freeBytes(folder.path()).value_or(0) > 0);
        QVERIFY(!folders.exists(QStringLiteral("relative")));
        QVERIFY(!folders.exists(QString()));
    }

    void link_isThere_evenWithoutItsTarget()
    {
        const QTemporaryDir folder;
        const QString link = folder.filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("gone")), link));
        QCOMPARE(LinuxHostFolders(m_identity).exists(link), std::optional(true));
    }

    void nothing_isSeen_fromWithinAContainer()
    {
        const QTemporaryDir folder;
        Identity inside;
        inside.id = QStringLiteral("0123456789ab");
        const LinuxHostFolders folders(inside);
        QVERIFY(!folders.exists(folder.path()));
        QVERIFY(!folders.freeBytes(folder.path()));
    }

    void nothing_isSeen_whereItMayNotAnswer_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::addColumn<bool>("seen");
        QTest::newRow("local") << QByteArrayLiteral("/dev/sda / ext4 rw 0 0\n") << true;
        QTest::newRow("network below")
            << QByteArrayLiteral("/dev/sda / ext4 rw 0 0\nnas:/x DIR nfs4 rw 0 0\n") << false;
        QTest::newRow("network beside")
            << QByteArrayLiteral("/dev/sda / ext4 rw 0 0\nnas:/x DIR-beside nfs4 rw 0 0\n") << true;
        QTest::newRow("FUSE") << QByteArrayLiteral("/dev/sda / ext4 rw 0 0\nx DIR fuse.sshfs rw 0 0\n")
                              << false;
        QTest::newRow("mounted over")
            << QByteArrayLiteral("nas:/x DIR nfs rw 0 0\n/dev/sda DIR ext4 rw 0 0\n") << true;
        QTest::newRow("no table") << QByteArray() << false;
    }
    void nothing_isSeen_whereItMayNotAnswer()
    {
        QFETCH(QByteArray, table);
        QFETCH(bool, seen);
        // A blank is written as \040 in the table.
        const QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/host folders-XXXXXX"));
        const QTemporaryDir other;
        const QString path = other.filePath(QStringLiteral("mounts"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        table.replace("DIR", folder.path().toUtf8().replace(" ", "\\040"));
        QCOMPARE(file.write(table), table.size());
        file.close();
        const LinuxHostFolders folders(m_identity, path);
        QCOMPARE(folders.exists(folder.path()).has_value(), seen);
        QCOMPARE(folders.freeBytes(folder.path()).has_value(), seen);
    }

private:
    Identity m_identity;
};

QTEST_GUILESS_MAIN(TestLinuxHostFolders)
#include "tst_linuxhostfolders.moc"
