#pragma once

#include <contracts/operation.h>
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
};

/// What the last check decided, and why.
struct UpdateState
{
    core::Decision decision = core::Decision::NotChecked;
    /// One sentence for people.
    QString reason;
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
    core::UpdatePolicy updatePolicy = core::UpdatePolicy::Manual;
    core::UpdateStrategy strategy = core::UpdateStrategy::Rolling;
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

struct ContainerSettings
{
    QString id;
    std::optional<core::UpdatePolicy> updatePolicy;
    std::optional<core::UpdateStrategy> strategy;
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

} // namespace dockerauto::contracts
