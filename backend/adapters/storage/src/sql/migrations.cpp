#include "sql/migrations.h"

#include "sql/rowreader.h"
#include "sql/sqlworkers.h"

#include <core/clock.h>
#include <core/logging.h>

#include <QCryptographicHash>
#include <QStringList>

#include <map>

namespace dockerauto::storage {

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString checksumOf(const Migration &migration)
{
    const QByteArrayView bytes(migration.sql.data(), static_cast<qsizetype>(migration.sql.size()));
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

/// A statement ends with a semicolon at the end of a line; lines of comment are dropped.
QStringList statementsOf(const Migration &migration, const SqlDialect &dialect)
{
    QString sql = textOf(migration.sql);
    sql.replace(QStringLiteral("{{timestamp}}"), dialect.timestampType);
    sql.replace(QStringLiteral("{{json}}"), dialect.jsonType);
    sql.replace(QStringLiteral("{{bytes}}"), dialect.bytesType);
    sql.replace(QStringLiteral("{{identity}}"), dialect.identityColumn);
    sql.replace(QStringLiteral("{{text}}"), dialect.textType);
    QStringList statements;
    QString statement;
    for (const QString &line : sql.split(u'\n')) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(QStringLiteral("--"))) {
            continue;
        }
        statement += line + u'\n';
        if (trimmed.endsWith(u';')) {
            statements << statement.trimmed().chopped(1);
            statement.clear();
        }
    }
    if (!statement.isEmpty()) {
        statements << statement;
    }
    return statements;
}

struct Applied
{
    qint64 version = 0;
    QString checksum;
};

core::Result<std::vector<Applied>> appliedMigrations(const SqlSession &sql)
{
    return readRows<Applied>(
        sql.query(QStringLiteral("SELECT version, checksum FROM schema_migrations ORDER BY version")),
        "a migration", [](RowReader row) {
            Applied applied{.version = row.integer(), .checksum = row.text()};
            return row.finish(std::move(applied));
        });
}

core::Result<> apply(SqlConnection &connection, const Migration &migration, const core::CallContext &context)
{
    const SqlSession sql{connection, context};
    return inTransaction(connection, Transaction::Write, context, [&]() -> core::Result<> {
        for (const QString &statement : statementsOf(migration, connection.dialect())) {
            DOCKERAUTO_TRY(sql.execute(statement));
        }
        return sql.run(QStringLiteral("INSERT INTO schema_migrations (version, name, checksum, applied_at) "
                                      "VALUES (?, ?, ?, ?)"),
            {qint64{migration.version}, textOf(migration.name), checksumOf(migration),
                core::SystemClock().now()});
    });
}

} // namespace

core::Result<> checkSchema(
    SqlConnection &connection, std::span<const Migration> migrations, const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(applied, appliedMigrations({connection, context}));
    std::map<qint64, QString> known;
    for (const Migration &migration : migrations) {
        known.emplace(migration.version, checksumOf(migration));
    }
    for (const Applied &one : applied) {
        const auto ours = known.find(one.version);
        if (ours == known.end()) {
            return core::fail(core::ErrorCode::Unsupported,
                QStringLiteral(
                    "The database was written by a newer Docker Auto (its schema is %1, this program "
                    "knows up to %2). Install that version or a newer one; nothing was changed.")
                    .arg(applied.back().version)
                    .arg(known.empty() ? 0 : known.rbegin()->first));
        }
        if (ours->second != one.checksum) {
            return core::fail(core::ErrorCode::Corrupt,
                QStringLiteral(
                    "The database was made by another variant of migration %1 than the one in this "
                    "program. Use the Docker Auto that made it, or restore a backup.")
                    .arg(one.version));
        }
    }
    return {};
}

core::Result<> migrate(
    SqlConnection &connection, std::span<const Migration> migrations, const core::CallContext &context)
{
    const SqlSession sql{connection, context};
    DOCKERAUTO_TRY(sql.execute(QStringLiteral("CREATE TABLE IF NOT EXISTS schema_migrations ("
                                              "version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                                              "checksum TEXT NOT NULL, applied_at %1 NOT NULL)")
                                   .arg(connection.dialect().timestampType)));
    DOCKERAUTO_TRY(checkSchema(connection, migrations, context));
    DOCKERAUTO_TRY_ASSIGN(applied, appliedMigrations(sql));
    const qint64 newest = applied.empty() ? 0 : applied.back().version;
    for (const Migration &migration : migrations) {
        if (migration.version <= newest) {
            continue;
        }
        if (auto result = apply(connection, migration, context); !result) {
            return core::fail(result.error().within(
                QStringLiteral("The database could not be brought to schema %1").arg(migration.version)));
        }
        qCInfo(core::logStorage) << "database is now at schema" << migration.version;
    }
    return {};
}

} // namespace dockerauto::storage
