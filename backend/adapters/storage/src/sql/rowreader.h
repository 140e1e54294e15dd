#pragma once

#include "sql/sqlconnection.h"

#include <core/json.h>
#include <core/vocabulary.h>

#include <utility>

namespace dockerauto::storage {

/// Reads the columns of a row from left to right. The first value that is not what was expected is remembered
/// and makes `finish` a failure, so that a reader needs one check at its end.
class RowReader
{
public:
    /// `what` names the kind of row for the message of an error.
    RowReader(const SqlRow &row, const char *what) : m_row(row), m_what(what) {}

    QString text() { return value<QString>(); }
    qint64 integer() { return value<qint64>(); }
    bool boolean() { return integer() != 0; }
    QByteArray bytes() { return value<QByteArray>(); }
    core::Json json();
    core::Timestamp time();
    std::optional<core::Timestamp> optionalTime();

    template <class Id>
    Id id()
    {
        return Id(text());
    }

    /// A value of an enum by its word.
    template <core::NamedEnum Enum>
    Enum word()
    {
        const QString name = text();
        const auto found = core::fromQString<Enum>(name);
        if (!found) {
            refuse(name);
        }
        return found.value_or(core::EnumText<Enum>::names.front().first);
    }

    /// The same; nothing for an empty text.
    template <core::NamedEnum Enum>
    std::optional<Enum> optionalWord()
    {
        const QString name = text();
        const auto found = core::fromQString<Enum>(name);
        if (!found && !name.isEmpty()) {
            refuse(name);
        }
        return found;
    }

    /// `record`, or Corrupt when a value was not what was expected.
    template <class Record>
    core::Result<Record> finish(Record record) const
    {
        if (!m_problem.isEmpty()) {
            return core::fail(core::ErrorCode::Corrupt, m_problem);
        }
        return record;
    }

private:
    template <class T>
    T value()
    {
        const SqlValue &next = take();
        if (const T *held = std::get_if<T>(&next)) {
            return *held;
        }
        refuse(QStringLiteral("a value of another type"));
        return T{};
    }
    const SqlValue &take();
    void refuse(const QString &found);

    const SqlRow &m_row;
    const char *m_what;
    std::size_t m_column = 0;
    QString m_problem;
};

/// Reads every row with `read`, a function from RowReader to Result<Record>.
template <class Record, class Read>
core::Result<std::vector<Record>> readRows(
    const core::Result<std::vector<SqlRow>> &rows, const char *what, Read read)
{
    DOCKERAUTO_TRY(rows);
    std::vector<Record> records;
    records.reserve(rows->size());
    for (const SqlRow &row : *rows) {
        DOCKERAUTO_TRY_ASSIGN(record, read(RowReader(row, what)));
        records.push_back(std::move(record));
    }
    return records;
}

/// Reads the only row; NotFound with `missing` when there is none.
template <class Record, class Read>
core::Result<Record> readOne(
    const core::Result<std::vector<SqlRow>> &rows, const char *what, const QString &missing, Read read)
{
    DOCKERAUTO_TRY(rows);
    if (rows->empty()) {
        return core::fail(core::ErrorCode::NotFound, missing);
    }
    return read(RowReader(rows->front(), what));
}

/// Reads the one number that a `SELECT count(*)` answers.
core::Result<qint64> readCount(const core::Result<std::vector<SqlRow>> &rows);

} // namespace dockerauto::storage
