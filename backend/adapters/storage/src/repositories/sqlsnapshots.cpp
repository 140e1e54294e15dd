#include "repositories/sqlsnapshots.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const SqlTable &snapshotTable()
{
    static const SqlTable table{QStringLiteral("snapshots"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("update_id"), QStringLiteral("container_id"),
            QStringLiteral("host_id"), QStringLiteral("volume"), QStringLiteral("mounted_at"),
            QStringLiteral("method"), QStringLiteral("reference"), QStringLiteral("size_bytes"),
            QStringLiteral("milliseconds"), QStringLiteral("created_at")}};
    return table;
}

core::Result<ports::SnapshotRecord> readSnapshot(RowReader row)
{
    ports::SnapshotRecord snapshot{.id = row.text(),
        .update = row.id<core::UpdateId>(),
        .container = row.id<core::ContainerId>(),
        .host = row.id<core::HostId>(),
        .volume = row.text(),
        .mountedAt = row.text(),
        .method = row.word<core::SnapshotMethod>(),
        .reference = row.text(),
        .sizeBytes = row.integer(),
        .milliseconds = row.integer(),
        .createdAt = row.time()};
    return row.finish(std::move(snapshot));
}

} // namespace

core::Result<> SqlSnapshots::save(const ports::SnapshotRecord &record)
{
    return m_sql.run(upsertInto(snapshotTable()),
        {record.id, record.update.text(), record.container.text(), record.host.text(), record.volume,
            record.mountedAt, core::toQString(record.method), record.reference, record.sizeBytes,
            record.milliseconds, record.createdAt});
}

core::Result<std::vector<ports::SnapshotRecord>> SqlSnapshots::ofUpdate(const core::UpdateId &update)
{
    return readRows<ports::SnapshotRecord>(
        m_sql.query(selectFrom(snapshotTable()) + QStringLiteral("WHERE update_id = ? ORDER BY position"),
            {update.text()}),
        "a snapshot", readSnapshot);
}

core::Result<std::vector<ports::SnapshotRecord>> SqlSnapshots::ofContainer(const core::ContainerId &container)
{
    return readRows<ports::SnapshotRecord>(
        m_sql.query(
            selectFrom(snapshotTable()) + QStringLiteral("WHERE container_id = ? ORDER BY position DESC"),
            {container.text()}),
        "a snapshot", readSnapshot);
}

core::Result<> SqlSnapshots::remove(const QString &id)
{
    return m_sql.run(QStringLiteral("DELETE FROM snapshots WHERE id = ?"), {id});
}

} // namespace dockerauto::storage
