#include <snapshots/filearchivestore.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace dockerauto;
using core::ErrorCode;
using core::Result;
using snapshots::FileArchiveStore;

namespace {

const QString name = QStringLiteral("01update-0");

/// Neither constant nor random, larger than every buffer.
QByteArray content()
{
    QByteArray bytes;
    for (int line = 0; line < 100'000; ++line) {
        bytes += QByteArray::number(line * 7919) + '\n';
    }
    return bytes;
}

auto producer(const QByteArray &bytes)
{
    return [bytes](const ports::ByteSink &sink) -> Result<> {
        for (qsizetype at = 0; at < bytes.size(); at += 10'000) {
            DOCKERAUTO_TRY(
                sink(QByteArrayView(bytes).sliced(at, std::min<qsizetype>(10'000, bytes.size() - at))));
        }
        return {};
    };
}

Result<QByteArray> contentOf(FileArchiveStore &store)
{
    QByteArray bytes;
    DOCKERAUTO_TRY(store.read(name, [&](const ports::ByteSource &source) -> Result<> {
        for (;;) {
            DOCKERAUTO_TRY_ASSIGN(part, source());
            if (part.isEmpty()) {
                return {};
            }
            bytes += part;
        }
    }));
    return bytes;
}

} // namespace

class FileArchiveStoreTest : public QObject
{
    Q_OBJECT

private:
    std::optional<QTemporaryDir> m_work;

    QString folder() const { return m_work->filePath(QStringLiteral("data/volumes")); }
    QString file() const { return folder() % u'/' % name % QStringLiteral(".zst"); }
    QStringList files() const { return QDir(folder()).entryList(QDir::Files); }

private Q_SLOTS:
    void init() { m_work.emplace(); }

    void read_givesWhatWasWritten_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one byte") << QByteArray("x");
        QTest::newRow("zeros") << QByteArray(5'000'000, '\0');
        QTest::newRow("text") << content();
    }
    void read_givesWhatWasWritten()
    {
        QFETCH(QByteArray, bytes);
        FileArchiveStore store(folder(), 0);
        const auto size = store.write(name, producer(bytes));
        QVERIFY(size);
        QCOMPARE(*size, QFile(file()).size());
        QCOMPARE(contentOf(store).value_or("failed"), bytes);
        // Read only to see that it is whole.
        QVERIFY(store.read(name, [](const auto &) { return Result<>(); }));
        QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(QFile::permissions(folder()) & (QFile::ReadGroup | QFile::ExeOther), QFile::Permissions());
        QVERIFY(store.remove(name));
        QVERIFY(store.remove(name));
        QCOMPARE(files(), QStringList());
        QCOMPARE(contentOf(store).error().code, ErrorCode::NotFound);
    }

    void read_isInternal_whenTheFileWasChanged_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char *damage : {"cut", "cut to nothing", "longer", "byte in the middle", "last byte"}) {
            QTest::newRow(damage) << QString::fromLatin1(damage);
        }
    }
    void read_isInternal_whenTheFileWasChanged()
    {
        QFETCH(QString, damage);
        FileArchiveStore store(folder(), 0);
        QVERIFY(store.write(name, producer(content())));
        QFile changed(file());
        QVERIFY(changed.open(QFile::ReadWrite));
        QByteArray bytes = changed.readAll();
        if (damage == QLatin1String("cut")) {
            bytes.chop(1);
        } else if (damage == QLatin1String("cut to nothing")) {
            bytes.clear();
        } else if (damage == QLatin1String("longer")) {
            bytes += 'x';
        } else {
            const qsizetype at = damage == QLatin1String("last byte") ? bytes.size() - 1 : bytes.size() / 2;
            bytes[at] = static_cast<char>(bytes.at(at) ^ 0x10);
        }
        QVERIFY(changed.resize(0) && changed.seek(0));
        QCOMPARE(changed.write(bytes), bytes.size());
        changed.close();
        QCOMPARE(contentOf(store).error().code, ErrorCode::Internal);
        QVERIFY(!store.read(name, [](const auto &) { return Result<>(); }));
    }

    void write_keepsTheFormerOne_whenItFails()
    {
        FileArchiveStore store(folder(), 0);
        QVERIFY(store.write(name, producer("former")));
        const auto failed = store.write(name, [](const ports::ByteSink &sink) -> Result<> {
            DOCKERAUTO_TRY(sink("half"));
            return core::fail(ErrorCode::Cancelled, QStringLiteral("stopped"));
        });
        QCOMPARE(failed.error().code, ErrorCode::Cancelled);
        QCOMPARE(files().size(), 1);
        QCOMPARE(contentOf(store).value_or("failed"), QByteArray("former"));
    }

    void write_isUnavailable_whenTheDiskIsFull()
    {
        FileArchiveStore store(folder(), qint64(1) << 60);
        QCOMPARE(store.freeBytes().value_or(-1), 0);
        const auto failed = store.write(name, producer(content()));
        QCOMPARE(failed.error().code, ErrorCode::Unavailable);
        QVERIFY(failed.error().message.contains(QLatin1String("full")));
        QCOMPARE(files(), QStringList());
    }

    void write_clearsWhatAKilledRunHasLeft()
    {
        QVERIFY(QDir().mkpath(folder()));
        QFile left(folder() % QStringLiteral("/other.zst.part"));
        QVERIFY(left.open(QFile::WriteOnly));
        FileArchiveStore store(folder(), 0);
        QVERIFY(store.write(name, producer("x")));
        QCOMPARE(files(), QStringList(name % QStringLiteral(".zst")));
    }

    void names_mustStayInTheFolder()
    {
        FileArchiveStore store(folder(), 0);
        for (const char *bad : {"", "../x", "a/b", ".x", "-x", "a b", "x\n"}) {
            const auto wrong = QString::fromLatin1(bad);
            QCOMPARE(store.write(wrong, producer("x")).error().code, ErrorCode::InvalidArgument);
            QCOMPARE(store.remove(wrong).error().code, ErrorCode::InvalidArgument);
        }
    }
};

QTEST_GUILESS_MAIN(FileArchiveStoreTest)
#include "tst_filearchivestore.moc"
