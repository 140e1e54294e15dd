#include "repositories/sqlcandidates.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const SqlTable &sightingTable()
{
    static const SqlTable table{QStringLiteral("sightings"),
        {QStringLiteral("repository"), QStringLiteral("tag"), QStringLiteral("digest")},
        {QStringLiteral("repository"), QStringLiteral("tag"), QStringLiteral("digest"),
            QStringLiteral("first_seen_at"), QStringLiteral("published_at")}};
    return table;
}

const SqlTable &holdTable()
{
    static const SqlTable table{QStringLiteral("holds"),
        {QStringLiteral("container_id"), QStringLiteral("kind"), QStringLiteral("tag"),
            QStringLiteral("digest")},
        {QStringLiteral("container_id"), QStringLiteral("kind"), QStringLiteral("tag"),
            QStringLiteral("digest"), QStringLiteral("held_until"), QStringLiteral("reason"),
            QStringLiteral("created_by"), QStringLiteral("created_at")}};
    return table;
}

core::Result<ports::SightingRecord> readSighting(RowReader row)
{
    ports::SightingRecord sighting{.repository = row.text(),
        .tag = row.text(),
        .digest = row.text(),
        .firstSeenAt = row.time(),
        .publishedAt = row.optionalTime()};
    return row.finish(std::move(sighting));
}

core::Result<ports::HoldRecord> readHold(RowReader row)
{
    ports::HoldRecord hold{.container = row.id<core::ContainerId>(),
        .kind = row.word<core::Hold>(),
        .tag = row.text(),
        .digest = row.text(),
        .until = row.optionalTime(),
        .reason = row.text(),
        .createdBy = row.text(),
        .createdAt = row.time()};
    return row.finish(std::move(hold));
}

} // namespace

core::Result<std::optional<ports::SightingRecord>> SqlCandidates::sighting(
    const QString &repository, const QString &tag, const QString &digest)
{
    DOCKERAUTO_TRY_ASSIGN(
        found, readRows<ports::SightingRecord>(
                   m_sql.query(selectFrom(sightingTable()) +
                                   QStringLiteral("WHERE repository = ? AND tag = ? AND digest = ?"),
                       {repository, tag, digest}),
                   "a sighting", readSighting));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

core::Result<> SqlCandidates::saveSighting(const ports::SightingRecord &record)
{
    return m_sql.run(
        insertInto(sightingTable()) + QStringLiteral(" ON CONFLICT (repository, tag, digest) DO UPDATE SET "
                                                     "first_seen_at = CASE WHEN excluded.first_seen_at < "
                                                     "sightings.first_seen_at THEN excluded.first_seen_at "
                                                     "ELSE sightings.first_seen_at END, "
                                                     "published_at = coalesce(excluded.published_at, "
                                                     "sightings.published_at)"),
        {record.repository, record.tag, record.digest, record.firstSeenAt, orNull(record.publishedAt)});
}

core::Result<std::vector<ports::HoldRecord>> SqlCandidates::holds(const core::ContainerId &container)
{
    return readRows<ports::HoldRecord>(
        m_sql.query(
            selectFrom(holdTable()) + QStringLiteral("WHERE container_id = ? ORDER BY kind, tag, digest"),
            {container.text()}),
        "a hold", readHold);
}

core::Result<> SqlCandidates::saveHold(const ports::HoldRecord &record)
{
    return m_sql.run(upsertInto(holdTable()),
        {record.container.text(), core::toQString(record.kind), record.tag, record.digest,
            orNull(record.until), record.reason, record.createdBy, record.createdAt});
}

core::Result<> SqlCandidates::removeHolds(
    const core::ContainerId &container, const std::vector<core::Hold> &kinds)
{
    for (const core::Hold kind : kinds) {
        DOCKERAUTO_TRY(m_sql.run(QStringLiteral("DELETE FROM holds WHERE container_id = ? AND kind = ?"),
            {container.text(), core::toQString(kind)}));
    }
    return {};
}

} // namespace dockerauto::storage
