#include "storage/sqlitestorage.h"

#include "repositories/sqlunitofwork.h"
#include "sql/migrations.h"
#include "sql/rowreader.h"
#include "sql/sqlworkers.h"
#include "sqlite/filelock.h"
#include "sqlite/sqliteconnection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace dockerauto::storage {

using core::ErrorCode;

struct SqliteStorage::Parts
{
    Parts(FileLock held, const SqlWorkers::Connect &connectWriter, int readerCount,
        const SqlWorkers::Connect &connectReader)
        : lock(std::move(held))
        , writer(QStringLiteral("db-writer"), 1, connectWriter)
        , readers(QStringLiteral("db-reader"), readerCount, connectReader)
    {
    }

    // The lock goes last.
    FileLock lock;
    SqlWorkers writer;
    SqlWorkers readers;
};

namespace {

// Long enough for the check of a large file; nobody waits for a start longer than this.
constexpr std::chrono::minutes preparationLimit{10};

/// The file with its password hashes is for its owner alone; SQLite gives its companions the same rights.
core::Result<> createFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral(
                "The database %1 cannot be made (%2). Check the rights of the folder and the space on "
                "the disk.")
                .arg(path, file.errorString()));
    }
    return {};
}

/// Looks at a file that exists before anything may change it.
core::Result<> inspect(const QString &path, const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(
        connection, SqliteConnection::open({.path = path, .access = SqliteConnection::Access::Inspect}));
    const SqlSession sql{*connection, context};
    DOCKERAUTO_TRY_ASSIGN(
        tables, sql.query(QStringLiteral("SELECT count(*), coalesce(sum(name = 'schema_migrations'), 0) "
                                         "FROM sqlite_master WHERE type = 'table'")));
    RowReader row(tables.front(), "the tables");
    const qint64 all = row.integer();
    const qint64 ours = row.integer();
    if (all > 0 && ours == 0) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral(
                "The file %1 is a database of another program. Choose another file for Docker Auto.")
                .arg(path));
    }
    return ours == 0 ? core::Result<>() : checkSchema(*connection, embeddedMigrations(), context);
}

core::Result<> checkIntegrity(
    SqlConnection &connection, const QString &path, const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(rows, connection.query(QStringLiteral("PRAGMA quick_check(1)"), {}, context));
    if (rows.empty() || rows.front().empty() || rows.front().front() != SqlValue(QStringLiteral("ok"))) {
        return core::fail(
            ErrorCode::Corrupt, QStringLiteral("The database %1 is damaged. Restore a backup.").arg(path));
    }
    return {};
}

core::Result<> prepare(const SqliteConnection::Settings &settings, const core::CallContext &context)
{
    if (QFileInfo(settings.path).size() > 0) {
        DOCKERAUTO_TRY(inspect(settings.path, context));
    } else {
        DOCKERAUTO_TRY(createFile(settings.path));
    }
    DOCKERAUTO_TRY_ASSIGN(connection, SqliteConnection::open(settings));
    DOCKERAUTO_TRY(checkIntegrity(*connection, settings.path, context));
    return migrate(*connection, embeddedMigrations(), context);
}

SqlWorkers::Connect connector(SqliteConnection::Settings settings, SqliteConnection::Access access)
{
    settings.access = access;
    return [settings]() -> core::Result<std::unique_ptr<SqlConnection>> {
        DOCKERAUTO_TRY_ASSIGN(connection, SqliteConnection::open(settings));
        return connection;
    };
}

core::Result<> perform(
    SqlWorkers &workers, Transaction kind, const ports::Storage::Work &work, const core::CallContext &context)
{
    return workers.run(
        [&](SqlConnection &connection) {
            return inTransaction(connection, kind, context, [&] {
                SqlUnitOfWork unit(SqlSession{connection, context});
                return work(unit);
            });
        },
        context);
}

} // namespace

core::Result<std::unique_ptr<SqliteStorage>> SqliteStorage::open(const QString &path, const Options &options)
{
    const core::CallContext context{core::Deadline::in(preparationLimit), {}};
    const SqliteConnection::Settings settings{.path = path,
        .access = SqliteConnection::Access::Write,
        .busyTimeout = options.busyTimeout,
        .maxBytes = options.maxBytes};
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder)) {
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("The folder %1 cannot be made. Check the rights of the folder above it.")
                .arg(folder));
    }
    DOCKERAUTO_TRY_ASSIGN(lock, FileLock::take(path + QStringLiteral(".lock")));
    DOCKERAUTO_TRY(prepare(settings, context));
    auto parts =
        std::make_unique<Parts>(std::move(lock), connector(settings, SqliteConnection::Access::Write),
            options.readers, connector(settings, SqliteConnection::Access::Read));
    return std::unique_ptr<SqliteStorage>(new SqliteStorage(std::move(parts)));
}

core::Result<std::unique_ptr<SqliteStorage>> SqliteStorage::open(const QString &path)
{
    return open(path, Options());
}

SqliteStorage::SqliteStorage(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

SqliteStorage::~SqliteStorage() = default;

core::Result<> SqliteStorage::write(const Work &work, const core::CallContext &context)
{
    return perform(m_parts->writer, Transaction::Write, work, context);
}

core::Result<> SqliteStorage::read(const Work &work, const core::CallContext &context)
{
    return perform(m_parts->readers, Transaction::Read, work, context);
}

} // namespace dockerauto::storage
