#pragma once

#include <contracts/containers.h>
#include <contracts/operation.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// How far a step has come. Without a total the length is unknown and no percentage is shown.
struct Progress
{
    qint64 done = 0;
    std::optional<qint64> total;
    /// `bytes`, `seconds` or `checks`.
    QString unit;
};

/// One step of an update. Names are fixed words: preflight, pull, rename, create, stop, start, health,
/// verify, commit, cleanup, and, when the old container is put back, rollback.
struct Step
{
    QString name;
    core::StepStatus status = core::StepStatus::Pending;
    std::optional<core::Timestamp> startedAt;
    std::optional<core::Timestamp> completedAt;
    QString detail;
    std::optional<Progress> progress;
};

struct UpdateLogLine
{
    core::Timestamp time{};
    QString step;
    QString text;
};

/// A field of the new container that is not as it was expected.
struct ProofDifference
{
    /// JSON Pointer into the container's inspect.
    QString path;
    QString expected;
    QString actual;
    /// Why this difference is harmless; empty when it is not.
    QString explanation;
};

/// The comparison of the new container with what the old one was, made after the start.
struct Proof
{
    bool faithful = false;
    int fieldsCompared = 0;
    std::vector<ProofDifference> differences;
};

/// One update of one container, from the wish to the end.
struct Update
{
    QString id;
    /// The container's id.
    QString container;
    QString containerName;
    QString host;
    core::UpdateStatus status = core::UpdateStatus::Pending;
    core::UpdateStrategy strategy = core::UpdateStrategy::Rolling;
    ImageVersion from;
    ImageVersion to;
    std::vector<Step> steps;
    QString requestedBy;
    std::optional<QString> approvedBy;
    /// Why it failed or was put back, in plain words; null otherwise.
    std::optional<QString> error;
    core::Timestamp createdAt{};
    std::optional<core::Timestamp> startedAt;
    std::optional<core::Timestamp> completedAt;
    std::optional<Proof> proof;
    /// Only in the answer for one update.
    std::vector<UpdateLogLine> log;
};

struct UpdateQuery
{
    std::optional<core::UpdateStatus> status;
    std::optional<QString> container;
    /// 1 to 500; 100 when absent.
    std::optional<int> limit;
    std::optional<QString> cursor;
};

struct UpdatePage
{
    std::vector<Update> items;
    std::optional<QString> nextCursor;
};

struct UpdateRef
{
    QString id;
};

struct StartUpdatesRequest
{
    std::vector<QString> containers;
    std::optional<core::UpdateStrategy> strategy;
};

/// A word of a person on an update that waits for one.
struct UpdateVerdict
{
    QString id;
    std::optional<QString> comment;
};

struct StartedUpdate
{
    QString id;
    QString container;
    core::UpdateStatus status = core::UpdateStatus::Pending;
};

struct StartedUpdates
{
    std::vector<StartedUpdate> items;
};

struct AvailableUpdate
{
    QString container;
    QString name;
    core::Decision decision = core::Decision::NotChecked;
    QString reason;
    std::optional<core::Hold> heldBy;
    std::optional<core::Timestamp> possibleAt;
    std::optional<core::Timestamp> checkedAt;
    std::optional<Candidate> candidate;
};

struct AvailableQuery
{
    /// All decisions when absent.
    std::optional<core::Decision> decision;
    std::optional<int> limit;
    std::optional<QString> cursor;
};

struct AvailablePage
{
    std::vector<AvailableUpdate> items;
    std::optional<QString> nextCursor;
};

struct ListUpdates
{
    using Request = UpdateQuery;
    using Reply = UpdatePage;
    static constexpr OperationInfo info{.name = "updates.list",
        .method = Method::Get,
        .path = "/updates",
        .permission = "updates:read",
        .summary = "Updates that are not finished, newest first"};
};

struct StartUpdates
{
    using Request = StartUpdatesRequest;
    using Reply = StartedUpdates;
    static constexpr OperationInfo info{.name = "updates.start",
        .method = Method::Post,
        .path = "/updates",
        .permission = "updates:start",
        .effect = Effect::Changes,
        .summary = "Update containers to the candidate of their last check",
        .success = 202,
        .location = "/updates"};
};

struct GetUpdate
{
    using Request = UpdateRef;
    using Reply = Update;
    static constexpr OperationInfo info{.name = "updates.get",
        .method = Method::Get,
        .path = "/updates/{id}",
        .permission = "updates:read",
        .resource = Resource::Update,
        .summary = "One update with its steps, proof and log"};
};

struct CancelUpdate
{
    using Request = UpdateRef;
    using Reply = Update;
    static constexpr OperationInfo info{.name = "updates.cancel",
        .method = Method::Post,
        .path = "/updates/{id}/cancel",
        .permission = "updates:start",
        .resource = Resource::Update,
        .effect = Effect::Changes,
        .summary = "Stop an update that is not committed yet and put the old container back",
        .success = 202,
        .location = "/updates/{id}"};
};

struct ApproveUpdate
{
    using Request = UpdateVerdict;
    using Reply = Update;
    static constexpr OperationInfo info{.name = "updates.approve",
        .method = Method::Post,
        .path = "/updates/{id}/approve",
        .permission = "updates:approve",
        .resource = Resource::Update,
        .effect = Effect::Changes,
        .summary = "Let an update that waits for approval begin",
        .success = 202,
        .location = "/updates/{id}"};
};

struct RejectUpdate
{
    using Request = UpdateVerdict;
    using Reply = Update;
    static constexpr OperationInfo info{.name = "updates.reject",
        .method = Method::Post,
        .path = "/updates/{id}/reject",
        .permission = "updates:approve",
        .resource = Resource::Update,
        .effect = Effect::Changes,
        .summary = "Refuse an update that waits for approval; the version is skipped for this container"};
};

struct ListUpdateHistory
{
    using Request = UpdateQuery;
    using Reply = UpdatePage;
    static constexpr OperationInfo info{.name = "updates.history",
        .method = Method::Get,
        .path = "/updates/history",
        .permission = "updates:read",
        .summary = "Finished updates, newest first"};
};

struct ListAvailableUpdates
{
    using Request = AvailableQuery;
    using Reply = AvailablePage;
    static constexpr OperationInfo info{.name = "updates.available",
        .method = Method::Get,
        .path = "/updates/available",
        .permission = "updates:read",
        .summary = "What the last check decided for each container, and why"};
};

} // namespace dockerauto::contracts
