#include "repositories/sqlaudit.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const SqlTable &auditTable()
{
    static const SqlTable table{QStringLiteral("audit"), {QStringLiteral("id")},
        {QStringLiteral("happened_at"), QStringLiteral("request_id"), QStringLiteral("actor"),
            QStringLiteral("remote_address"), QStringLiteral("operation"), QStringLiteral("resource"),
            QStringLiteral("outcome"), QStringLiteral("detail")}};
    return table;
}

} // namespace

core::Result<> SqlAudit::append(const ports::AuditRecord &record)
{
    return m_sql.run(insertInto(auditTable()),
        {record.time, record.requestId, record.actor, record.remoteAddress, record.operation, record.resource,
            record.outcome, toSql(record.detail)});
}

} // namespace dockerauto::storage
