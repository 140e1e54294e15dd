#include "repositories/sqlsessions.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

constexpr auto what = "a session";

const SqlTable &sessionTable()
{
    static const SqlTable table{QStringLiteral("sessions"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("user_id"), QStringLiteral("refresh_hash"),
            QStringLiteral("previous_refresh_hash"), QStringLiteral("rotated_at"),
            QStringLiteral("remote_address"), QStringLiteral("created_at"), QStringLiteral("last_used_at"),
            QStringLiteral("expires_at"), QStringLiteral("revoked_at")}};
    return table;
}

core::Result<ports::SessionRecord> readSession(RowReader row)
{
    ports::SessionRecord session{.id = row.id<core::SessionId>(),
        .user = row.id<core::UserId>(),
        .refreshHash = row.bytes(),
        .previousRefreshHash = row.bytes(),
        .rotatedAt = row.optionalTime(),
        .remoteAddress = row.text(),
        .createdAt = row.time(),
        .lastUsedAt = row.time(),
        .expiresAt = row.time(),
        .revokedAt = row.optionalTime()};
    return row.finish(std::move(session));
}

} // namespace

core::Result<ports::SessionRecord> SqlSessions::find(const core::SessionId &id)
{
    return readOne<ports::SessionRecord>(
        m_sql.query(selectFrom(sessionTable()) + QStringLiteral("WHERE id = ?"), {id.text()}), what,
        QStringLiteral("There is no such session"), readSession);
}

core::Result<> SqlSessions::save(const ports::SessionRecord &record)
{
    return m_sql.run(upsertInto(sessionTable()),
        {record.id.text(), record.user.text(), record.refreshHash, record.previousRefreshHash,
            orNull(record.rotatedAt), record.remoteAddress, record.createdAt, record.lastUsedAt,
            record.expiresAt, orNull(record.revokedAt)});
}

core::Result<> SqlSessions::removeExpired(core::Timestamp now)
{
    return m_sql.run(QStringLiteral("DELETE FROM sessions WHERE expires_at <= ?"), {now});
}

} // namespace dockerauto::storage
