#pragma once

#include "sql/sqlconnection.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <chrono>
#include <memory>
#include <unordered_map>

namespace dockerauto::storage {

/// A connection to an SQLite file through Qt. Made, used and destroyed on one thread.
class SqliteConnection final : public SqlConnection
{
public:
    enum class Access
    {
        /// Changes nothing, not even how the file is kept.
        Inspect,
        Read,
        Write,
    };
    struct Settings
    {
        QString path;
        Access access = Access::Write;
        std::chrono::milliseconds busyTimeout{5'000};
        /// 0 for no limit.
        qint64 maxBytes = 0;
    };

    static core::Result<std::unique_ptr<SqliteConnection>> open(const Settings &settings);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    core::Result<qint64> execute(
        const QString &sql, const SqlParams &params, const core::CallContext &context) override;
    core::Result<std::vector<SqlRow>> query(
        const QString &sql, const SqlParams &params, const core::CallContext &context) override;
    core::Result<> begin(Transaction kind, const core::CallContext &context) override;
    core::Result<> commit() override;
    void rollback() override;
    [[nodiscard]] bool isHealthy() const override { return m_healthy; }
    [[nodiscard]] const SqlDialect &dialect() const override;

private:
    SqliteConnection(QString name, Settings settings);
    core::Result<> connect();
    core::Result<> configure();
    core::Result<> limitSize();
    /// Runs a statement without values; gives the first value that it answers.
    core::Result<SqlValue> pragma(const QString &sql);
    /// The statement with its values, run. It must be finished: one that is not keeps its view of the data.
    core::Result<QSqlQuery *> runPrepared(const QString &sql, const SqlParams &params);
    core::Error errorOf(const QSqlError &error);

    QString m_name;
    Settings m_settings;
    QSqlDatabase m_database;
    /// By their text: to prepare one takes longer than to run it.
    std::unordered_map<QString, QSqlQuery> m_statements;
    bool m_healthy = true;
};

} // namespace dockerauto::storage
