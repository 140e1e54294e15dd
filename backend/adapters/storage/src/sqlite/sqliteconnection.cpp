#include "sqlite/sqliteconnection.h"

#include <core/logging.h>

#include <QSqlRecord>
#include <QVariant>

#include <atomic>

namespace dockerauto::storage {

using core::ErrorCode;

namespace {

// The result codes of SQLite that are told apart: https://www.sqlite.org/rescode.html
enum ResultCode
{
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    IoError = 10,
    DamagedFile = 11,
    Full = 13,
    CannotOpen = 14,
    Constraint = 19,
    NoDatabase = 26,
    ForeignKey = 787,
    PrimaryKey = 1555,
    Unique = 2067,
};

int resultCodeOf(const QSqlError &error)
{
    return error.nativeErrorCode().toInt();
}

/// The low byte is the kind; the rest says more about it.
int kindOf(int resultCode)
{
    return resultCode & 0xff;
}

// SQLite sleeps without knowing our deadline, so it is asked again and again in turns this long.
constexpr std::chrono::milliseconds busyTurn{100};

// More than the program has but for rare combinations of filters.
constexpr std::size_t mostStatements = 128;

QVariant toVariant(const SqlValue &value)
{
    struct
    {
        QVariant operator()(std::monostate) const { return {}; }
        QVariant operator()(qint64 number) const { return number; }
        QVariant operator()(double number) const { return number; }
        // Qt binds a text that was never set as NULL.
        QVariant operator()(const QString &text) const
        {
            return text.isNull() ? QString::fromLatin1("") : text;
        }
        QVariant operator()(const QByteArray &bytes) const { return bytes.isNull() ? QByteArray("") : bytes; }
        QVariant operator()(core::Timestamp time) const { return qint64{time.time_since_epoch().count()}; }
    } convert;
    return std::visit(convert, value);
}

SqlValue toSqlValue(const QVariant &value)
{
    if (value.isNull()) {
        return {};
    }
    switch (value.typeId()) {
    case QMetaType::QString:
        return value.toString();
    case QMetaType::QByteArray:
        return value.toByteArray();
    case QMetaType::Double:
        return value.toDouble();
    default:
        return value.toLongLong();
    }
}

core::Result<std::vector<SqlRow>> readAll(QSqlQuery &query, const core::CallContext &context)
{
    std::vector<SqlRow> rows;
    const int columns = query.record().count();
    while (query.next()) {
        SqlRow &row = rows.emplace_back();
        row.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            row.push_back(toSqlValue(query.value(column)));
        }
        if (rows.size() % 256 == 0) {
            DOCKERAUTO_TRY(context.check());
        }
    }
    return rows;
}

void bind(QSqlQuery &query, const SqlParams &params)
{
    for (std::size_t i = 0; i < params.size(); ++i) {
        query.bindValue(static_cast<int>(i), toVariant(params[i]));
    }
}

} // namespace

SqliteConnection::SqliteConnection(QString name, Settings settings)
    : m_name(std::move(name)), m_settings(std::move(settings))
{
}

core::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const Settings &settings)
{
    // Qt keeps connections by name for the whole process.
    static std::atomic<int> counter{0};
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(QStringLiteral("dockerauto-storage-%1").arg(++counter), settings));
    DOCKERAUTO_TRY(connection->connect());
    return connection;
}

SqliteConnection::~SqliteConnection()
{
    m_statements.clear();
    m_database.close();
    // Qt warns when a connection is removed while an object still refers to it.
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

core::Result<> SqliteConnection::connect()
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    if (!m_database.isValid()) {
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("The SQLite driver of Qt is missing. Install the package libqt6sql6-sqlite."));
    }
    m_database.setDatabaseName(m_settings.path);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTurn.count());
    if (m_settings.access == Access::Inspect) {
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    }
    m_database.setConnectOptions(options);
    if (!m_database.open()) {
        return core::fail(errorOf(m_database.lastError()));
    }
    return m_settings.access == Access::Inspect ? core::Result<>() : configure();
}

core::Result<> SqliteConnection::configure()
{
    DOCKERAUTO_TRY_ASSIGN(mode, pragma(QStringLiteral("PRAGMA journal_mode = WAL")));
    if (mode != SqlValue(QStringLiteral("wal"))) {
        return core::fail(ErrorCode::Unavailable,
            QStringLiteral("The file system of %1 does not support the write-ahead log of SQLite. Use a data "
                           "folder on a local disk.")
                .arg(m_settings.path));
    }
    // Anything less than FULL loses acknowledged commits when the power fails.
    DOCKERAUTO_TRY(pragma(QStringLiteral("PRAGMA synchronous = FULL")));
    DOCKERAUTO_TRY(pragma(QStringLiteral("PRAGMA foreign_keys = ON")));
    DOCKERAUTO_TRY(pragma(QStringLiteral("PRAGMA trusted_schema = OFF")));
    // What the log keeps on the disk after it was large once.
    DOCKERAUTO_TRY(pragma(QStringLiteral("PRAGMA journal_size_limit = 67108864")));
    if (m_settings.access == Access::Read) {
        DOCKERAUTO_TRY(pragma(QStringLiteral("PRAGMA query_only = ON")));
    }
    return m_settings.maxBytes > 0 ? limitSize() : core::Result<>();
}

core::Result<> SqliteConnection::limitSize()
{
    DOCKERAUTO_TRY_ASSIGN(pageSize, pragma(QStringLiteral("PRAGMA page_size")));
    const auto *bytes = std::get_if<qint64>(&pageSize);
    const qint64 pages = m_settings.maxBytes / (bytes && *bytes > 0 ? *bytes : 4096);
    DOCKERAUTO_TRY(pragma(QStringLiteral("PRAGMA max_page_count = %1").arg(std::max<qint64>(1, pages))));
    return {};
}

core::Result<SqlValue> SqliteConnection::pragma(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql)) {
        return core::fail(errorOf(query.lastError()));
    }
    return query.next() ? toSqlValue(query.value(0)) : SqlValue();
}

core::Result<qint64> SqliteConnection::execute(
    const QString &sql, const SqlParams &params, const core::CallContext &context)
{
    DOCKERAUTO_TRY(context.check());
    DOCKERAUTO_TRY_ASSIGN(query, runPrepared(sql, params));
    const qint64 changed = query->numRowsAffected();
    query->finish();
    return changed;
}

core::Result<std::vector<SqlRow>> SqliteConnection::query(
    const QString &sql, const SqlParams &params, const core::CallContext &context)
{
    DOCKERAUTO_TRY(context.check());
    DOCKERAUTO_TRY_ASSIGN(statement, runPrepared(sql, params));
    auto rows = readAll(*statement, context);
    const QSqlError problem = statement->lastError();
    statement->finish();
    if (problem.isValid()) {
        return core::fail(errorOf(problem));
    }
    return rows;
}

core::Result<QSqlQuery *> SqliteConnection::runPrepared(const QString &sql, const SqlParams &params)
{
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        if (m_statements.size() >= mostStatements) {
            m_statements.clear();
        }
        QSqlQuery made(m_database);
        made.setForwardOnly(true);
        if (!made.prepare(sql)) {
            return core::fail(errorOf(made.lastError()));
        }
        found = m_statements.emplace(sql, std::move(made)).first;
    }
    bind(found->second, params);
    if (!found->second.exec()) {
        const QSqlError problem = found->second.lastError();
        m_statements.erase(found);
        return core::fail(errorOf(problem));
    }
    return &found->second;
}

core::Result<> SqliteConnection::begin(Transaction kind, const core::CallContext &context)
{
    // IMMEDIATE takes the right to write at once: a transaction that found out later would have to start
    // over.
    const QString sql =
        kind == Transaction::Write ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN");
    const core::Deadline patience = core::Deadline::in(m_settings.busyTimeout);
    while (true) {
        DOCKERAUTO_TRY(context.check());
        QSqlQuery query(m_database);
        if (query.exec(sql)) {
            return {};
        }
        if (kindOf(resultCodeOf(query.lastError())) != Busy || patience.passed()) {
            return core::fail(errorOf(query.lastError()));
        }
    }
}

core::Result<> SqliteConnection::commit()
{
    QSqlQuery query(m_database);
    if (!query.exec(QStringLiteral("COMMIT"))) {
        return core::fail(errorOf(query.lastError()));
    }
    return {};
}

void SqliteConnection::rollback()
{
    QSqlQuery query(m_database);
    // SQLite has done it by itself after some errors, and then says that there is nothing to roll back. A new
    // connection is certain to be in no transaction.
    if (!query.exec(QStringLiteral("ROLLBACK"))) {
        m_healthy = false;
    }
}

const SqlDialect &SqliteConnection::dialect() const
{
    static const SqlDialect dialect{.timestampType = QStringLiteral("INTEGER"),
        .jsonType = QStringLiteral("TEXT"),
        .bytesType = QStringLiteral("BLOB"),
        .identityColumn = QStringLiteral("INTEGER PRIMARY KEY AUTOINCREMENT"),
        .textType = QStringLiteral("TEXT")};
    return dialect;
}

core::Error SqliteConnection::errorOf(const QSqlError &error)
{
    const int code = resultCodeOf(error);
    // Values are bound, so what SQLite says names tables and columns, never what is in them.
    const QString words = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    const auto make = [](ErrorCode kind, const QString &message) {
        return core::Error{kind, message, QString(), nullptr};
    };
    switch (code) {
    case Unique:
    case PrimaryKey:
        return make(ErrorCode::Conflict,
            QStringLiteral("Something else with the same identity exists already (%1)").arg(words));
    case ForeignKey:
        return make(ErrorCode::NotFound, QStringLiteral("What this belongs to does not exist, or no longer"));
    default:
        break;
    }
    switch (kindOf(code)) {
    case Full:
        return make(ErrorCode::Unavailable,
            QStringLiteral(
                "The disk is full: %1 cannot grow. Free some space; nothing needs to be restarted.")
                .arg(m_settings.path));
    case IoError:
        m_healthy = false;
        qCWarning(core::logStorage) << "input or output error" << code << "of the database:" << words;
        return make(ErrorCode::Unavailable,
            QStringLiteral(
                "The disk with %1 could not be read or written (%2). Check the disk and the space on "
                "it; nothing needs to be restarted.")
                .arg(m_settings.path, words));
    case CannotOpen:
    case ReadOnly:
        m_healthy = false;
        return make(ErrorCode::Unavailable,
            QStringLiteral(
                "The database %1 cannot be opened or written. Check the rights of the file and of its "
                "folder.")
                .arg(m_settings.path));
    case Busy:
    case Locked:
        return make(ErrorCode::Unavailable,
            QStringLiteral("Another program keeps %1 locked. Close it and try again.").arg(m_settings.path));
    case DamagedFile:
        m_healthy = false;
        return make(ErrorCode::Corrupt,
            QStringLiteral("The database %1 is damaged. Restore a backup.").arg(m_settings.path));
    case NoDatabase:
        m_healthy = false;
        return make(ErrorCode::Corrupt,
            QStringLiteral("The file %1 is not a database. Move it away or restore a backup.")
                .arg(m_settings.path));
    default:
        qCWarning(core::logStorage) << "database error" << code << words;
        return make(ErrorCode::Internal, QStringLiteral("The database refused a statement: %1").arg(words));
    }
}

} // namespace dockerauto::storage
