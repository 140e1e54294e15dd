#include "repositories/sqlhosts.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

constexpr auto what = "a host";

const SqlTable &hostTable()
{
    static const SqlTable table{QStringLiteral("hosts"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("address"), QStringLiteral("engine_id"),
            QStringLiteral("created_at")}};
    return table;
}

core::Result<ports::HostRecord> readHost(RowReader row)
{
    ports::HostRecord host{.id = row.id<core::HostId>(),
        .name = row.text(),
        .address = row.text(),
        .engineId = row.text(),
        .createdAt = row.time()};
    return row.finish(std::move(host));
}

} // namespace

core::Result<std::vector<ports::HostRecord>> SqlHosts::all()
{
    return readRows<ports::HostRecord>(
        m_sql.query(selectFrom(hostTable()) + QStringLiteral("ORDER BY id")), what, readHost);
}

core::Result<ports::HostRecord> SqlHosts::find(const core::HostId &id)
{
    return readOne<ports::HostRecord>(
        m_sql.query(selectFrom(hostTable()) + QStringLiteral("WHERE id = ?"), {id.text()}), what,
        QStringLiteral("There is no such host"), readHost);
}

core::Result<> SqlHosts::save(const ports::HostRecord &record)
{
    return m_sql.run(upsertInto(hostTable()),
        {record.id.text(), record.name, record.address, record.engineId, record.createdAt});
}

} // namespace dockerauto::storage
