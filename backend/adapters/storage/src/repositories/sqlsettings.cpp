#include "repositories/sqlsettings.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const SqlTable &settingTable()
{
    static const SqlTable table{QStringLiteral("settings"), {QStringLiteral("name")},
        {QStringLiteral("name"), QStringLiteral("value")}};
    return table;
}

} // namespace

core::Result<std::optional<core::Json>> SqlSettings::get(const QString &name)
{
    DOCKERAUTO_TRY_ASSIGN(
        rows, m_sql.query(QStringLiteral("SELECT value FROM settings WHERE name = ?"), {name}));
    if (rows.empty()) {
        return std::optional<core::Json>();
    }
    RowReader row(rows.front(), "a setting");
    std::optional<core::Json> value(row.json());
    return row.finish(std::move(value));
}

core::Result<> SqlSettings::set(const QString &name, const core::Json &value)
{
    return m_sql.run(upsertInto(settingTable()), {name, toSql(value)});
}

} // namespace dockerauto::storage
