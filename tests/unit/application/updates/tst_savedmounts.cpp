#include <updates/savedmounts.h>
#include <updates/tarstream.h>

#include <QProcess>
#include <QTest>

using namespace dockerauto;
using application::TarWatch;
using core::Json;

namespace {

QByteArray realTar(const QStringList &arguments)
{
    QProcess tar;
    tar.start(QStringLiteral("tar"), arguments);
    return tar.waitForFinished(10'000) ? tar.readAllStandardOutput() : QByteArray();
}

core::Result<> watch(const QByteArray &bytes, qsizetype step)
{
    TarWatch watch;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        DOCKERAUTO_TRY(watch.add(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at))));
    }
    return watch.finish();
}

} // namespace

class SavedMountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tarWatch_seesTheEnd_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("own program") << application::tarWithProgram("x", QByteArray(1000, 'x'));
        QTest::newRow("empty program") << application::tarWithProgram("x", {});
        const QStringList folder{QStringLiteral("-C"), QStringLiteral("/usr/share"), QStringLiteral("-c"),
            QStringLiteral("common-licenses")};
        QTest::newRow("gnu") << realTar(QStringList{QStringLiteral("--format=gnu")} + folder);
        QTest::newRow("pax") << realTar(QStringList{QStringLiteral("--format=posix")} + folder);
    }
    void tarWatch_seesTheEnd()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(bytes.size() >= 1024);
        for (const qsizetype step : {qsizetype(1), qsizetype(511), qsizetype(70'000)}) {
            QVERIFY(watch(bytes, step));
        }
        // tar pads with more zeros; of what comes before them nothing may be missing.
        qsizetype end = bytes.size();
        while (end > 0 && bytes.at(end - 1) == 0) {
            --end;
        }
        QVERIFY(!watch(bytes.first(end), 512));
        QVERIFY(!watch(bytes.first(end / 2), 512));
        QByteArray damaged = bytes;
        damaged[0] = '?';
        QVERIFY(!watch(damaged, 512));
    }

    /// More than twelve octal digits can say: Go writes the size into an extension header.
    void tarWatch_believesTheExtension()
    {
        QByteArray tar = application::tarWithProgram("big", QByteArray(512, 'x'));
        QByteArray extension = application::tarWithProgram("PaxHeaders", "12 size=512\n").first(1024);
        extension[156] = 'x';
        // The kind is part of the checksum: '0' became 'x'.
        const int sum = extension.mid(148, 6).toInt(nullptr, 8) + 'x' - '0';
        extension.replace(148, 6, QByteArray::number(sum, 8).rightJustified(6, '0'));
        // The entry itself says 0.
        const int entrySum = tar.mid(148, 6).toInt(nullptr, 8) - '1';
        tar[tar.indexOf("00000001000", 124) + 7] = '0';
        tar.replace(148, 6, QByteArray::number(entrySum + '0', 8).rightJustified(6, '0'));
        QVERIFY(watch(extension + tar, 512));
        QVERIFY(!watch(tar, 512));
    }

    void program_isReadByTar()
    {
        QProcess tar;
        tar.start(QStringLiteral("tar"),
            {QStringLiteral("-tvf"), QStringLiteral("-"), QStringLiteral("--numeric-owner")});
        QVERIFY(tar.waitForStarted(10'000));
        tar.write(application::tarWithProgram("docker-auto-volume", QByteArray(700, 'x')));
        tar.closeWriteChannel();
        QVERIFY(tar.waitForFinished(10'000));
        QCOMPARE(tar.exitCode(), 0);
        const QByteArray line = tar.readAllStandardOutput().simplified();
        QVERIFY2(
            line.startsWith("-rwxr-xr-x 0/0 700 ") && line.endsWith(" docker-auto-volume"), line.constData());
    }

    void users_areFoundByFolder_data()
    {
        QTest::addColumn<QString>("volume");
        QTest::addColumn<QString>("used");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *name, const char *volume, const char *used, bool found) {
            QTest::newRow(name) << QString::fromLatin1(volume) << QString::fromLatin1(used) << found;
        };
        row("same volume", "data", "data", true);
        row("another volume", "data", "data2", false);
        row("same folder", "/srv/a", "/srv/a", true);
        row("folder above", "/srv/a", "/srv/a/b", true);
        row("folder below", "/srv/a/b", "/srv/a", true);
        row("neighbour", "/srv/a", "/srv/ab", false);
        row("the whole machine", "/srv/a", "/", false);
    }
    void users_areFoundByFolder()
    {
        QFETCH(QString, volume);
        QFETCH(QString, used);
        QFETCH(bool, found);
        const QString user = application::userOf(volume, {{QStringLiteral("web"), {used}}});
        QCOMPARE(user, found ? QStringLiteral("web") : QString());
    }
};

QTEST_GUILESS_MAIN(SavedMountsTest)
#include "tst_savedmounts.moc"
