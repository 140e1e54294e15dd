#pragma once

#include "application/containers/containermemory.h"
#include "application/containers/containersync.h"
#include "application/containers/imagecache.h"
#include "application/hosts/hostservice.h"
#include "application/updates/groundwork.h"
#include "application/updates/prober.h"
#include "application/updates/selfupdate.h"
#include "application/updates/updateservice.h"
#include "application/updates/volumesnapshots.h"
#include "baselineprobe.h"
#include "sagastate.h"
#include "updateledger.h"
#include "updatelocks.h"

#include <core/callcontext.h>
#include <domain/recoverydecision.h>
#include <domain/updaterules.h>
#include <ports/containerengine.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dockerauto::application {

/// Carries one update, or the rollback of a finished one, through: forward, back, or on from where a crash
/// has left it. One thread, one update.
///
/// Before every call that changes something on the engine stands a line of the journal. When the engine or
/// the storage fails in a way that leaves open what has happened, the saga stops where it is
/// (`Interrupted`): recovery then looks at what is really there. It removes nothing that it did not make, and
/// the old container only after the commit.
class UpdateSaga
{
public:
    struct Collaborators
    {
        ports::Storage &storage;
        HostService &hosts;
        ImageCache &images;
        ContainerMemory &memory;
        ports::CredentialStore &credentials;
        ContainerSync &sync;
        VolumeSnapshots &snapshots;
        Prober &prober;
        const SelfUpdate &self;
        UpdateLedger &ledger;
        UpdateLocks &locks;
        const core::Clock &clock;
        const UpdateSettings &settings;
        std::function<bool()> hooksEnabled;
    };

    enum class End
    {
        /// The row has its final status, or is parked.
        Settled,
        /// To be taken up again when the engine answers or the program starts.
        Interrupted,
    };

    /// `cancel` ends waiting early; whether it means "put back" or "the program ends" is asked of
    /// `cancelled`.
    UpdateSaga(const Collaborators &collaborators, LedgerEntry entry, EnginePointer engine,
        std::stop_token shutdown, std::stop_token cancel, std::function<bool()> cancelled);

    End run();
    /// Judges by what the engine really has, and goes on, goes back or parks.
    End recover();

private:
    using Step = core::Result<> (UpdateSaga::*)();
    struct Station
    {
        const QString *name;
        Step step;
    };

    // The way forward (updatesaga.cpp)
    End forward(std::span<const Station> stations);
    [[nodiscard]] bool applies(const QString &step) const;
    core::Result<> preflight();
    [[nodiscard]] bool isToBeWatched() const;
    void beginBaseline();
    core::Result<> layGround();
    core::Result<> adopt(Groundwork ground);
    core::Result<> readRestorePoint();
    core::Result<> checkSelf();
    core::Result<> pull();
    core::Result<> pullImage(const domain::ImageReference &target);
    core::Result<> findKeptImage();
    core::Result<ports::RegistryAuth> pullAuth(const domain::ImageReference &image);

    // What changes containers (sagaactions.cpp)
    core::Result<> setAside();
    core::Result<> create();
    core::Result<core::Json> bodyFor(std::size_t index, std::vector<domain::NetworkConnection> &connections);
    core::Result<> make(const QString &name, const core::Json &body,
        const std::vector<domain::NetworkConnection> &connections, QString &id);
    core::Result<> retag();
    core::Result<> carryFiles(const SagaMember &member);
    core::Result<> stopOld();
    core::Result<> stopOne(const SagaMember &member);
    core::Result<> backUp();
    core::Result<> restoreVolumes();
    core::Result<> startNew();
    core::Result<> handOver();

    // What judges them (sagajudgement.cpp)
    core::Result<> hookBefore();
    core::Result<> hookAfter();
    core::Result<ports::ExecResult> runHook(
        const QString &step, const QString &id, const std::vector<QString> &argv);
    core::Result<> awaitHealth();
    core::Result<> awaitHealthOf(const SagaMember &member, bool isRoot);
    core::Result<bool> probePasses(const core::Json &inspect, QString &problem);
    core::Result<> verify();
    core::Result<> verifyOne(std::size_t index, contracts::Proof &proof);
    core::Result<> commit();
    End cleanUp();

    // Back (updaterollback.cpp)
    End failed(const core::Error &error, const QString &step);
    End putBack();
    core::Result<> takeNewAway();
    core::Result<> restoreSaved();
    core::Result<> restoreOld();
    core::Result<> restoreOne(SagaMember &member);
    [[nodiscard]] bool isStranded(const SagaMember &member, const core::Json &inspect) const;
    core::Result<> rebuild(SagaMember &member);
    core::Result<std::optional<core::Json>> findOld(SagaMember &member);
    core::Result<> checkOldRuns();
    core::Result<> removeNew();
    void keepLastWordsOfNew();
    void keepLastWordsOfOld();

    // The end (sagaend.cpp)
    End settle(core::UpdateStatus status, const QString &error);
    core::Result<> quarantine(ports::UnitOfWork &work, core::UpdateStatus status, const QString &error) const;
    core::Result<> rememberDecision(core::UpdateStatus status, const QString &error);
    core::Result<> closeUndone(ports::UnitOfWork &work) const;
    void prepareWatch();

    // On (updaterecovery.cpp)
    core::Result<std::vector<domain::RecoveryAction>> judge(const std::vector<ports::JournalRecord> &journal);
    core::Result<domain::RecoveryFacts> gatherFacts(
        SagaMember &member, const std::vector<ports::JournalRecord> &journal);
    core::Result<std::optional<core::Json>> findNew(SagaMember &member);
    End goOn(domain::RecoveryAction action);
    End goForward();
    /// Whether the helper that was asked to replace this program is still at it.
    core::Result<bool> helperWorks();

    /// Intent, call, result. The saga's own state is part of each line.
    core::Result<> act(const QString &step, const std::function<core::Result<>()> &call);
    /// Gone already is a success. What the engine refuses is tried again: a file system or a log driver may
    /// hold on to a container for a moment.
    core::Result<> removeContainer(const QString &id, ports::ContainerEngine::Removal removal);
    core::Result<std::optional<core::Json>> inspectIfThere(const QString &idOrName);
    void log(const QString &step, const QString &text) { m_with.ledger.log(m_entry, step, text); }
    [[nodiscard]] core::CallContext callContext(std::chrono::milliseconds duration) const;
    [[nodiscard]] core::CallContext waitContext(std::chrono::milliseconds duration) const;
    [[nodiscard]] core::CallContext storeContext() const;
    [[nodiscard]] bool isRollback() const { return m_entry.update.kind == core::UpdateKind::Rollback; }
    [[nodiscard]] static bool leavesOpen(const core::Error &error);
    [[nodiscard]] bool engineWasAway() const;
    core::Result<> sameEngine() const;
    core::Result<> awaitSettledEngine(const QString &engineContainerId);

    Collaborators m_with;
    LedgerEntry m_entry;
    EnginePointer m_engine;
    std::stop_token m_shutdown;
    std::stop_token m_cancel;
    std::function<bool()> m_cancelled;
    UpdateLocks::Hold m_hold;
    domain::UpdateCare m_care;
    SagaState m_state;
    /// From the preflight until the old container is stopped.
    std::unique_ptr<BaselineProbe> m_baseline;
    /// Of the update that a rollback undoes.
    core::Json m_restorePoint;
    core::Json m_oldImage;
    core::Json m_newImage;
    ports::EngineInfo m_info;
    /// The first change of all was refused, so that there is nothing to undo.
    bool m_untouched = false;
    /// The one that this run of the saga began with.
    int m_connection = 0;
    /// In this run: what follows is the helper's.
    bool m_helperAsked = false;
    /// A hook has asked for another time.
    bool m_putOff = false;
    bool m_groundWritten = false;
    int m_epoch = 1;
    int m_apiMinor = 0;
    QString m_defaultRuntime;
};

} // namespace dockerauto::application
