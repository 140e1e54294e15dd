#include "repositories/sqlusers.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

constexpr auto what = "a user";

const SqlTable &userTable()
{
    static const SqlTable table{QStringLiteral("users"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("email"), QStringLiteral("password_hash"),
            QStringLiteral("role"), QStringLiteral("disabled"), QStringLiteral("created_at"),
            QStringLiteral("updated_at")}};
    return table;
}

core::Result<ports::UserRecord> readUser(RowReader row)
{
    ports::UserRecord user{.id = row.id<core::UserId>(),
        .email = row.text(),
        .passwordHash = row.text(),
        .role = row.word<core::Role>(),
        .disabled = row.boolean(),
        .createdAt = row.time(),
        .updatedAt = row.time()};
    return row.finish(std::move(user));
}

} // namespace

core::Result<ports::UserRecord> SqlUsers::find(const core::UserId &id)
{
    return readOne<ports::UserRecord>(
        m_sql.query(selectFrom(userTable()) + QStringLiteral("WHERE id = ?"), {id.text()}), what,
        QStringLiteral("There is no such user"), readUser);
}

core::Result<ports::UserRecord> SqlUsers::findByEmail(const QString &email)
{
    return readOne<ports::UserRecord>(
        m_sql.query(selectFrom(userTable()) + QStringLiteral("WHERE email = ?"), {email}), what,
        QStringLiteral("There is no such user"), readUser);
}

core::Result<qint64> SqlUsers::count()
{
    return readCount(m_sql.query(QStringLiteral("SELECT count(*) FROM users")));
}

core::Result<> SqlUsers::save(const ports::UserRecord &record)
{
    auto saved = m_sql.run(upsertInto(userTable()),
        {record.id.text(), record.email, record.passwordHash, core::toQString(record.role),
            qint64{record.disabled}, record.createdAt, record.updatedAt});
    if (!saved && saved.error().code == core::ErrorCode::Conflict) {
        return core::fail(core::ErrorCode::Conflict, QStringLiteral("The address belongs to another user"));
    }
    return saved;
}

} // namespace dockerauto::storage
