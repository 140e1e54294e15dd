#pragma once

#include <contracts/operation.h>
#include <contracts/policies.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// The image that an update would bring.
struct Candidate
{
    QString tag;
    QString digest;
    core::Bump bump = core::Bump::Build;
    /// When it was first seen here.
    std::optional<core::Timestamp> firstSeenAt;
};

struct ImageVersion
{
    QString image;
    QString tag;
    QString digest;
};

/// What the last check decided, and why.
struct UpdateState
{
    core::Decision decision = core::Decision::NotChecked;
    /// One sentence for people.
    QString reason;
    /// What holds an update back; null when nothing does.
    std::optional<core::Hold> heldBy;
    /// When a held-back update becomes possible, where that is known.
    std::optional<core::Timestamp> possibleAt;
    std::optional<core::Timestamp> checkedAt;
    std::optional<Candidate> candidate;
};

struct PortBinding
{
    QString hostIp;
    std::optional<int> hostPort;
    int containerPort = 0;
    QString protocol;
};

/// A container. `id` stays the same over updates, `engineId` is the engine's own and changes with each.
struct Container
{
    QString id;
    QString host;
    QString engineId;
    QString name;
    /// Repository with domain as Docker shows it, without tag and digest.
    QString image;
    QString tag;
    /// Of the image that runs; empty for an image that was built here.
    QString digest;
    /// The engine's word: created, running, paused, restarting, removing, exited, dead.
    QString status;
    /// healthy, unhealthy, starting, or empty without a health check.
    QString health;
    /// From the labels of compose; empty elsewhere.
    QString project;
    QString service;
    /// What all rules together say, and which of them decided: `this container`, `label …`, `policy “…”`;
    /// empty for the default.
    core::UpdatePolicy updatePolicy = core::UpdatePolicy::Manual;
    QString policySource;
    core::UpdateStrategy strategy = core::UpdateStrategy::Rolling;
    /// What was set for this container alone.
    UpdateRules ownRules;
    UpdateState update;
    std::map<QString, QString> labels;
    std::vector<PortBinding> ports;
    std::optional<core::Timestamp> createdAt;
    std::optional<core::Timestamp> startedAt;
};

struct ContainerQuery
{
    /// Matches name, image and project, in any case.
    std::optional<QString> search;
    std::optional<QString> host;
    std::optional<QString> status;
    std::optional<QString> project;
    std::optional<core::Decision> decision;
    /// 1 to 500; 100 when absent.
    std::optional<int> limit;
    std::optional<QString> cursor;
};

struct ContainerPage
{
    std::vector<Container> items;
    std::optional<QString> nextCursor;
    qint64 total = 0;
};

struct ContainerRef
{
    QString id;
};

/// What is set for one container alone; it weighs more than labels and policies. `rules` replaces all of it,
/// the two others change one field each.
struct ContainerSettings
{
    QString id;
    std::optional<core::UpdatePolicy> updatePolicy;
    std::optional<core::UpdateStrategy> strategy;
    std::optional<UpdateRules> rules;
};

struct SkipRequest
{
    QString id;
    /// The candidate to skip; the present one when absent. Conflict when it is another one by now.
    std::optional<QString> digest;
};

struct SnoozeRequest
{
    QString id;
    /// In the future, at most a year ahead.
    core::Timestamp until{};
};

/// A rule that applies to a container, and where it comes from.
struct AppliedRule
{
    /// updatePolicy, level, constraint, …
    QString field;
    QString value;
    QString source;
};

struct ActiveHold
{
    core::Hold kind = core::Hold::Skipped;
    QString tag;
    QString digest;
    std::optional<core::Timestamp> until;
    QString reason;
    QString createdBy;
    core::Timestamp createdAt{};
};

/// Everything that led to the decision.
struct Explanation
{
    UpdateState update;
    /// All rules, those with the default have the source `default`.
    std::vector<AppliedRule> rules;
    /// Tags that were not taken; at most 200, and how many there were in all.
    std::vector<RejectedTag> rejected;
    int rejectedTotal = 0;
    std::vector<ActiveHold> holds;
    /// Labels that could not be understood, and why.
    std::vector<QString> problems;
    /// How the registry may be used now.
    QString registry;
    QString registryState;
};

struct FieldChange
{
    /// Env/PATH, Cmd, Entrypoint, User, WorkingDir, ExposedPorts/80/tcp, Volumes/…, Labels/…, Healthcheck, …
    QString field;
    /// Null where it is not there.
    std::optional<QString> before;
    std::optional<QString> after;
};

struct LayerChange
{
    QString digest;
    qint64 sizeBytes = 0;
    /// shared, added or removed
    QString kind;
};

/// What the candidate would change, read from the registry when it is asked for.
struct ImageChanges
{
    QString container;
    ImageVersion from;
    ImageVersion to;
    /// Address of the release notes; null when nothing tells one.
    std::optional<QString> releaseNotes;
    /// `org.opencontainers.image.version` of both, where they have it.
    QString fromVersion;
    QString toVersion;
    QString architecture;
    std::vector<FieldChange> config;
    std::vector<LayerChange> layers;
    /// Compressed, of the layers that are not shared.
    qint64 downloadBytes = 0;
    qint64 totalBytes = 0;
};

struct CheckRequest
{
    /// All when absent.
    std::optional<std::vector<QString>> containers;
};

struct CheckStarted
{
    QString id;
    int containers = 0;
};

struct LogQuery
{
    QString id;
    /// Lines from the end, 1 to 5000; 200 when absent.
    std::optional<int> tail;
    std::optional<core::Timestamp> since;
};

struct LogLine
{
    std::optional<core::Timestamp> time;
    /// stdout or stderr.
    QString stream;
    QString text;
};

struct LogLines
{
    std::vector<LogLine> lines;
};

struct ListContainers
{
    using Request = ContainerQuery;
    using Reply = ContainerPage;
    static constexpr OperationInfo info{.name = "containers.list",
        .method = Method::Get,
        .path = "/containers",
        .permission = "containers:read",
        .summary = "Containers of all hosts, sorted by name"};
};

struct GetContainer
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.get",
        .method = Method::Get,
        .path = "/containers/{id}",
        .permission = "containers:read",
        .resource = Resource::Container,
        .summary = "One container"};
};

struct ChangeContainer
{
    using Request = ContainerSettings;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.change",
        .method = Method::Put,
        .path = "/containers/{id}",
        .permission = "containers:write",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Change when and how a container is updated"};
};

struct StartContainer
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.start",
        .method = Method::Post,
        .path = "/containers/{id}/start",
        .permission = "containers:control",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Start a container"};
};

struct StopContainer
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.stop",
        .method = Method::Post,
        .path = "/containers/{id}/stop",
        .permission = "containers:control",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Stop a container with its own signal and grace time"};
};

struct RestartContainer
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.restart",
        .method = Method::Post,
        .path = "/containers/{id}/restart",
        .permission = "containers:control",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Stop and start a container"};
};

struct PauseContainer
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.pause",
        .method = Method::Post,
        .path = "/containers/{id}/pause",
        .permission = "containers:control",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Freeze the processes of a container"};
};

struct UnpauseContainer
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.unpause",
        .method = Method::Post,
        .path = "/containers/{id}/unpause",
        .permission = "containers:control",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Let the processes of a frozen container go on"};
};

struct ReadContainerLogs
{
    using Request = LogQuery;
    using Reply = LogLines;
    static constexpr OperationInfo info{.name = "containers.logs",
        .method = Method::Get,
        .path = "/containers/{id}/logs",
        .permission = "containers:logs",
        .resource = Resource::Container,
        .summary = "The last lines that a container wrote",
        .cacheable = false};
};

struct CheckContainers
{
    using Request = CheckRequest;
    using Reply = CheckStarted;
    static constexpr OperationInfo info{.name = "containers.check",
        .method = Method::Post,
        .path = "/containers/check",
        .permission = "updates:check",
        .effect = Effect::Changes,
        .summary = "Ask the registries for newer images; progress is events of type check.changed",
        .success = 202,
        .location = "/updates/available"};
};

struct CheckContainer
{
    using Request = ContainerRef;
    using Reply = CheckStarted;
    static constexpr OperationInfo info{.name = "containers.checkOne",
        .method = Method::Post,
        .path = "/containers/{id}/check",
        .permission = "updates:check",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Ask the registry for a newer image of one container",
        .success = 202,
        .location = "/updates/available"};
};

struct ExplainContainer
{
    using Request = ContainerRef;
    using Reply = Explanation;
    static constexpr OperationInfo info{.name = "containers.why",
        .method = Method::Get,
        .path = "/containers/{id}/why",
        .permission = "containers:read",
        .resource = Resource::Container,
        .summary = "Everything that led to the decision of the last check"};
};

struct GetImageChanges
{
    using Request = ContainerRef;
    using Reply = ImageChanges;
    static constexpr OperationInfo info{.name = "containers.changes",
        .method = Method::Get,
        .path = "/containers/{id}/changes",
        .permission = "containers:read",
        .resource = Resource::Container,
        .summary = "What the candidate would change: configuration, layers, size, release notes. Reads the "
                   "manifest and the config from the registry",
        .cacheable = false};
};

struct SkipVersion
{
    using Request = SkipRequest;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.skip",
        .method = Method::Post,
        .path = "/containers/{id}/skip",
        .permission = "updates:start",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Do not offer this version; the next one is offered again"};
};

struct SnoozeUpdates
{
    using Request = SnoozeRequest;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.snooze",
        .method = Method::Post,
        .path = "/containers/{id}/snooze",
        .permission = "updates:start",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Offer no update of this container until then"};
};

struct OfferAgain
{
    using Request = ContainerRef;
    using Reply = Container;
    static constexpr OperationInfo info{.name = "containers.offerAgain",
        .method = Method::Post,
        .path = "/containers/{id}/offer-again",
        .permission = "updates:start",
        .resource = Resource::Container,
        .effect = Effect::Changes,
        .summary = "Forget what was skipped, snoozed or put into quarantine for this container"};
};

} // namespace dockerauto::contracts
