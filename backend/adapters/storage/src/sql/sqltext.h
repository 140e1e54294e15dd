#pragma once

#include <QString>
#include <QStringList>

namespace dockerauto::storage {

/// The columns of a table in the order in which they are written and read.
struct SqlTable
{
    QString name;
    QStringList key;
    QStringList columns;
};

/// `SELECT <all columns> FROM <table> `
QString selectFrom(const SqlTable &table);
/// INSERT of all columns.
QString insertInto(const SqlTable &table);
/// INSERT of all columns that replaces those of a row with the same key, all but the `kept` ones.
QString upsertInto(const SqlTable &table, const QStringList &kept = {});

/// A LIKE pattern, to be used with ESCAPE '\', for texts that hold `text` and are in lower case.
QString likeContaining(const QString &text);

} // namespace dockerauto::storage
