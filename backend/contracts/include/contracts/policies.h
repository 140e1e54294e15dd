#pragma once

#include <contracts/operation.h>
#include <contracts/system.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// Which containers something is about. `value` is the id of a container or host, the name of a compose
/// project, or `label` or `label=value`; empty for all.
struct Scope
{
    core::ScopeKind kind = core::ScopeKind::All;
    std::optional<QString> value;
};

/// How containers are kept up to date. What is absent is left to rules that weigh less.
struct UpdateRules
{
    std::optional<core::UpdatePolicy> updatePolicy;
    std::optional<core::UpdateStrategy> strategy;
    /// The largest step that is looked for; `none` for new digests of the same tag only.
    std::optional<core::TagLevel> level;
    /// A range as npm has them: `^1.4`, `>=2 <4`, `1.x || 3.x`.
    std::optional<QString> constraint;
    /// Regular expressions, searched in the tag.
    std::optional<QString> include;
    std::optional<QString> exclude;
    std::optional<bool> prerelease;
    std::optional<core::TagFamily> family;
    /// How long a version must be known before it is offered.
    std::optional<qint64> minimumAgeSeconds;
    /// The largest step that is taken without a person.
    std::optional<core::TagLevel> automaticLevel;
    /// Address of the release notes, with ${tag}, ${version}, ${major}, ${minor} and ${patch}.
    std::optional<QString> releaseNotes;
    /// Whether an update that fails, or makes the container worse, is put back by itself.
    std::optional<bool> rollback;
    /// How long a container is watched after its update; 0 for not at all, at most a day.
    std::optional<qint64> watchSeconds;
    /// Asked beside the health check before an update counts as good: `http://:8080/ready`,
    /// `https://:8443/`, `tcp://:5432`, or a command in the container as a JSON array: `["pg_isready"]`.
    std::optional<QString> probe;
    std::optional<core::BackupMode> backupVolumes;
    /// How many finished updates can be rolled back later; 0 to 20.
    std::optional<int> keepVersions;
    /// A command in the old container before the update, as words, without a shell; exit 75 puts the update
    /// off. Only where an administrator has turned hooks on.
    std::optional<std::vector<QString>> hookBefore;
    /// The same in the new container, when it is healthy; a failure puts the old one back.
    std::optional<std::vector<QString>> hookAfter;
    /// At most an hour.
    std::optional<qint64> hookTimeoutSeconds;
};

struct Policy
{
    QString id;
    QString name;
    bool enabled = true;
    Scope scope;
    UpdateRules rules;
    /// How many containers the scope covers now.
    int containers = 0;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

struct PolicyList
{
    std::vector<Policy> items;
};

struct PolicyRef
{
    QString id;
};

struct NewPolicy
{
    QString name;
    std::optional<bool> enabled;
    Scope scope;
    UpdateRules rules;
};

/// Replaces the policy.
struct PolicyChange
{
    QString id;
    QString name;
    bool enabled = true;
    Scope scope;
    UpdateRules rules;
};

/// The part of the rules that chooses tags; absent fields have the defaults: level major, no pre-releases,
/// family strict.
struct TagRules
{
    std::optional<core::TagLevel> level;
    std::optional<QString> constraint;
    std::optional<QString> include;
    std::optional<QString> exclude;
    std::optional<bool> prerelease;
    std::optional<core::TagFamily> family;
};

struct PolicyPreviewRequest
{
    QString current;
    /// At most 10,000.
    std::vector<QString> tags;
    std::optional<TagRules> rules;
};

struct RejectedTag
{
    QString tag;
    QString why;
};

struct PolicyPreview
{
    /// Null when nothing newer is allowed.
    std::optional<QString> tag;
    core::Bump bump = core::Bump::None;
    std::vector<RejectedTag> rejected;
};

struct ListPolicies
{
    using Request = Nothing;
    using Reply = PolicyList;
    static constexpr OperationInfo info{.name = "policies.list",
        .method = Method::Get,
        .path = "/policies",
        .permission = "policies:read",
        .summary = "Rules for groups of containers, sorted by name"};
};

struct CreatePolicy
{
    using Request = NewPolicy;
    using Reply = Policy;
    static constexpr OperationInfo info{.name = "policies.create",
        .method = Method::Post,
        .path = "/policies",
        .permission = "policies:write",
        .effect = Effect::Changes,
        .summary = "Make rules for a group of containers",
        .success = 201};
};

struct PreviewPolicy
{
    using Request = PolicyPreviewRequest;
    using Reply = PolicyPreview;
    static constexpr OperationInfo info{.name = "policies.preview",
        .method = Method::Post,
        .path = "/policies/preview",
        .permission = "policies:read",
        .summary = "Try a rule: which of these tags would follow the current one, and why not the others"};
};

struct GetPolicy
{
    using Request = PolicyRef;
    using Reply = Policy;
    static constexpr OperationInfo info{.name = "policies.get",
        .method = Method::Get,
        .path = "/policies/{id}",
        .permission = "policies:read",
        .summary = "Rules of one group"};
};

struct ChangePolicy
{
    using Request = PolicyChange;
    using Reply = Policy;
    static constexpr OperationInfo info{.name = "policies.change",
        .method = Method::Put,
        .path = "/policies/{id}",
        .permission = "policies:write",
        .effect = Effect::Changes,
        .summary = "Replace the rules of a group"};
};

struct RemovePolicy
{
    using Request = PolicyRef;
    using Reply = Nothing;
    static constexpr OperationInfo info{.name = "policies.remove",
        .method = Method::Delete,
        .path = "/policies/{id}",
        .permission = "policies:write",
        .effect = Effect::Changes,
        .summary = "Remove the rules of a group",
        .success = 204};
};

} // namespace dockerauto::contracts
