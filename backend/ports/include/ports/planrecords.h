#pragma once

#include <core/ids.h>
#include <core/json.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace dockerauto::ports {

/// Rules for all containers of a scope.
struct PolicyRecord
{
    QString id;
    QString name;
    bool enabled = true;
    core::ScopeKind scope = core::ScopeKind::All;
    QString scopeValue;
    /// contracts::UpdateRules.
    core::Json rules;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

struct ScheduleRecord
{
    QString id;
    QString name;
    bool enabled = true;
    core::ScheduleAction action = core::ScheduleAction::Check;
    QString cron;
    QString zone;
    core::ScopeKind scope = core::ScopeKind::All;
    QString scopeValue;
    int jitterSeconds = 0;
    core::MissedRuns missed = core::MissedRuns::RunOnce;
    /// The slot that was last taken, whether it was run or skipped; the next one is the first after it.
    std::optional<core::Timestamp> lastSlot;
    std::optional<core::Timestamp> lastRunAt;
    /// One sentence; empty before the first run.
    QString lastResult;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

struct WindowRecord
{
    QString id;
    QString name;
    bool enabled = true;
    core::WindowKind kind = core::WindowKind::Window;
    core::ScopeKind scope = core::ScopeKind::All;
    QString scopeValue;
    /// contracts::WindowTimes.
    core::Json times;
    /// iCalendar text; empty for none.
    QByteArray calendar;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

/// A registry with settings or credentials of its own.
struct RegistryRecord
{
    /// docker.io, example.com:5000
    QString registry;
    QString username;
    /// By SecretBox; empty for none.
    QByteArray sealedSecret;
    /// password or identity_token
    QString secretKind;
    /// Mirrors, insecure, caCertificates, realmHosts.
    core::Json options;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

/// An address that registries may call.
struct WebhookRecord
{
    QString id;
    QString name;
    /// SHA-256 of the token in the address.
    QByteArray tokenHash;
    core::Timestamp createdAt{};
    std::optional<core::Timestamp> lastUsedAt;
};

/// When a version was first seen.
struct SightingRecord
{
    /// With domain: docker.io/library/nginx
    QString repository;
    QString tag;
    QString digest;
    core::Timestamp firstSeenAt{};
    std::optional<core::Timestamp> publishedAt;
};

/// A version that is not wanted for a container now: skipped, snoozed or in quarantine.
struct HoldRecord
{
    core::ContainerId container;
    core::Hold kind = core::Hold::Skipped;
    /// Empty for every candidate.
    QString tag;
    /// Empty for every digest.
    QString digest;
    std::optional<core::Timestamp> until;
    QString reason;
    QString createdBy;
    core::Timestamp createdAt{};
};

} // namespace dockerauto::ports
