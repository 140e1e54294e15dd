#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const QString comma = QStringLiteral(", ");

} // namespace

QString selectFrom(const SqlTable &table)
{
    return QStringLiteral("SELECT %1 FROM %2 ").arg(table.columns.join(comma), table.name);
}

QString insertInto(const SqlTable &table)
{
    QStringList marks;
    marks.fill(QStringLiteral("?"), table.columns.size());
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
        .arg(table.name, table.columns.join(comma), marks.join(comma));
}

QString upsertInto(const SqlTable &table, const QStringList &kept)
{
    QStringList changes;
    for (const QString &column : table.columns) {
        if (!table.key.contains(column) && !kept.contains(column)) {
            changes << QStringLiteral("%1 = excluded.%1").arg(column);
        }
    }
    return QStringLiteral("%1 ON CONFLICT (%2) DO UPDATE SET %3")
        .arg(insertInto(table), table.key.join(comma), changes.join(comma));
}

QString likeContaining(const QString &text)
{
    QString pattern = text.toLower();
    pattern.replace(u'\\', QStringLiteral("\\\\"));
    pattern.replace(u'%', QStringLiteral("\\%"));
    pattern.replace(u'_', QStringLiteral("\\_"));
    return u'%' + pattern + u'%';
}

} // namespace dockerauto::storage
