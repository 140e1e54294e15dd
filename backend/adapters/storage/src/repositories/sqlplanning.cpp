#include "repositories/sqlplanning.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const QString byName = QStringLiteral("ORDER BY name, id");
const QString byId = QStringLiteral("WHERE id = ?");
const QString noPolicy = QStringLiteral("There is no such policy");
const QString noSchedule = QStringLiteral("There is no such schedule");
const QString noWindow = QStringLiteral("There is no such window");

const SqlTable &policyTable()
{
    static const SqlTable table{QStringLiteral("policies"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("enabled"), QStringLiteral("scope"),
            QStringLiteral("scope_value"), QStringLiteral("rules"), QStringLiteral("created_at"),
            QStringLiteral("updated_at")}};
    return table;
}

const SqlTable &scheduleTable()
{
    static const SqlTable table{QStringLiteral("schedules"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("enabled"), QStringLiteral("action"),
            QStringLiteral("cron"), QStringLiteral("zone"), QStringLiteral("scope"),
            QStringLiteral("scope_value"), QStringLiteral("jitter_seconds"), QStringLiteral("missed"),
            QStringLiteral("last_slot"), QStringLiteral("last_run_at"), QStringLiteral("last_result"),
            QStringLiteral("created_at"), QStringLiteral("updated_at")}};
    return table;
}

const SqlTable &windowTable()
{
    static const SqlTable table{QStringLiteral("windows"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("enabled"), QStringLiteral("kind"),
            QStringLiteral("scope"), QStringLiteral("scope_value"), QStringLiteral("times"),
            QStringLiteral("calendar"), QStringLiteral("created_at"), QStringLiteral("updated_at")}};
    return table;
}

core::Result<ports::PolicyRecord> readPolicy(RowReader row)
{
    ports::PolicyRecord policy{.id = row.text(),
        .name = row.text(),
        .enabled = row.boolean(),
        .scope = row.word<core::ScopeKind>(),
        .scopeValue = row.text(),
        .rules = row.json(),
        .createdAt = row.time(),
        .updatedAt = row.time()};
    return row.finish(std::move(policy));
}

core::Result<ports::ScheduleRecord> readSchedule(RowReader row)
{
    ports::ScheduleRecord schedule{.id = row.text(),
        .name = row.text(),
        .enabled = row.boolean(),
        .action = row.word<core::ScheduleAction>(),
        .cron = row.text(),
        .zone = row.text(),
        .scope = row.word<core::ScopeKind>(),
        .scopeValue = row.text(),
        .jitterSeconds = static_cast<int>(row.integer()),
        .missed = row.word<core::MissedRuns>(),
        .lastSlot = row.optionalTime(),
        .lastRunAt = row.optionalTime(),
        .lastResult = row.text(),
        .createdAt = row.time(),
        .updatedAt = row.time()};
    return row.finish(std::move(schedule));
}

core::Result<ports::WindowRecord> readWindow(RowReader row)
{
    ports::WindowRecord window{.id = row.text(),
        .name = row.text(),
        .enabled = row.boolean(),
        .kind = row.word<core::WindowKind>(),
        .scope = row.word<core::ScopeKind>(),
        .scopeValue = row.text(),
        .times = row.json(),
        .calendar = row.bytes(),
        .createdAt = row.time(),
        .updatedAt = row.time()};
    return row.finish(std::move(window));
}

core::Result<> sayWhoseName(core::Result<> saved, const QString &message)
{
    if (!saved && saved.error().code == core::ErrorCode::Conflict) {
        return core::fail(core::ErrorCode::Conflict, message, QStringLiteral("name"));
    }
    return saved;
}

core::Result<> removeRow(const SqlSession &sql, const QString &table, const QString &id, const QString &none)
{
    DOCKERAUTO_TRY_ASSIGN(
        changed, sql.execute(QStringLiteral("DELETE FROM %1 WHERE id = ?").arg(table), {id}));
    return changed > 0 ? core::Result<>() : core::fail(core::ErrorCode::NotFound, none);
}

} // namespace

core::Result<std::vector<ports::PolicyRecord>> SqlPolicies::all()
{
    return readRows<ports::PolicyRecord>(
        m_sql.query(selectFrom(policyTable()) + byName), "a policy", readPolicy);
}

core::Result<ports::PolicyRecord> SqlPolicies::find(const QString &id)
{
    return readOne<ports::PolicyRecord>(
        m_sql.query(selectFrom(policyTable()) + byId, {id}), "a policy", noPolicy, readPolicy);
}

core::Result<> SqlPolicies::save(const ports::PolicyRecord &record)
{
    return sayWhoseName(m_sql.run(upsertInto(policyTable()),
                            {record.id, record.name, qint64{record.enabled}, core::toQString(record.scope),
                                record.scopeValue, toSql(record.rules), record.createdAt, record.updatedAt}),
        QStringLiteral("Another policy is called “%1”").arg(record.name));
}

core::Result<> SqlPolicies::remove(const QString &id)
{
    return removeRow(m_sql, policyTable().name, id, noPolicy);
}

core::Result<std::vector<ports::ScheduleRecord>> SqlSchedules::all()
{
    return readRows<ports::ScheduleRecord>(
        m_sql.query(selectFrom(scheduleTable()) + byName), "a schedule", readSchedule);
}

core::Result<ports::ScheduleRecord> SqlSchedules::find(const QString &id)
{
    return readOne<ports::ScheduleRecord>(
        m_sql.query(selectFrom(scheduleTable()) + byId, {id}), "a schedule", noSchedule, readSchedule);
}

core::Result<> SqlSchedules::save(const ports::ScheduleRecord &record)
{
    return sayWhoseName(
        m_sql.run(upsertInto(scheduleTable()),
            {record.id, record.name, qint64{record.enabled}, core::toQString(record.action), record.cron,
                record.zone, core::toQString(record.scope), record.scopeValue, qint64{record.jitterSeconds},
                core::toQString(record.missed), orNull(record.lastSlot), orNull(record.lastRunAt),
                record.lastResult, record.createdAt, record.updatedAt}),
        QStringLiteral("Another schedule is called “%1”").arg(record.name));
}

core::Result<> SqlSchedules::remove(const QString &id)
{
    return removeRow(m_sql, scheduleTable().name, id, noSchedule);
}

core::Result<std::vector<ports::WindowRecord>> SqlWindows::all()
{
    return readRows<ports::WindowRecord>(
        m_sql.query(selectFrom(windowTable()) + byName), "a window", readWindow);
}

core::Result<ports::WindowRecord> SqlWindows::find(const QString &id)
{
    return readOne<ports::WindowRecord>(
        m_sql.query(selectFrom(windowTable()) + byId, {id}), "a window", noWindow, readWindow);
}

core::Result<> SqlWindows::save(const ports::WindowRecord &record)
{
    return sayWhoseName(m_sql.run(upsertInto(windowTable()),
                            {record.id, record.name, qint64{record.enabled}, core::toQString(record.kind),
                                core::toQString(record.scope), record.scopeValue, toSql(record.times),
                                record.calendar, record.createdAt, record.updatedAt}),
        QStringLiteral("Another window or freeze is called “%1”").arg(record.name));
}

core::Result<> SqlWindows::remove(const QString &id)
{
    return removeRow(m_sql, windowTable().name, id, noWindow);
}

} // namespace dockerauto::storage
