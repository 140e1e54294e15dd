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

/// One step of an update. Names are fixed words: preflight, pull, hook_before, rename, create, stop, backup,
/// restore, start, health, hook_after, verify, commit, cleanup, and, when the old container is put back,
/// rollback. Only steps that apply are listed.
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

/// What both containers wrote around an update that was put back; the last lines of each.
struct LastWords
{
    std::vector<LogLine> replacement;
    std::vector<LogLine> original;
};

/// The time after an update in which the container is compared with its own past.
struct Observation
{
    core::WatchState state = core::WatchState::Watching;
    core::Timestamp until{};
    /// What became worse, or why it ended early.
    QString reason;
};

/// The content of a volume, or of a bound folder, as it was before the update.
struct SavedVolume
{
    QString volume;
    core::SnapshotMethod method = core::SnapshotMethod::Archive;
    qint64 sizeBytes = 0;
    core::Timestamp savedAt{};
};

/// One update of one container, from the wish to the end.
struct Update
{
    QString id;
    /// The container's id.
    QString container;
    QString containerName;
    QString host;
    core::UpdateKind kind = core::UpdateKind::Update;
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
    /// Of the plan that was approved; null when none was named.
    std::optional<QString> planHash;
    std::optional<Proof> proof;
    /// Null when the container is not watched after the update.
    std::optional<Observation> observation;
    std::vector<SavedVolume> savedVolumes;
    /// Whether `updates.rollback` can undo it now.
    bool canRollBack = false;
    /// The update that this one undoes.
    std::optional<QString> rollbackOf;
    /// The operation that has undone this one.
    std::optional<QString> rolledBackBy;
    /// Only in the answer for one update, and only when it was put back.
    std::optional<LastWords> lastWords;
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
    /// Of the plan that was looked at; then there must be just one container. Refused with 409 when the plan
    /// would be another one now.
    std::optional<QString> planHash;
    /// Instead of what the rules say.
    std::optional<bool> backupVolumes;
    std::optional<bool> rollback;
    /// Only says what would be started, or why not.
    std::optional<bool> dryRun;
};

struct RollbackRequest
{
    QString id;
    /// Whether saved volumes are put back too; true when absent and there are some.
    std::optional<bool> restoreVolumes;
};

struct ResumeRequest
{
    QString id;
    std::optional<core::ResumeDirection> direction;
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

/// Undoes a finished update while its image is kept: the container is made again as it was before.
struct RollBackUpdate
{
    using Request = RollbackRequest;
    using Reply = Update;
    static constexpr OperationInfo info{.name = "updates.rollback",
        .method = Method::Post,
        .path = "/updates/{id}/rollback",
        .permission = "updates:start",
        .resource = Resource::Update,
        .effect = Effect::Changes,
        .summary = "Bring back what ran before a finished update; answers the operation that does it. An "
                   "update that is under way is put back",
        .success = 202,
        .location = "/updates/{id}"};
};

struct ResumeUpdate
{
    using Request = ResumeRequest;
    using Reply = Update;
    static constexpr OperationInfo info{.name = "updates.resume",
        .method = Method::Post,
        .path = "/updates/{id}/resume",
        .permission = "updates:start",
        .resource = Resource::Update,
        .effect = Effect::Changes,
        .summary = "Go on with a parked update, by what is really on the host now",
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
