#include "sql/rowreader.h"

namespace dockerauto::storage {

core::Json RowReader::json()
{
    const QString stored = text();
    auto parsed = core::parsePeerJson(stored.toStdString());
    if (!parsed) {
        refuse(QStringLiteral("a text that is no JSON"));
        return {};
    }
    return *std::move(parsed);
}

core::Timestamp RowReader::time()
{
    const auto found = optionalTime();
    if (!found) {
        refuse(QStringLiteral("no time"));
    }
    return found.value_or(core::Timestamp{});
}

std::optional<core::Timestamp> RowReader::optionalTime()
{
    const SqlValue &next = take();
    if (std::holds_alternative<std::monostate>(next)) {
        return std::nullopt;
    }
    if (const auto *time = std::get_if<core::Timestamp>(&next)) {
        return *time;
    }
    if (const auto *milliseconds = std::get_if<qint64>(&next)) {
        return core::Timestamp(std::chrono::milliseconds(*milliseconds));
    }
    refuse(QStringLiteral("a value that is no time"));
    return std::nullopt;
}

const SqlValue &RowReader::take()
{
    static const SqlValue none;
    const std::size_t column = m_column++;
    return column < m_row.size() ? m_row[column] : none;
}

void RowReader::refuse(const QString &found)
{
    if (m_problem.isEmpty()) {
        m_problem =
            QStringLiteral("The database holds something unexpected in column %1 of a row about %2: %3. "
                           "Was it changed by hand?")
                .arg(QString::number(m_column), QString::fromUtf8(m_what), found.left(100));
    }
}

core::Result<qint64> readCount(const core::Result<std::vector<SqlRow>> &rows)
{
    return readOne<qint64>(rows, "a count", QStringLiteral("The database gave no count"), [](RowReader row) {
        const qint64 count = row.integer();
        return row.finish(count);
    });
}

} // namespace dockerauto::storage
