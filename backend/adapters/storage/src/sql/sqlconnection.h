#pragma once

#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <core/time.h>

#include <QByteArray>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace dockerauto::storage {

/// What goes into and comes out of a statement. A moment is of its own kind, so that each engine stores it
/// its own way: milliseconds in SQLite, timestamptz in PostgreSQL. JSON is text.
using SqlValue = std::variant<std::monostate, qint64, double, QString, QByteArray, core::Timestamp>;
using SqlParams = std::vector<SqlValue>;
using SqlRow = std::vector<SqlValue>;

/// A statement with its values, where it is made in one place and run in another.
struct SqlQuery
{
    QString sql;
    SqlParams params;
};

inline SqlValue orNull(const std::optional<core::Timestamp> &time)
{
    return time ? SqlValue(*time) : SqlValue();
}

inline SqlValue toSql(const core::Json &json)
{
    return QString::fromStdString(core::writeJson(json));
}

enum class Transaction
{
    Read,
    Write
};

/// The words in which the engines differ; only migrations need them.
struct SqlDialect
{
    QString timestampType;
    QString jsonType;
    QString bytesType;
    /// A primary key that counts up by itself.
    QString identityColumn;
    /// Text that is compared byte by byte.
    QString textType;
};

/// One connection to a database, used by one thread. Statements are written once for all engines: `?` for
/// values (never inside quotes), INSERT … ON CONFLICT DO UPDATE, row values, no function that only one engine
/// has.
class SqlConnection
{
public:
    virtual ~SqlConnection() = default;

    /// Runs a statement that answers no rows; gives the number of rows it changed. Conflict when it breaks a
    /// unique rule, NotFound when it refers to a row that is not there, Unavailable when the database cannot
    /// be used.
    virtual core::Result<qint64> execute(
        const QString &sql, const SqlParams &params, const core::CallContext &context) = 0;
    virtual core::Result<std::vector<SqlRow>> query(
        const QString &sql, const SqlParams &params, const core::CallContext &context) = 0;

    virtual core::Result<> begin(Transaction kind, const core::CallContext &context) = 0;
    /// A success means that it is on the disk.
    virtual core::Result<> commit() = 0;
    virtual void rollback() = 0;

    /// False when the connection has seen an error after which it should be made anew.
    [[nodiscard]] virtual bool isHealthy() const = 0;
    [[nodiscard]] virtual const SqlDialect &dialect() const = 0;
};

/// A connection inside a transaction, with the time that is left for it: what repositories work with.
struct SqlSession
{
    SqlConnection &connection;
    const core::CallContext &context;

    [[nodiscard]] core::Result<qint64> execute(const QString &sql, const SqlParams &params = {}) const
    {
        return connection.execute(sql, params, context);
    }
    /// For statements whose number of changed rows says nothing.
    [[nodiscard]] core::Result<> run(const QString &sql, const SqlParams &params = {}) const
    {
        DOCKERAUTO_TRY(connection.execute(sql, params, context));
        return {};
    }
    [[nodiscard]] core::Result<std::vector<SqlRow>> query(
        const QString &sql, const SqlParams &params = {}) const
    {
        return connection.query(sql, params, context);
    }
};

} // namespace dockerauto::storage
