#include "repositories/sqlupdates.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

#include <algorithm>

template <>
struct dockerauto::core::EnumText<dockerauto::ports::JournalRecord::Kind>
{
    using Kind = ports::JournalRecord::Kind;
    static constexpr std::array names{std::pair{Kind::Intent, std::string_view("intent")},
        std::pair{Kind::Done, std::string_view("done")}, std::pair{Kind::Failed, std::string_view("failed")}};
};

namespace dockerauto::storage {

namespace {

const SqlTable &updateTable()
{
    static const SqlTable table{QStringLiteral("update_history"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("container_id"), QStringLiteral("container_name"),
            QStringLiteral("host_id"), QStringLiteral("status"), QStringLiteral("strategy"),
            QStringLiteral("old_image"), QStringLiteral("old_tag"), QStringLiteral("old_digest"),
            QStringLiteral("old_image_id"), QStringLiteral("new_image"), QStringLiteral("new_tag"),
            QStringLiteral("new_digest"), QStringLiteral("new_image_id"), QStringLiteral("requested_by"),
            QStringLiteral("approved_by"), QStringLiteral("error"), QStringLiteral("proof"),
            QStringLiteral("created_at"), QStringLiteral("started_at"), QStringLiteral("completed_at"),
            QStringLiteral("kind"), QStringLiteral("rollback_of"), QStringLiteral("rolled_back_by"),
            QStringLiteral("plan_hash"), QStringLiteral("care"), QStringLiteral("observation"),
            QStringLiteral("watching"), QStringLiteral("has_restore_point")}};
    return table;
}

const SqlTable &restorePointTable()
{
    static const SqlTable table{QStringLiteral("update_restore_points"), {QStringLiteral("update_id")},
        {QStringLiteral("update_id"), QStringLiteral("content")}};
    return table;
}

const SqlTable &lastWordsTable()
{
    static const SqlTable table{QStringLiteral("update_last_words"), {QStringLiteral("update_id")},
        {QStringLiteral("update_id"), QStringLiteral("content")}};
    return table;
}

const SqlTable &stepTable()
{
    static const SqlTable table{QStringLiteral("update_steps"),
        {QStringLiteral("update_id"), QStringLiteral("position")},
        {QStringLiteral("update_id"), QStringLiteral("position"), QStringLiteral("name"),
            QStringLiteral("status"), QStringLiteral("started_at"), QStringLiteral("completed_at"),
            QStringLiteral("detail")}};
    return table;
}

const SqlTable &logTable()
{
    static const SqlTable table{QStringLiteral("update_log"), {QStringLiteral("id")},
        {QStringLiteral("update_id"), QStringLiteral("written_at"), QStringLiteral("step"),
            QStringLiteral("line")}};
    return table;
}

const SqlTable &journalTable()
{
    static const SqlTable table{QStringLiteral("update_journal"),
        {QStringLiteral("update_id"), QStringLiteral("position")},
        {QStringLiteral("update_id"), QStringLiteral("position"), QStringLiteral("step"),
            QStringLiteral("kind"), QStringLiteral("data"), QStringLiteral("written_at")}};
    return table;
}

using JournalKind = ports::JournalRecord::Kind;

ports::ImageVersionRecord readVersion(RowReader &row)
{
    return {.image = row.text(), .tag = row.text(), .digest = row.text(), .imageId = row.text()};
}

core::Result<ports::UpdateRecord> readUpdate(RowReader row)
{
    ports::UpdateRecord update{.id = row.id<core::UpdateId>(),
        .container = row.id<core::ContainerId>(),
        .containerName = row.text(),
        .host = row.id<core::HostId>(),
        .status = row.word<core::UpdateStatus>(),
        .strategy = row.word<core::UpdateStrategy>(),
        .from = readVersion(row),
        .to = readVersion(row),
        .requestedBy = row.text(),
        .approvedBy = row.text(),
        .error = row.text(),
        .proof = row.json(),
        .createdAt = row.time(),
        .startedAt = row.optionalTime(),
        .completedAt = row.optionalTime(),
        .kind = row.word<core::UpdateKind>(),
        .rollbackOf = row.id<core::UpdateId>(),
        .rolledBackBy = row.id<core::UpdateId>(),
        .planHash = row.text(),
        .care = row.json()};
    update.observation = row.json();
    row.boolean();
    update.hasRestorePoint = row.boolean();
    return row.finish(std::move(update));
}

bool isWatched(const ports::UpdateRecord &record)
{
    return core::textOf(record.observation, "state") == core::toQString(core::WatchState::Watching);
}

/// The content of a side table for an update; null when there is none.
core::Result<core::Json> readContent(const SqlSession &sql, const SqlTable &table, const core::UpdateId &id)
{
    DOCKERAUTO_TRY_ASSIGN(
        contents, readRows<core::Json>(
                      sql.query(selectFrom(table) + QStringLiteral("WHERE update_id = ?"), {id.text()}),
                      "what is kept of an update", [](RowReader row) {
                          row.text();
                          core::Json content = row.json();
                          return row.finish(std::move(content));
                      }));
    return contents.empty() ? core::Json() : std::move(contents.front());
}

} // namespace

core::Result<ports::UpdateRecord> SqlUpdates::find(const core::UpdateId &id)
{
    DOCKERAUTO_TRY_ASSIGN(
        update, readOne<ports::UpdateRecord>(
                    m_sql.query(selectFrom(updateTable()) + QStringLiteral("WHERE id = ?"), {id.text()}),
                    "an update", QStringLiteral("There is no such update"), readUpdate));
    if (update.hasRestorePoint) {
        DOCKERAUTO_TRY_ASSIGN(restorePoint, readContent(m_sql, restorePointTable(), id));
        update.restorePoint = std::move(restorePoint);
    }
    DOCKERAUTO_TRY_ASSIGN(lastWords, readContent(m_sql, lastWordsTable(), id));
    update.lastWords = std::move(lastWords);
    return update;
}

core::Result<SqlQuery> SqlUpdates::listQuery(
    const ports::UpdateFilter &filter, const std::optional<ports::PageKey> &after, int limit)
{
    QStringList terms;
    SqlQuery query;
    if (filter.container) {
        terms << QStringLiteral("container_id = ?");
        query.params.emplace_back(filter.container->text());
    }
    if (filter.status) {
        terms << QStringLiteral("status = ?");
        query.params.emplace_back(core::toQString(*filter.status));
    }
    if (filter.state != ports::UpdateFilter::State::Any) {
        terms << QStringLiteral("unfinished = ?");
        query.params.emplace_back(qint64{filter.state == ports::UpdateFilter::State::Unfinished});
    }
    if (filter.watching) {
        terms << QStringLiteral("watching = ?");
        query.params.emplace_back(qint64{1});
    }
    if (filter.restorable) {
        terms << QStringLiteral("has_restore_point = ?");
        query.params.emplace_back(qint64{1});
    }
    if (after) {
        const auto createdAt = core::fromRfc3339(after->key);
        if (!createdAt) {
            return core::fail(core::ErrorCode::InvalidArgument,
                QStringLiteral("This is no place in the list of updates. Begin with the first page."));
        }
        terms << QStringLiteral("(created_at, id) < (?, ?)");
        query.params.emplace_back(*createdAt);
        query.params.emplace_back(after->id);
    }
    query.params.emplace_back(qint64{std::max(limit, 0)});
    query.sql = selectFrom(updateTable());
    if (!terms.isEmpty()) {
        query.sql += QStringLiteral("WHERE %1 ").arg(terms.join(QStringLiteral(" AND ")));
    }
    query.sql += QStringLiteral("ORDER BY created_at DESC, id DESC LIMIT ?");
    return query;
}

core::Result<std::vector<ports::UpdateRecord>> SqlUpdates::list(
    const ports::UpdateFilter &filter, const std::optional<ports::PageKey> &after, int limit)
{
    DOCKERAUTO_TRY_ASSIGN(query, listQuery(filter, after, limit));
    return readRows<ports::UpdateRecord>(m_sql.query(query.sql, query.params), "an update", readUpdate);
}

core::Result<> SqlUpdates::save(const ports::UpdateRecord &record)
{
    DOCKERAUTO_TRY(saveRow(record));
    if (!record.restorePoint.is_null()) {
        DOCKERAUTO_TRY(
            m_sql.run(upsertInto(restorePointTable()), {record.id.text(), toSql(record.restorePoint)}));
    } else if (!record.hasRestorePoint) {
        DOCKERAUTO_TRY(m_sql.run(
            QStringLiteral("DELETE FROM update_restore_points WHERE update_id = ?"), {record.id.text()}));
    }
    if (!record.lastWords.is_null()) {
        DOCKERAUTO_TRY(m_sql.run(upsertInto(lastWordsTable()), {record.id.text(), toSql(record.lastWords)}));
    }
    return {};
}

core::Result<> SqlUpdates::saveRow(const ports::UpdateRecord &record)
{
    auto saved = m_sql.run(upsertInto(updateTable()),
        {record.id.text(), record.container.text(), record.containerName, record.host.text(),
            core::toQString(record.status), core::toQString(record.strategy), record.from.image,
            record.from.tag, record.from.digest, record.from.imageId, record.to.image, record.to.tag,
            record.to.digest, record.to.imageId, record.requestedBy, record.approvedBy, record.error,
            toSql(record.proof), record.createdAt, orNull(record.startedAt), orNull(record.completedAt),
            core::toQString(record.kind), record.rollbackOf.text(), record.rolledBackBy.text(),
            record.planHash, toSql(record.care), toSql(record.observation), qint64{isWatched(record)},
            qint64{record.hasRestorePoint || !record.restorePoint.is_null()}});
    if (!saved && saved.error().code == core::ErrorCode::Conflict) {
        return core::fail(core::ErrorCode::Conflict,
            QStringLiteral("Another update of %1 is not finished yet. Wait for its end or cancel it.")
                .arg(record.containerName));
    }
    return saved;
}

core::Result<std::vector<ports::StepRecord>> SqlUpdates::steps(const core::UpdateId &id)
{
    return readRows<ports::StepRecord>(
        m_sql.query(
            selectFrom(stepTable()) + QStringLiteral("WHERE update_id = ? ORDER BY position"), {id.text()}),
        "a step of an update", [](RowReader row) {
            row.text();
            ports::StepRecord step{.position = static_cast<int>(row.integer()),
                .name = row.text(),
                .status = row.word<core::StepStatus>(),
                .startedAt = row.optionalTime(),
                .completedAt = row.optionalTime(),
                .detail = row.text()};
            return row.finish(std::move(step));
        });
}

core::Result<> SqlUpdates::saveStep(const core::UpdateId &id, const ports::StepRecord &step)
{
    return m_sql.run(
        upsertInto(stepTable()), {id.text(), qint64{step.position}, step.name, core::toQString(step.status),
                                     orNull(step.startedAt), orNull(step.completedAt), step.detail});
}

core::Result<std::vector<ports::UpdateLogRecord>> SqlUpdates::log(const core::UpdateId &id)
{
    return readRows<ports::UpdateLogRecord>(
        m_sql.query(selectFrom(logTable()) + QStringLiteral("WHERE update_id = ? ORDER BY update_log.id"),
            {id.text()}),
        "a line of an update", [](RowReader row) {
            row.text();
            ports::UpdateLogRecord line{.time = row.time(), .step = row.text(), .text = row.text()};
            return row.finish(std::move(line));
        });
}

core::Result<> SqlUpdates::appendLog(const core::UpdateId &id, const ports::UpdateLogRecord &line)
{
    return m_sql.run(insertInto(logTable()), {id.text(), line.time, line.step, line.text});
}

core::Result<std::vector<ports::JournalRecord>> SqlUpdates::journal(const core::UpdateId &id)
{
    return readRows<ports::JournalRecord>(
        m_sql.query(selectFrom(journalTable()) + QStringLiteral("WHERE update_id = ? ORDER BY position"),
            {id.text()}),
        "a line of the journal", [](RowReader row) {
            row.text();
            ports::JournalRecord line{.position = static_cast<int>(row.integer()),
                .step = row.text(),
                .kind = row.word<JournalKind>(),
                .data = row.json(),
                .time = row.time()};
            return row.finish(std::move(line));
        });
}

core::Result<> SqlUpdates::appendJournal(const core::UpdateId &id, const ports::JournalRecord &record)
{
    auto saved = m_sql.run(
        insertInto(journalTable()), {id.text(), qint64{record.position}, record.step,
                                        core::toQString(record.kind), toSql(record.data), record.time});
    if (!saved && saved.error().code == core::ErrorCode::Conflict) {
        return core::fail(core::ErrorCode::Conflict,
            QStringLiteral("The journal has a line %1 already").arg(record.position));
    }
    return saved;
}

} // namespace dockerauto::storage
