#pragma once

#include <contracts/operation.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// A Docker host and whether it answers.
struct Host
{
    QString id;
    QString name;
    /// `unix:///var/run/docker.sock`, …
    QString address;
    core::HostState state = core::HostState::Connecting;
    /// Why it does not answer and what to do, in plain words; empty when it does.
    QString detail;
    QString engineVersion;
    QString apiVersion;
    QString operatingSystem;
    QString architecture;
    int containers = 0;
    std::optional<core::Timestamp> lastSeenAt;
};

struct HostList
{
    std::vector<Host> items;
};

struct HostRef
{
    QString id;
};

struct Nothing
{
};

struct Meta
{
    QString name;
    QString version;
    /// The version of the contract, `v1`.
    QString api;
    /// Where the backend runs.
    QString hostName;
    std::optional<core::Timestamp> lastCheckAt;
    std::optional<core::Timestamp> nextCheckAt;
};

struct HealthCheck
{
    /// ok, degraded or down.
    QString status;
    QString detail;
};

struct Health
{
    /// ok, degraded or down.
    QString status;
    /// Only for callers with a token, as are the checks.
    std::optional<QString> version;
    std::optional<std::map<QString, HealthCheck>> checks;
};

/// What administrators decide for the whole program.
struct ServerSettings
{
    /// Whether commands that rules name are run inside containers before and after updates.
    bool hooksEnabled = false;
};

struct ServerSettingsChange
{
    std::optional<bool> hooksEnabled;
};

struct GetSettings
{
    using Request = Nothing;
    using Reply = ServerSettings;
    static constexpr OperationInfo info{.name = "settings.get",
        .method = Method::Get,
        .path = "/settings",
        .permission = "settings:read",
        .summary = "What administrators decided for the whole program"};
};

struct ChangeSettings
{
    using Request = ServerSettingsChange;
    using Reply = ServerSettings;
    static constexpr OperationInfo info{.name = "settings.change",
        .method = Method::Put,
        .path = "/settings",
        .permission = "settings:write",
        .effect = Effect::Changes,
        .summary = "Change what holds for the whole program; what is absent stays"};
};

struct ListHosts
{
    using Request = Nothing;
    using Reply = HostList;
    static constexpr OperationInfo info{.name = "hosts.list",
        .method = Method::Get,
        .path = "/hosts",
        .permission = "hosts:read",
        .summary = "Docker hosts and their state"};
};

struct GetHost
{
    using Request = HostRef;
    using Reply = Host;
    static constexpr OperationInfo info{.name = "hosts.get",
        .method = Method::Get,
        .path = "/hosts/{id}",
        .permission = "hosts:read",
        .resource = Resource::Host,
        .summary = "One Docker host"};
};

/// Tries to reach the host now instead of at the next turn.
struct TestHost
{
    using Request = HostRef;
    using Reply = Host;
    static constexpr OperationInfo info{.name = "hosts.test",
        .method = Method::Post,
        .path = "/hosts/{id}/test",
        .permission = "hosts:read",
        .resource = Resource::Host,
        .summary = "Try to reach a Docker host now"};
};

struct GetMeta
{
    using Request = Nothing;
    using Reply = Meta;
    static constexpr OperationInfo info{.name = "meta.get",
        .method = Method::Get,
        .path = "/meta",
        .access = Access::SignedIn,
        .summary = "Which program this is"};
};

struct GetHealth
{
    using Request = Nothing;
    using Reply = Health;
    static constexpr OperationInfo info{.name = "monitoring.health",
        .method = Method::Get,
        .path = "/monitoring/health",
        .access = Access::Public,
        .summary = "Whether the service and what it needs work",
        .cacheable = false};
};

} // namespace dockerauto::contracts
