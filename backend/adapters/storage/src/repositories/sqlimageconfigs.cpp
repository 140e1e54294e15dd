#include "repositories/sqlimageconfigs.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

#include <algorithm>
#include <set>

namespace dockerauto::storage {

namespace {

const SqlTable &imageConfigTable()
{
    static const SqlTable table{QStringLiteral("image_configs"), {QStringLiteral("image_id")},
        {QStringLiteral("image_id"), QStringLiteral("image"), QStringLiteral("first_seen_at")}};
    return table;
}

core::Result<ports::ImageConfigRecord> readImageConfig(RowReader row)
{
    ports::ImageConfigRecord record{.imageId = row.text(), .image = row.json(), .firstSeenAt = row.time()};
    return row.finish(std::move(record));
}

} // namespace

core::Result<std::optional<ports::ImageConfigRecord>> SqlImageConfigs::find(const QString &imageId)
{
    DOCKERAUTO_TRY_ASSIGN(found,
        readRows<ports::ImageConfigRecord>(
            m_sql.query(selectFrom(imageConfigTable()) + QStringLiteral("WHERE image_id = ?"), {imageId}),
            "the config of an image", readImageConfig));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

core::Result<> SqlImageConfigs::save(const ports::ImageConfigRecord &record)
{
    return m_sql.run(insertInto(imageConfigTable()) + QStringLiteral(" ON CONFLICT (image_id) DO NOTHING"),
        {record.imageId, toSql(record.image), record.firstSeenAt});
}

core::Result<std::vector<QString>> SqlImageConfigs::missing(const std::vector<QString> &imageIds)
{
    if (imageIds.empty()) {
        return std::vector<QString>();
    }
    // There are about as many rows as images on the hosts, and this reads an index alone.
    DOCKERAUTO_TRY_ASSIGN(
        kept, readRows<QString>(m_sql.query(QStringLiteral("SELECT image_id FROM image_configs")),
                  "the config of an image", [](RowReader row) {
                      QString id = row.text();
                      return row.finish(std::move(id));
                  }));
    std::set<QString> seen(kept.begin(), kept.end());
    std::vector<QString> missing;
    std::ranges::copy_if(
        imageIds, std::back_inserter(missing), [&](const QString &id) { return seen.insert(id).second; });
    return missing;
}

core::Result<> SqlImageConfigs::removeUnused()
{
    return m_sql.run(
        QStringLiteral("DELETE FROM image_configs WHERE image_id NOT IN (SELECT image_id FROM containers "
                       "UNION SELECT old_image_id FROM update_history "
                       "UNION SELECT new_image_id FROM update_history)"));
}

} // namespace dockerauto::storage
