#pragma once

#include <core/callcontext.h>
#include <core/ids.h>
#include <core/json.h>
#include <core/result.h>
#include <core/time.h>
#include <core/vocabulary.h>
#include <ports/planrecords.h>

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace dockerauto::ports {

struct HostRecord
{
    core::HostId id;
    QString name;
    QString address;
    /// The engine's own id as last seen; empty before the first contact.
    QString engineId;
    core::Timestamp createdAt{};
};

/// What the last check found for a container.
struct DecisionRecord
{
    core::Decision decision = core::Decision::NotChecked;
    QString reason;
    std::optional<core::Timestamp> possibleAt;
    std::optional<core::Timestamp> checkedAt;
    QString candidateTag;
    QString candidateDigest;
    core::Bump bump = core::Bump::None;
    std::optional<core::Hold> heldBy = {};
    /// What the answer to "why?" shows beside the reason: rules and their sources, tags that were refused.
    core::Json detail = {};
};

struct ContainerRecord
{
    core::ContainerId id;
    core::HostId host;
    core::EngineContainerId engineId;
    /// Unique per host.
    QString name;
    /// Repository with domain, familiar form, without tag.
    QString image;
    QString tag;
    QString digest;
    QString imageId;
    QString status;
    QString health;
    /// What all rules together say.
    core::UpdatePolicy policy = core::UpdatePolicy::Manual;
    core::UpdateStrategy strategy = core::UpdateStrategy::Rolling;
    /// Which rule decided the policy; empty for the default.
    QString policySource = {};
    /// What was set for this container alone, as contracts::UpdateRules; an object.
    core::Json ownRules = core::Json::object();
    /// Labels, ports and times as last seen on the engine.
    core::Json configuration;
    DecisionRecord decision;
    QString createdBy;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

struct ImageVersionRecord
{
    QString image;
    QString tag;
    QString digest;
    QString imageId;
};

/// One row of update_history: an update from the wish to the end.
struct UpdateRecord
{
    core::UpdateId id;
    core::ContainerId container;
    QString containerName;
    core::HostId host;
    core::UpdateStatus status = core::UpdateStatus::Pending;
    core::UpdateStrategy strategy = core::UpdateStrategy::Rolling;
    ImageVersionRecord from;
    ImageVersionRecord to;
    QString requestedBy;
    QString approvedBy;
    QString error;
    core::Json proof;
    core::Timestamp createdAt{};
    std::optional<core::Timestamp> startedAt;
    std::optional<core::Timestamp> completedAt;
    core::UpdateKind kind = core::UpdateKind::Update;
    /// The update that this one undoes; empty for others.
    core::UpdateId rollbackOf = {};
    /// The operation that has undone this one, once it has.
    core::UpdateId rolledBackBy = {};
    QString planHash = {};
    /// How it is carried out, as it was decided when it was written down: domain::UpdateCare and whether
    /// volumes are saved. An object.
    core::Json care = core::Json::object();
    /// What it takes to bring back what ran before, once it is finished: inspect, create bodies, image,
    /// those that were made again with it. It can be large, so only `find` reads it. Null when there is none,
    /// or no longer.
    core::Json restorePoint = {};
    /// Whether one is kept; `list` tells this much.
    bool hasRestorePoint = false;
    /// The watch after it: state, until, reason, baseline. Null without one.
    core::Json observation = {};
    /// The last lines of both containers, when it was put back; only `find` reads them. Null otherwise.
    core::Json lastWords = {};
};

/// The config of an image as it was when a container of it was first seen: what the container inherited can
/// be told even when the image is gone.
struct ImageConfigRecord
{
    QString imageId;
    /// What domain::recreateSpec needs of GET /images/{id}/json: Id, Config, Os, Architecture, RepoDigests.
    core::Json image;
    core::Timestamp firstSeenAt{};
};

/// The saved content of a volume or a bound folder.
struct SnapshotRecord
{
    QString id;
    core::UpdateId update;
    core::ContainerId container;
    core::HostId host;
    /// The volume's name, or the path of a bound folder.
    QString volume;
    QString mountedAt;
    core::SnapshotMethod method = core::SnapshotMethod::Archive;
    /// The name in the archive store, or what the file system calls it.
    QString reference;
    qint64 sizeBytes = 0;
    /// How long it took, for the next plan.
    qint64 milliseconds = 0;
    core::Timestamp createdAt{};
};

struct StepRecord
{
    int position = 0;
    QString name;
    core::StepStatus status = core::StepStatus::Pending;
    std::optional<core::Timestamp> startedAt = {};
    std::optional<core::Timestamp> completedAt = {};
    QString detail = {};
};

struct UpdateLogRecord
{
    core::Timestamp time{};
    QString step;
    QString text;
};

/// One line of the write-ahead journal: the intent before a call of the engine, the result after it.
struct JournalRecord
{
    enum class Kind
    {
        Intent,
        Done,
        Failed
    };

    /// Rises from 1 within an update.
    int position = 0;
    QString step;
    Kind kind = Kind::Intent;
    /// What a recovery needs: ids, names, the payload.
    core::Json data;
    core::Timestamp time{};
};

struct UserRecord
{
    core::UserId id;
    /// Lower case; unique.
    QString email;
    QString passwordHash;
    core::Role role = core::Role::User;
    bool disabled = false;
    core::Timestamp createdAt{};
    core::Timestamp updatedAt{};
};

/// A sign-in: the family of refresh tokens that came from it. Only the newest token's hash counts; an older
/// one that comes back ends the family.
struct SessionRecord
{
    core::SessionId id;
    core::UserId user;
    /// SHA-256 of the refresh token that is valid now.
    QByteArray refreshHash;
    /// Of the one before, for parallel refreshes.
    QByteArray previousRefreshHash;
    std::optional<core::Timestamp> rotatedAt;
    QString remoteAddress;
    core::Timestamp createdAt{};
    core::Timestamp lastUsedAt{};
    core::Timestamp expiresAt{};
    std::optional<core::Timestamp> revokedAt;
};

struct AuditRecord
{
    core::Timestamp time{};
    QString requestId;
    QString actor;
    QString remoteAddress;
    QString operation;
    QString resource;
    /// `intent`, then `done` or the code of the error.
    QString outcome;
    core::Json detail;
};

/// A place in a list: the sort key and the id of the last row that was seen.
struct PageKey
{
    QString key;
    QString id;
};

struct ContainerFilter
{
    QString search;
    QString status;
    QString project;
    std::optional<core::HostId> host;
    std::optional<core::Decision> decision;
};

struct UpdateFilter
{
    enum class State
    {
        Any,
        Unfinished,
        Finished
    };
    State state = State::Any;
    std::optional<core::UpdateStatus> status = {};
    std::optional<core::ContainerId> container = {};
    /// Only those with an observation whose state is `watching`.
    bool watching = false;
    /// Only those with a restore point.
    bool restorable = false;
};

class HostRepository
{
public:
    virtual ~HostRepository() = default;
    virtual core::Result<std::vector<HostRecord>> all() = 0;
    virtual core::Result<HostRecord> find(const core::HostId &id) = 0;
    /// Inserts or replaces.
    virtual core::Result<> save(const HostRecord &record) = 0;
};

class ContainerRepository
{
public:
    virtual ~ContainerRepository() = default;
    virtual core::Result<ContainerRecord> find(const core::ContainerId &id) = 0;
    virtual core::Result<std::vector<ContainerRecord>> ofHost(const core::HostId &host) = 0;
    /// Sorted by name, then id; `limit` rows after `after`.
    virtual core::Result<std::vector<ContainerRecord>> list(
        const ContainerFilter &filter, const std::optional<PageKey> &after, int limit) = 0;
    virtual core::Result<qint64> count(const ContainerFilter &filter) = 0;
    /// Inserts or replaces everything but the policy with its source, the strategy, the container's own rules
    /// and the decision of a row that exists.
    virtual core::Result<> saveObserved(const ContainerRecord &record) = 0;
    virtual core::Result<> saveOwnRules(const core::ContainerId &id, const core::Json &rules) = 0;
    /// What all rules together say now.
    virtual core::Result<> saveResolved(const core::ContainerId &id, core::UpdatePolicy policy,
        core::UpdateStrategy strategy, const QString &source) = 0;
    virtual core::Result<> saveDecision(const core::ContainerId &id, const DecisionRecord &decision) = 0;
    virtual core::Result<> remove(const core::ContainerId &id) = 0;
};

class UpdateRepository
{
public:
    virtual ~UpdateRepository() = default;
    virtual core::Result<UpdateRecord> find(const core::UpdateId &id) = 0;
    /// Newest first by creation, then id; `limit` rows after `after`. Leaves `restorePoint` and `lastWords`
    /// null; `hasRestorePoint` tells whether there is one.
    virtual core::Result<std::vector<UpdateRecord>> list(
        const UpdateFilter &filter, const std::optional<PageKey> &after, int limit) = 0;
    /// Inserts or replaces. Conflict when another unfinished update of the same container exists. What `list`
    /// leaves out is not lost when its record is saved: a null restore point removes the one that is kept
    /// only when `hasRestorePoint` is false, and null last words leave those that are kept.
    virtual core::Result<> save(const UpdateRecord &record) = 0;
    virtual core::Result<std::vector<StepRecord>> steps(const core::UpdateId &id) = 0;
    /// Inserts or replaces the step at its position.
    virtual core::Result<> saveStep(const core::UpdateId &id, const StepRecord &step) = 0;
    virtual core::Result<std::vector<UpdateLogRecord>> log(const core::UpdateId &id) = 0;
    virtual core::Result<> appendLog(const core::UpdateId &id, const UpdateLogRecord &line) = 0;
    virtual core::Result<std::vector<JournalRecord>> journal(const core::UpdateId &id) = 0;
    /// Conflict when the position is taken.
    virtual core::Result<> appendJournal(const core::UpdateId &id, const JournalRecord &record) = 0;
};

class UserRepository
{
public:
    virtual ~UserRepository() = default;
    virtual core::Result<UserRecord> find(const core::UserId &id) = 0;
    virtual core::Result<UserRecord> findByEmail(const QString &email) = 0;
    virtual core::Result<qint64> count() = 0;
    /// Inserts or replaces. Conflict when the address belongs to another user.
    virtual core::Result<> save(const UserRecord &record) = 0;
};

class SessionRepository
{
public:
    virtual ~SessionRepository() = default;
    virtual core::Result<SessionRecord> find(const core::SessionId &id) = 0;
    /// Inserts or replaces.
    virtual core::Result<> save(const SessionRecord &record) = 0;
    virtual core::Result<> removeExpired(core::Timestamp now) = 0;
};

class AuditRepository
{
public:
    virtual ~AuditRepository() = default;
    virtual core::Result<> append(const AuditRecord &record) = 0;
};

/// Small values by name: what is not worth a table.
class SettingRepository
{
public:
    virtual ~SettingRepository() = default;
    virtual core::Result<std::optional<core::Json>> get(const QString &name) = 0;
    virtual core::Result<> set(const QString &name, const core::Json &value) = 0;
};

/// Few rows, so lists are whole, sorted by name, then id.
class PolicyRepository
{
public:
    virtual ~PolicyRepository() = default;
    virtual core::Result<std::vector<PolicyRecord>> all() = 0;
    virtual core::Result<PolicyRecord> find(const QString &id) = 0;
    /// Inserts or replaces. Conflict when the name belongs to another one.
    virtual core::Result<> save(const PolicyRecord &record) = 0;
    virtual core::Result<> remove(const QString &id) = 0;
};

class ScheduleRepository
{
public:
    virtual ~ScheduleRepository() = default;
    virtual core::Result<std::vector<ScheduleRecord>> all() = 0;
    virtual core::Result<ScheduleRecord> find(const QString &id) = 0;
    /// Inserts or replaces. Conflict when the name belongs to another one.
    virtual core::Result<> save(const ScheduleRecord &record) = 0;
    virtual core::Result<> remove(const QString &id) = 0;
};

class WindowRepository
{
public:
    virtual ~WindowRepository() = default;
    virtual core::Result<std::vector<WindowRecord>> all() = 0;
    virtual core::Result<WindowRecord> find(const QString &id) = 0;
    /// Inserts or replaces. Conflict when the name belongs to another one.
    virtual core::Result<> save(const WindowRecord &record) = 0;
    virtual core::Result<> remove(const QString &id) = 0;
};

class RegistryRepository
{
public:
    virtual ~RegistryRepository() = default;
    /// Sorted by name.
    virtual core::Result<std::vector<RegistryRecord>> all() = 0;
    virtual core::Result<RegistryRecord> find(const QString &registry) = 0;
    virtual core::Result<> save(const RegistryRecord &record) = 0;
    virtual core::Result<> remove(const QString &registry) = 0;
};

class WebhookRepository
{
public:
    virtual ~WebhookRepository() = default;
    virtual core::Result<std::vector<WebhookRecord>> all() = 0;
    virtual core::Result<WebhookRecord> findByTokenHash(const QByteArray &hash) = 0;
    virtual core::Result<> save(const WebhookRecord &record) = 0;
    virtual core::Result<> remove(const QString &id) = 0;
};

/// What is remembered of versions: when they were first seen, and for whom they are held back.
class CandidateRepository
{
public:
    virtual ~CandidateRepository() = default;
    virtual core::Result<std::optional<SightingRecord>> sighting(
        const QString &repository, const QString &tag, const QString &digest) = 0;
    /// Keeps the earlier `firstSeenAt` of a row that exists.
    virtual core::Result<> saveSighting(const SightingRecord &record) = 0;
    virtual core::Result<std::vector<HoldRecord>> holds(const core::ContainerId &container) = 0;
    /// Inserts or replaces by container, kind, tag and digest.
    virtual core::Result<> saveHold(const HoldRecord &record) = 0;
    /// All holds of these kinds of the container.
    virtual core::Result<> removeHolds(
        const core::ContainerId &container, const std::vector<core::Hold> &kinds) = 0;
};

class ImageConfigRepository
{
public:
    virtual ~ImageConfigRepository() = default;
    virtual core::Result<std::optional<ImageConfigRecord>> find(const QString &imageId) = 0;
    /// Keeps the row that exists.
    virtual core::Result<> save(const ImageConfigRecord &record) = 0;
    /// Of those, which have no row yet.
    virtual core::Result<std::vector<QString>> missing(const std::vector<QString> &imageIds) = 0;
    /// Removes rows that neither a container nor an update names.
    virtual core::Result<> removeUnused() = 0;
};

class SnapshotRepository
{
public:
    virtual ~SnapshotRepository() = default;
    /// Inserts or replaces.
    virtual core::Result<> save(const SnapshotRecord &record) = 0;
    /// In the order in which they were taken.
    virtual core::Result<std::vector<SnapshotRecord>> ofUpdate(const core::UpdateId &update) = 0;
    /// Newest first.
    virtual core::Result<std::vector<SnapshotRecord>> ofContainer(const core::ContainerId &container) = 0;
    /// What is gone already is a success.
    virtual core::Result<> remove(const QString &id) = 0;
};

/// The repositories within one transaction. Valid only while the function that was given it runs.
class UnitOfWork
{
public:
    virtual ~UnitOfWork() = default;
    virtual HostRepository &hosts() = 0;
    virtual ContainerRepository &containers() = 0;
    virtual UpdateRepository &updates() = 0;
    virtual UserRepository &users() = 0;
    virtual SessionRepository &sessions() = 0;
    virtual AuditRepository &audit() = 0;
    virtual SettingRepository &settings() = 0;
    virtual PolicyRepository &policies() = 0;
    virtual ScheduleRepository &schedules() = 0;
    virtual WindowRepository &windows() = 0;
    virtual RegistryRepository &registries() = 0;
    virtual WebhookRepository &webhooks() = 0;
    virtual CandidateRepository &candidates() = 0;
    virtual ImageConfigRepository &imageConfigs() = 0;
    virtual SnapshotRepository &snapshots() = 0;
};

/// Where everything is kept. Thread-safe. Blocks until the transaction is on disk. A database that cannot be
/// used is Unavailable, a full disk too, in words that say so.
class Storage
{
public:
    using Work = std::function<core::Result<>(UnitOfWork &)>;

    virtual ~Storage() = default;

    /// Runs `work` in a transaction that is committed, durably, when it succeeds and rolled back when not.
    /// Writers take turns; keep the work short and free of other calls. Must not be nested.
    virtual core::Result<> write(const Work &work, const core::CallContext &context) = 0;
    /// Runs `work` on a consistent view; it must not write.
    virtual core::Result<> read(const Work &work, const core::CallContext &context) = 0;
};

} // namespace dockerauto::ports
