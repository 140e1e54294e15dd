#pragma once

#include <contracts/containers.h>
#include <contracts/operation.h>
#include <core/json.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// Something that was looked at before anything is touched: disk, platform, ports, bind sources, networks,
/// registry credentials, engine version, free names, ….
struct PreflightFinding
{
    /// disk, platform, ports, binds, networks, registry, engine, names, volumes, dependants
    QString name;
    core::Finding finding = core::Finding::Unknown;
    /// One sentence; what to do, when it is not good.
    QString detail;
};

struct StrategyChoice
{
    core::UpdateStrategy strategy = core::UpdateStrategy::Recreate;
    bool possible = false;
    /// Why it can't work here; empty when it can.
    QString why;
};

/// One container that the update touches, in the order in which they are stopped; started in reverse.
struct PlannedContainer
{
    QString name;
    /// `updated` for the container itself, `recreated` for those that live in its network or volumes.
    QString action;
    QString why;
};

/// What saving the volumes would take.
struct PlannedVolume
{
    /// The volume's name, or the path of a bound folder.
    QString volume;
    QString mountedAt;
    /// Null when the engine does not tell.
    std::optional<qint64> sizeBytes;
    core::SnapshotMethod method = core::SnapshotMethod::Archive;
};

struct PlannedBackup
{
    /// Whether it is done when nothing else is said.
    bool planned = false;
    bool recommended = false;
    /// Why it is recommended, or why it can't be done.
    QString reason;
    std::vector<PlannedVolume> volumes;
    std::optional<qint64> sizeBytes;
    /// From earlier ones, or from a cautious guess of the disk's speed; the container is stopped meanwhile.
    std::optional<qint64> expectedSeconds;
};

/// Everything that an update would do, before anything is touched.
struct Plan
{
    QString container;
    QString containerName;
    /// SHA-256 over what matters; `updates.start` with another one than the present is refused.
    QString hash;
    core::Timestamp createdAt{};
    ImageVersion from;
    ImageVersion to;
    core::Bump bump = core::Bump::None;
    core::UpdateStrategy strategy = core::UpdateStrategy::Recreate;
    std::vector<StrategyChoice> strategies;
    std::vector<PlannedContainer> order;
    /// How long nobody is served, from this container's history or from its grace and start times.
    qint64 expectedDowntimeSeconds = 0;
    /// `history` or `estimate`.
    QString downtimeBasis;
    std::vector<PreflightFinding> preflight;
    /// What can't be kept or told apart, and what people should know. Sentences.
    std::vector<QString> notes;
    /// Files that compose put into the container, which are carried over.
    std::vector<QString> carriedFiles;
    PlannedBackup backup;
    bool rollsBackByItself = true;
    qint64 healthBudgetSeconds = 0;
    qint64 watchSeconds = 0;
    /// What going back would restore. One sentence.
    QString rollbackRestores;
    /// What differs between the images; null when the registry does not tell now.
    std::optional<ImageChanges> changes;
    /// The body of POST /containers/create.
    core::Json payload;
};

struct PlanRequest
{
    QString id;
    std::optional<core::UpdateStrategy> strategy;
};

struct ExportRequest
{
    QString id;
    /// compose when absent.
    std::optional<core::ExportFormat> format;
};

struct ContainerExport
{
    core::ExportFormat format = core::ExportFormat::Compose;
    QString text;
    /// What the format can't say.
    std::vector<QString> notes;
};

struct GetPlan
{
    using Request = PlanRequest;
    using Reply = Plan;
    static constexpr OperationInfo info{.name = "containers.plan",
        .method = Method::Get,
        .path = "/containers/{id}/plan",
        .permission = "containers:read",
        .resource = Resource::Container,
        .summary = "What an update to the candidate would do, and what stands in its way",
        .cacheable = false};
};

struct ExportContainer
{
    using Request = ExportRequest;
    using Reply = ContainerExport;
    static constexpr OperationInfo info{.name = "containers.export",
        .method = Method::Get,
        .path = "/containers/{id}/export",
        .permission = "containers:export",
        .resource = Resource::Container,
        .summary = "The container as a compose file or a docker run command, true enough to make it again. "
                   "Holds the values of its environment",
        .cacheable = false};
};

} // namespace dockerauto::contracts
