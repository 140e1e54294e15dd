#include "repositories/sqlregistries.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

namespace dockerauto::storage {

namespace {

const QString noRegistry = QStringLiteral("There are no settings for this registry");
const QString noWebhook = QStringLiteral("There is no such webhook");

const SqlTable &registryTable()
{
    static const SqlTable table{QStringLiteral("registries"), {QStringLiteral("registry")},
        {QStringLiteral("registry"), QStringLiteral("username"), QStringLiteral("sealed_secret"),
            QStringLiteral("secret_kind"), QStringLiteral("options"), QStringLiteral("created_at"),
            QStringLiteral("updated_at")}};
    return table;
}

const SqlTable &webhookTable()
{
    static const SqlTable table{QStringLiteral("webhooks"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("token_hash"),
            QStringLiteral("created_at"), QStringLiteral("last_used_at")}};
    return table;
}

core::Result<ports::RegistryRecord> readRegistry(RowReader row)
{
    ports::RegistryRecord registry{.registry = row.text(),
        .username = row.text(),
        .sealedSecret = row.bytes(),
        .secretKind = row.text(),
        .options = row.json(),
        .createdAt = row.time(),
        .updatedAt = row.time()};
    return row.finish(std::move(registry));
}

core::Result<ports::WebhookRecord> readWebhook(RowReader row)
{
    ports::WebhookRecord webhook{.id = row.text(),
        .name = row.text(),
        .tokenHash = row.bytes(),
        .createdAt = row.time(),
        .lastUsedAt = row.optionalTime()};
    return row.finish(std::move(webhook));
}

} // namespace

core::Result<std::vector<ports::RegistryRecord>> SqlRegistries::all()
{
    return readRows<ports::RegistryRecord>(
        m_sql.query(selectFrom(registryTable()) + QStringLiteral("ORDER BY registry")), "a registry",
        readRegistry);
}

core::Result<ports::RegistryRecord> SqlRegistries::find(const QString &registry)
{
    return readOne<ports::RegistryRecord>(
        m_sql.query(selectFrom(registryTable()) + QStringLiteral("WHERE registry = ?"), {registry}),
        "a registry", noRegistry, readRegistry);
}

core::Result<> SqlRegistries::save(const ports::RegistryRecord &record)
{
    return m_sql.run(upsertInto(registryTable()),
        {record.registry, record.username, record.sealedSecret, record.secretKind, toSql(record.options),
            record.createdAt, record.updatedAt});
}

core::Result<> SqlRegistries::remove(const QString &registry)
{
    DOCKERAUTO_TRY_ASSIGN(
        changed, m_sql.execute(QStringLiteral("DELETE FROM registries WHERE registry = ?"), {registry}));
    return changed > 0 ? core::Result<>() : core::fail(core::ErrorCode::NotFound, noRegistry);
}

core::Result<std::vector<ports::WebhookRecord>> SqlWebhooks::all()
{
    return readRows<ports::WebhookRecord>(
        m_sql.query(selectFrom(webhookTable()) + QStringLiteral("ORDER BY name, id")), "a webhook",
        readWebhook);
}

core::Result<ports::WebhookRecord> SqlWebhooks::findByTokenHash(const QByteArray &hash)
{
    return readOne<ports::WebhookRecord>(
        m_sql.query(selectFrom(webhookTable()) + QStringLiteral("WHERE token_hash = ?"), {hash}), "a webhook",
        noWebhook, readWebhook);
}

core::Result<> SqlWebhooks::save(const ports::WebhookRecord &record)
{
    return m_sql.run(upsertInto(webhookTable()),
        {record.id, record.name, record.tokenHash, record.createdAt, orNull(record.lastUsedAt)});
}

core::Result<> SqlWebhooks::remove(const QString &id)
{
    DOCKERAUTO_TRY_ASSIGN(changed, m_sql.execute(QStringLiteral("DELETE FROM webhooks WHERE id = ?"), {id}));
    return changed > 0 ? core::Result<>() : core::fail(core::ErrorCode::NotFound, noWebhook);
}

} // namespace dockerauto::storage
