#include "require.h"
#include "samplerecords.h"

#include <storage/sqlitestorage.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <future>
#include <stdexcept>
#include <thread>

namespace dockerauto::storage {

using namespace samples;
using core::ErrorCode;
using ports::UnitOfWork;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Runs statements on the file with no storage in between.
void runSql(const QString &path, const QStringList &statements)
{
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("direct"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("direct"));
}

core::Result<> setText(SqliteStorage &storage, const QString &name, const QString &value)
{
    return storage.write(
        [&](UnitOfWork &unit) { return unit.settings().set(name, core::Json(value)); }, context());
}

QString textIn(SqliteStorage &storage, const QString &name)
{
    QString found;
    const auto done = storage.read(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(value, unit.settings().get(name));
            found = value ? value->get<QString>() : QString();
            return {};
        },
        context());
    return done ? found : done.error().text();
}

QString big(int bytes)
{
    return QString(bytes, u'x');
}

} // namespace

class TestSqliteStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void open_makesFolderAndPrivateFile();
    void open_findsWhatWasWritten_afterClose();
    void open_refusesFile_withoutTouchingIt_data();
    void open_refusesFile_withoutTouchingIt();
    void open_isCorrupt_whenPagesAreDamaged();
    void open_isUnavailable_whenAlreadyOpen();
    void open_isUnavailable_whenFolderCannotBeMade();

    void write_timesOut_whenWriterIsBusy();
    void write_isCancelled_whenWriterIsBusy();
    void write_rollsBack_whenDeadlinePassesMeanwhile();
    void write_rollsBack_onException();
    void write_isNotFound_whenOwnerIsMissing();
    void write_isUnavailable_whileAnotherProgramLocks();
    void write_recovers_afterFullDisk();
    void write_recovers_afterInputOutputError();
    void write_survivesKill_onceAcknowledged();
    void read_refusesToWrite();

private:
    std::unique_ptr<SqliteStorage> open(const SqliteStorage::Options &options = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestSqliteStorage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("deep/er/docker-auto.db"));
}

void TestSqliteStorage::cleanup()
{
    m_folder.reset();
}

std::unique_ptr<SqliteStorage> TestSqliteStorage::open(const SqliteStorage::Options &options)
{
    auto opened = SqliteStorage::open(m_path, options);
    if (!opened) {
        qWarning("%s", qPrintable(opened.error().text()));
        return nullptr;
    }
    return *std::move(opened);
}

void TestSqliteStorage::open_makesFolderAndPrivateFile()
{
    const auto storage = open();
    QVERIFY(storage);
    REQUIRE_OK(setText(*storage, QStringLiteral("a"), QStringLiteral("b")));
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QFileInfo file(m_path + QString::fromUtf8(suffix));
        QVERIFY(file.exists());
        QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                           QFileDevice::ReadOther | QFileDevice::WriteOther)));
    }
}

void TestSqliteStorage::open_findsWhatWasWritten_afterClose()
{
    auto storage = open();
    QVERIFY(storage);
    REQUIRE_OK(setText(*storage, QStringLiteral("a"), QStringLiteral("b")));
    storage.reset();
    storage = open();
    QVERIFY(storage);
    QCOMPARE(textIn(*storage, QStringLiteral("a")), QStringLiteral("b"));
}

void TestSqliteStorage::open_refusesFile_withoutTouchingIt_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("newer schema") << QStringList{QStringLiteral(
                                         "INSERT INTO schema_migrations VALUES (9999, 'later', 'x', 0)")}
                                  << QByteArray() << ErrorCode::Unsupported
                                  << QStringLiteral("newer Docker Auto");
    QTest::newRow("changed checksum")
        << QStringList{QStringLiteral("UPDATE schema_migrations SET checksum = 'x' WHERE version = 1")}
        << QByteArray() << ErrorCode::Corrupt << QStringLiteral("another variant of migration 1");
    QTest::newRow("another program") << QStringList{QStringLiteral("DROP TABLE schema_migrations")}
                                     << QByteArray() << ErrorCode::InvalidArgument
                                     << QStringLiteral("another program");
    QTest::newRow("garbage") << QStringList() << QByteArray(20'000, 'g') << ErrorCode::Corrupt
                             << QStringLiteral("not a database");
    QTest::newRow("short garbage") << QStringList() << QByteArray("hello") << ErrorCode::Corrupt
                                   << QStringLiteral("not a database");
}

void TestSqliteStorage::open_refusesFile_withoutTouchingIt()
{
    QFETCH(QStringList, statements);
    QFETCH(QByteArray, content);
    QFETCH(ErrorCode, code);
    QFETCH(QString, word);
    QVERIFY(open());
    runSql(m_path, statements);
    if (!content.isEmpty()) {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
    }
    const QByteArray before = contentOf(m_path);
    const auto refused = SqliteStorage::open(m_path);
    REQUIRE_ERROR(refused, code);
    QVERIFY2(refused.error().text().contains(word), qPrintable(refused.error().text()));
    QVERIFY(contentOf(m_path) == before);
}

void TestSqliteStorage::open_isCorrupt_whenPagesAreDamaged()
{
    auto storage = open();
    QVERIFY(storage);
    REQUIRE_OK(storage->write(
        [](UnitOfWork &unit) -> core::Result<> {
            for (int i = 0; i < 500; ++i) {
                DOCKERAUTO_TRY(unit.settings().set(numbered("name-", i), core::Json(big(500))));
            }
            return {};
        },
        context()));
    storage.reset();
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 page = 4096;
    for (qint64 at = file.size() / page / 2; at < file.size() / page; ++at) {
        file.seek(at * page);
        file.write(QByteArray(64, char(0x55)));
    }
    file.close();
    const auto refused = SqliteStorage::open(m_path);
    REQUIRE_ERROR(refused, ErrorCode::Corrupt);
}

void TestSqliteStorage::open_isUnavailable_whenAlreadyOpen()
{
    auto first = open();
    QVERIFY(first);
    const auto second = SqliteStorage::open(m_path);
    REQUIRE_ERROR(second, ErrorCode::Unavailable);
    QVERIFY2(second.error().text().contains(QStringLiteral("Another Docker Auto")),
        qPrintable(second.error().text()));
    first.reset();
    QVERIFY(open());
}

void TestSqliteStorage::open_isUnavailable_whenFolderCannotBeMade()
{
    const QString file = m_folder->filePath(QStringLiteral("file"));
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const auto refused = SqliteStorage::open(file + QStringLiteral("/inside/docker-auto.db"));
    REQUIRE_ERROR(refused, ErrorCode::Unavailable);
}

namespace {

/// Keeps the writer busy from its construction to `release`.
class BusyWriter
{
public:
    explicit BusyWriter(SqliteStorage &storage)
        : m_thread([this, &storage] {
            m_result = storage.write(
                [this](UnitOfWork &unit) -> core::Result<> {
                    m_begun.set_value();
                    m_released.get_future().wait();
                    return unit.settings().set(QStringLiteral("busy"), core::Json("done"));
                },
                context());
        })
    {
        m_begun.get_future().wait();
    }
    core::Result<> release()
    {
        m_released.set_value();
        m_thread.join();
        return m_result;
    }

private:
    std::promise<void> m_begun;
    std::promise<void> m_released;
    core::Result<> m_result;
    std::thread m_thread;
};

} // namespace

void TestSqliteStorage::write_timesOut_whenWriterIsBusy()
{
    const auto storage = open();
    QVERIFY(storage);
    BusyWriter busy(*storage);
    const auto late = storage->write(
        [](UnitOfWork &unit) { return unit.settings().set(QStringLiteral("late"), core::Json("x")); },
        context(std::chrono::milliseconds(30)));
    const QString readMeanwhile = textIn(*storage, QStringLiteral("busy"));
    REQUIRE_OK(busy.release());
    REQUIRE_ERROR(late, ErrorCode::Timeout);
    QCOMPARE(readMeanwhile, QString());
    REQUIRE_OK(setText(*storage, QStringLiteral("next"), QStringLiteral("y")));
    QCOMPARE(textIn(*storage, QStringLiteral("late")), QString());
    QCOMPARE(textIn(*storage, QStringLiteral("busy")), QStringLiteral("done"));
}

void TestSqliteStorage::write_isCancelled_whenWriterIsBusy()
{
    const auto storage = open();
    QVERIFY(storage);
    BusyWriter busy(*storage);
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] {
        return storage->write([](UnitOfWork &) { return core::Result<>(); },
            {core::Deadline::in(std::chrono::seconds(20)), stop.get_token()});
    });
    stop.request_stop();
    const auto cancelled = waiting.get();
    REQUIRE_OK(busy.release());
    REQUIRE_ERROR(cancelled, ErrorCode::Cancelled);
}

void TestSqliteStorage::write_rollsBack_whenDeadlinePassesMeanwhile()
{
    const auto storage = open();
    QVERIFY(storage);
    const auto limited = context(std::chrono::milliseconds(200));
    const auto late = storage->write(
        [&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY(unit.settings().set(QStringLiteral("a"), core::Json("x")));
            std::this_thread::sleep_until(limited.deadline.at());
            return unit.settings().set(QStringLiteral("b"), core::Json("x"));
        },
        limited);
    REQUIRE_ERROR(late, ErrorCode::Timeout);
    QCOMPARE(textIn(*storage, QStringLiteral("a")), QString());
}

void TestSqliteStorage::write_rollsBack_onException()
{
    const auto storage = open();
    QVERIFY(storage);
    const auto failed = storage->write(
        [](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY(unit.settings().set(QStringLiteral("a"), core::Json("x")));
            throw std::runtime_error("surprise");
        },
        context());
    REQUIRE_ERROR(failed, ErrorCode::Internal);
    QCOMPARE(textIn(*storage, QStringLiteral("a")), QString());
    REQUIRE_OK(setText(*storage, QStringLiteral("a"), QStringLiteral("b")));
}

void TestSqliteStorage::write_isNotFound_whenOwnerIsMissing()
{
    const auto storage = open();
    QVERIFY(storage);
    const auto orphan = storage->write(
        [](UnitOfWork &unit) {
            return unit.sessions().save(session(QStringLiteral("s1"), QStringLiteral("nobody")));
        },
        context());
    REQUIRE_ERROR(orphan, ErrorCode::NotFound);
}

void TestSqliteStorage::write_isUnavailable_whileAnotherProgramLocks()
{
    SqliteStorage::Options options;
    options.busyTimeout = std::chrono::milliseconds(250);
    const auto storage = open(options);
    QVERIFY(storage);
    const QString name = QStringLiteral("other");
    {
        auto other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        other.setDatabaseName(m_path);
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(QStringLiteral("BEGIN IMMEDIATE")));
        const auto locked = setText(*storage, QStringLiteral("a"), QStringLiteral("b"));
        QVERIFY(!locked);
        QCOMPARE(locked.error().code, ErrorCode::Unavailable);
        QVERIFY2(locked.error().text().contains(QStringLiteral("Another program")),
            qPrintable(locked.error().text()));
        QVERIFY(QSqlQuery(other).exec(QStringLiteral("ROLLBACK")));
    }
    QSqlDatabase::removeDatabase(name);
    REQUIRE_OK(setText(*storage, QStringLiteral("a"), QStringLiteral("b")));
}

void TestSqliteStorage::write_recovers_afterFullDisk()
{
    SqliteStorage::Options options;
    options.maxBytes = 1'000'000;
    const auto storage = open(options);
    QVERIFY(storage);
    const QString ballast = QStringLiteral("ballast");
    const QString wanted = QStringLiteral("wanted");
    REQUIRE_OK(setText(*storage, ballast, big(500'000)));
    const auto full = setText(*storage, wanted, big(500'000));
    REQUIRE_ERROR(full, ErrorCode::Unavailable);
    QVERIFY2(
        full.error().text().contains(QStringLiteral("The disk is full")), qPrintable(full.error().text()));
    QCOMPARE(textIn(*storage, wanted), QString());
    QCOMPARE(textIn(*storage, ballast).size(), 500'000);

    REQUIRE_OK(setText(*storage, ballast, QStringLiteral("gone")));
    REQUIRE_OK(setText(*storage, wanted, big(500'000)));
    QCOMPARE(textIn(*storage, wanted).size(), 500'000);
}

void TestSqliteStorage::write_recovers_afterInputOutputError()
{
    const auto storage = open();
    QVERIFY(storage);
    const QString name = QStringLiteral("a");
    REQUIRE_OK(setText(*storage, name, QStringLiteral("before")));

    // The kernel refuses every write beyond this size, as a failing disk would.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 1'000'000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto failed = setText(*storage, name, big(3'000'000));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);

    REQUIRE_ERROR(failed, ErrorCode::Unavailable);
    QCOMPARE(textIn(*storage, name), QStringLiteral("before"));
    REQUIRE_OK(setText(*storage, name, big(3'000'000)));
    QCOMPARE(textIn(*storage, name).size(), 3'000'000);
}

void TestSqliteStorage::write_survivesKill_onceAcknowledged()
{
    QStringList acknowledged;
    for (int round = 0; round < 3; ++round) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--write"), m_path, QString::number(round)});
        QVERIFY(writer.waitForStarted());
        QByteArray output;
        while (output.count('\n') < 150) {
            QVERIFY2(writer.waitForReadyRead(20'000), writer.readAllStandardError().constData());
            output += writer.readAllStandardOutput();
        }
        QCOMPARE(::kill(static_cast<pid_t>(writer.processId()), SIGKILL), 0);
        QVERIFY(writer.waitForFinished());
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        output += writer.readAllStandardOutput();
        // What follows the last end of line was cut off.
        acknowledged
            << QString::fromUtf8(output.left(output.lastIndexOf('\n'))).split(u'\n', Qt::SkipEmptyParts);
        const auto storage = open();
        QVERIFY(storage);
        for (const QString &name : std::as_const(acknowledged)) {
            QCOMPARE(textIn(*storage, name), name);
        }
    }
    QVERIFY(acknowledged.size() >= 450);
}

void TestSqliteStorage::read_refusesToWrite()
{
    const auto storage = open();
    QVERIFY(storage);
    const auto refused = storage->read(
        [](UnitOfWork &unit) { return unit.settings().set(QStringLiteral("a"), core::Json("x")); },
        context());
    QVERIFY(!refused);
    QCOMPARE(textIn(*storage, QStringLiteral("a")), QString());
}

namespace {

/// The child of write_survivesKill: says each name once it is written, for ever.
int writeForEver(const QString &path, const QString &round)
{
    auto storage = SqliteStorage::open(path);
    if (!storage) {
        std::fputs(qPrintable(storage.error().text()), stderr);
        return 1;
    }
    for (int i = 0;; ++i) {
        const QString name = round + QStringLiteral("-name-") + QString::number(i);
        if (const auto written = setText(**storage, name, name); !written) {
            std::fputs(qPrintable(written.error().text()), stderr);
            return 1;
        }
        std::puts(qPrintable(name));
        std::fflush(stdout);
    }
}

} // namespace

} // namespace dockerauto::storage

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == QStringLiteral("--write")) {
        return dockerauto::storage::writeForEver(arguments[2], arguments[3]);
    }
    dockerauto::storage::TestSqliteStorage test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqlitestorage.moc"
