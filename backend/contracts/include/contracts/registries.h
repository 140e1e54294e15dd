#pragma once

#include <contracts/operation.h>
#include <contracts/system.h>
#include <core/json.h>
#include <core/time.h>

#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// How much a registry may still be used, as it says itself.
struct RegistryBudget
{
    /// open, paused or broken
    QString state;
    /// Why it is paused or broken; empty while open.
    QString detail;
    std::optional<qint64> limit;
    std::optional<qint64> remaining;
    std::optional<qint64> windowSeconds;
    std::optional<core::Timestamp> measuredAt;
    std::optional<core::Timestamp> resetsAt;
    std::optional<core::Timestamp> pausedUntil;
    qint64 requests = 0;
};

/// A registry that containers come from, or that has settings.
struct Registry
{
    /// The same as `registry`.
    QString id;
    /// docker.io, example.com:5000
    QString registry;
    /// Whether it has settings of its own here.
    bool configured = false;
    QString username;
    /// none, password or identity_token: what is kept here, sealed. Never the secret itself.
    QString secret;
    /// Where credentials come from when it is asked now: this program, config.json, a helper; empty for none.
    QString credentialsFrom;
    std::vector<QString> mirrors;
    bool insecure = false;
    /// PEM; public.
    QString caCertificates;
    std::vector<QString> realmHosts;
    /// How many containers use it.
    int containers = 0;
    std::optional<RegistryBudget> budget;
};

struct RegistryList
{
    std::vector<Registry> items;
};

struct RegistryRef
{
    QString id;
};

struct NewRegistry
{
    QString registry;
    std::optional<QString> username;
    /// Sealed when it is kept, never shown again.
    std::optional<QString> password;
    /// Instead of a password.
    std::optional<QString> identityToken;
    std::optional<std::vector<QString>> mirrors;
    std::optional<bool> insecure;
    std::optional<QString> caCertificates;
    std::optional<std::vector<QString>> realmHosts;
};

/// Replaces the settings. Without password and token the kept secret stays, unless the user name or the hosts
/// it may be sent to change: then it must be given again.
struct RegistryChange
{
    QString id;
    std::optional<QString> username;
    std::optional<QString> password;
    std::optional<QString> identityToken;
    std::vector<QString> mirrors;
    bool insecure = false;
    std::optional<QString> caCertificates;
    std::vector<QString> realmHosts;
};

struct RegistryTestRequest
{
    QString id;
    /// `library/nginx`: also try to read this one.
    std::optional<QString> repository;
};

struct RegistryTestResult
{
    bool usable = false;
    bool signedIn = false;
    QString detail;
    std::optional<RegistryBudget> budget;
};

/// An address that registries call when something was pushed.
struct Webhook
{
    QString id;
    QString name;
    /// Only in the answer to its creation: the path with the secret token.
    std::optional<QString> path;
    core::Timestamp createdAt{};
    std::optional<core::Timestamp> lastUsedAt;
};

struct WebhookList
{
    std::vector<Webhook> items;
};

struct WebhookRef
{
    QString id;
};

struct NewWebhook
{
    QString name;
};

struct WebhookCall
{
    QString token;
    /// Whatever the registry sends.
    core::Json payload;
};

struct WebhookAnswer
{
    /// Containers whose images are checked because of it.
    int containers = 0;
};

struct ListRegistries
{
    using Request = Nothing;
    using Reply = RegistryList;
    static constexpr OperationInfo info{.name = "registries.list",
        .method = Method::Get,
        .path = "/registries",
        .permission = "registries:read",
        .summary = "Registries in use and how many pulls they have left"};
};

struct CreateRegistry
{
    using Request = NewRegistry;
    using Reply = Registry;
    static constexpr OperationInfo info{.name = "registries.create",
        .method = Method::Post,
        .path = "/registries",
        .permission = "registries:write",
        .effect = Effect::Changes,
        .summary = "Keep credentials or settings for a registry",
        .success = 201};
};

struct GetRegistry
{
    using Request = RegistryRef;
    using Reply = Registry;
    static constexpr OperationInfo info{.name = "registries.get",
        .method = Method::Get,
        .path = "/registries/{id}",
        .permission = "registries:read",
        .summary = "One registry"};
};

struct ChangeRegistry
{
    using Request = RegistryChange;
    using Reply = Registry;
    static constexpr OperationInfo info{.name = "registries.change",
        .method = Method::Put,
        .path = "/registries/{id}",
        .permission = "registries:write",
        .effect = Effect::Changes,
        .summary = "Replace the settings of a registry"};
};

struct RemoveRegistry
{
    using Request = RegistryRef;
    using Reply = Nothing;
    static constexpr OperationInfo info{.name = "registries.remove",
        .method = Method::Delete,
        .path = "/registries/{id}",
        .permission = "registries:write",
        .effect = Effect::Changes,
        .summary = "Forget the settings and credentials of a registry",
        .success = 204};
};

struct TestRegistry
{
    using Request = RegistryTestRequest;
    using Reply = RegistryTestResult;
    static constexpr OperationInfo info{.name = "registries.test",
        .method = Method::Post,
        .path = "/registries/{id}/test",
        .permission = "registries:write",
        .summary = "Sign in and say in plain words what happened"};
};

struct ListWebhooks
{
    using Request = Nothing;
    using Reply = WebhookList;
    static constexpr OperationInfo info{.name = "webhooks.list",
        .method = Method::Get,
        .path = "/webhooks",
        .permission = "registries:read",
        .summary = "Addresses that registries may call"};
};

struct CreateWebhook
{
    using Request = NewWebhook;
    using Reply = Webhook;
    static constexpr OperationInfo info{.name = "webhooks.create",
        .method = Method::Post,
        .path = "/webhooks",
        .permission = "registries:write",
        .effect = Effect::Changes,
        .summary = "Make an address for a registry to call; its secret is shown once",
        .success = 201,
        .cacheable = false};
};

struct RemoveWebhook
{
    using Request = WebhookRef;
    using Reply = Nothing;
    static constexpr OperationInfo info{.name = "webhooks.remove",
        .method = Method::Delete,
        .path = "/webhooks/{id}",
        .permission = "registries:write",
        .effect = Effect::Changes,
        .summary = "Close an address",
        .success = 204};
};

struct CallWebhook
{
    using Request = WebhookCall;
    using Reply = WebhookAnswer;
    static constexpr OperationInfo info{.name = "webhooks.call",
        .method = Method::Post,
        .path = "/webhooks/registry/{token}",
        .access = Access::Public,
        .summary =
            "For registries: something was pushed, check the containers that use it. Docker Hub, Harbor, "
            "GitHub packages and distribution notifications are understood",
        .success = 202,
        .bodyField = "payload",
        .cacheable = false};
};

} // namespace dockerauto::contracts
