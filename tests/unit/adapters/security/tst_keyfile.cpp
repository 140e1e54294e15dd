#include <security/keyfile.h>
#include <security/systemrandomness.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <thread>
#include <vector>

using namespace dockerauto;
using security::KeyFile;

class KeyFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("token.key"));
    }

    void readOrCreate_makesAPrivateFile_whenThereIsNone()
    {
        const auto key = KeyFile::readOrCreate(m_path, m_randomness);
        QVERIFY(key);
        QCOMPARE(key->reveal().size(), 32);
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(m_path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, 0600U);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
    }

    void readOrCreate_givesTheSameKey_theSecondTime()
    {
        const auto first = KeyFile::readOrCreate(m_path, m_randomness);
        const auto second = KeyFile::readOrCreate(m_path, m_randomness);
        QVERIFY(first && second);
        QCOMPARE(second->reveal(), first->reveal());
    }

    void readOrCreate_givesOneKey_toAllThatStartAtOnce()
    {
        std::vector<QByteArray> keys(8);
        {
            std::vector<std::jthread> threads;
            for (QByteArray &key : keys) {
                threads.emplace_back([&] {
                    if (const auto read = KeyFile::readOrCreate(m_path, m_randomness)) {
                        key = read->reveal();
                    }
                });
            }
        }
        QCOMPARE(keys.front().size(), 32);
        QVERIFY(std::ranges::all_of(keys, [&](const QByteArray &key) { return key == keys.front(); }));
    }

    void readOrCreate_refuses_widerModes_data()
    {
        QTest::addColumn<uint>("mode");
        QTest::newRow("group may read") << 0640U;
        QTest::newRow("all may read") << 0604U;
        QTest::newRow("group may write") << 0620U;
        QTest::newRow("may be run") << 0700U;
    }
    void readOrCreate_refuses_widerModes()
    {
        QFETCH(const uint, mode);
        QVERIFY(KeyFile::readOrCreate(m_path, m_randomness));
        QCOMPARE(::chmod(QFile::encodeName(m_path).constData(), mode), 0);
        const auto key = KeyFile::readOrCreate(m_path, m_randomness);
        QVERIFY(!key);
        QCOMPARE(key.error().code, core::ErrorCode::PermissionDenied);
        QVERIFY(key.error().message.contains(QStringLiteral("chmod 0600")));
    }

    void readOrCreate_refuses_otherSizes_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("empty") << 0;
        QTest::newRow("short") << 31;
        QTest::newRow("long") << 33;
    }
    void readOrCreate_refuses_otherSizes()
    {
        QFETCH(const int, size);
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.write(QByteArray(size, 'x'));
        file.close();
        const auto key = KeyFile::readOrCreate(m_path, m_randomness);
        QVERIFY(!key);
        QCOMPARE(key.error().code, core::ErrorCode::Corrupt);
    }

    void readOrCreate_refuses_linksAndPipes()
    {
        QVERIFY(KeyFile::readOrCreate(m_path, m_randomness));
        const QString link = m_folder->filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(m_path, link));
        QVERIFY(!KeyFile::readOrCreate(link, m_randomness));
        const QString pipe = m_folder->filePath(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QVERIFY(!KeyFile::readOrCreate(pipe, m_randomness));
    }

    void readOrCreate_isUnavailable_withoutTheFolder()
    {
        const auto key =
            KeyFile::readOrCreate(m_folder->filePath(QStringLiteral("no/such.key")), m_randomness);
        QVERIFY(!key);
        QCOMPARE(key.error().code, core::ErrorCode::Unavailable);
    }

private:
    security::SystemRandomness m_randomness;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_APPLESS_MAIN(KeyFileTest)
#include "tst_keyfile.moc"
