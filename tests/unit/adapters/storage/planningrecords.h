#pragma once

#include "samplerecords.h"

/// The records of rules, plans, registries and versions, with a value of their own in every field.
namespace dockerauto::samples {

inline ports::PolicyRecord policy(const QString &id, const QString &name)
{
    return {.id = id,
        .name = name,
        .enabled = false,
        .scope = core::ScopeKind::Project,
        .scopeValue = QStringLiteral("shop"),
        .rules = core::Json{{"updatePolicy", "automatic"}, {"constraint", "^1.4"}, {"prerelease", true}},
        .createdAt = at(40),
        .updatedAt = at(41)};
}

inline ports::ScheduleRecord schedule(const QString &id, const QString &name)
{
    return {.id = id,
        .name = name,
        .enabled = false,
        .action = core::ScheduleAction::Update,
        .cron = QStringLiteral("0 3 * * sun"),
        .zone = QStringLiteral("Europe/Berlin"),
        .scope = core::ScopeKind::Project,
        .scopeValue = QStringLiteral("shop"),
        .jitterSeconds = 90,
        .missed = core::MissedRuns::Skip,
        .lastSlot = at(50),
        .lastRunAt = at(51),
        .lastResult = QStringLiteral("Checked 5 containers"),
        .createdAt = at(52),
        .updatedAt = at(53)};
}

inline ports::WindowRecord window(const QString &id, const QString &name)
{
    return {.id = id,
        .name = name,
        .enabled = false,
        .kind = core::WindowKind::Freeze,
        .scope = core::ScopeKind::Project,
        .scopeValue = QStringLiteral("shop"),
        .times = core::Json{{"zone", "Europe/Berlin"}, {"days", {"mon", "tue"}}},
        .calendar = QByteArray("BEGIN:VCALENDAR\r\nSUMMARY:\xc3\xbc\r\nEND:VCALENDAR\r\n"),
        .createdAt = at(60),
        .updatedAt = at(61)};
}

inline ports::RegistryRecord registry(const QString &name)
{
    return {.registry = name,
        .username = QStringLiteral("ünal"),
        .sealedSecret = QByteArray("\x00\xff\x01", 3),
        .secretKind = QStringLiteral("identity_token"),
        .options = core::Json{{"insecure", true}, {"mirrors", {"https://mirror.example.com"}}},
        .createdAt = at(70),
        .updatedAt = at(71)};
}

inline ports::WebhookRecord webhook(const QString &id, const QString &name, const QByteArray &hash)
{
    return {.id = id, .name = name, .tokenHash = hash, .createdAt = at(80), .lastUsedAt = at(81)};
}

inline ports::SightingRecord sighting(core::Timestamp firstSeen)
{
    return {.repository = QStringLiteral("docker.io/library/nginx"),
        .tag = QStringLiteral("1.26"),
        .digest = QStringLiteral("sha256:cc"),
        .firstSeenAt = firstSeen,
        .publishedAt = std::nullopt};
}

inline ports::HoldRecord hold(const QString &containerId, core::Hold kind, const QString &tag)
{
    return {.container = core::ContainerId(containerId),
        .kind = kind,
        .tag = tag,
        .digest = QStringLiteral("sha256:cc"),
        .until = at(90),
        .reason = QStringLiteral("“not yet”"),
        .createdBy = QStringLiteral("user-1"),
        .createdAt = at(91)};
}

inline core::Json bytesText(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

inline core::Json text(const ports::PolicyRecord &row)
{
    return {row.id, row.name, row.enabled, core::toText(row.scope), row.scopeValue, row.rules,
        text(row.createdAt), text(row.updatedAt)};
}

inline core::Json text(const ports::ScheduleRecord &row)
{
    return {row.id, row.name, row.enabled, core::toText(row.action), row.cron, row.zone,
        core::toText(row.scope), row.scopeValue, row.jitterSeconds, core::toText(row.missed),
        text(row.lastSlot), text(row.lastRunAt), row.lastResult, text(row.createdAt), text(row.updatedAt)};
}

inline core::Json text(const ports::WindowRecord &row)
{
    return {row.id, row.name, row.enabled, core::toText(row.kind), core::toText(row.scope), row.scopeValue,
        row.times, bytesText(row.calendar), text(row.createdAt), text(row.updatedAt)};
}

inline core::Json text(const ports::RegistryRecord &row)
{
    return {row.registry, row.username, bytesText(row.sealedSecret), row.secretKind, row.options,
        text(row.createdAt), text(row.updatedAt)};
}

inline core::Json text(const ports::WebhookRecord &row)
{
    return {row.id, row.name, bytesText(row.tokenHash), text(row.createdAt), text(row.lastUsedAt)};
}

inline core::Json text(const ports::SightingRecord &row)
{
    return {row.repository, row.tag, row.digest, text(row.firstSeenAt), text(row.publishedAt)};
}

inline core::Json text(const ports::HoldRecord &row)
{
    return {row.container.text(), core::toText(row.kind), row.tag, row.digest, text(row.until), row.reason,
        row.createdBy, text(row.createdAt)};
}

} // namespace dockerauto::samples
