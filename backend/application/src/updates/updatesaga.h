#pragma once

#include "application/containers/containersync.h"
#include "application/containers/imagecache.h"
#include "application/hosts/hostservice.h"
#include "application/updates/updateservice.h"
#include "updateledger.h"

#include <core/callcontext.h>
#include <domain/recoverydecision.h>
#include <domain/recreate.h>
#include <ports/containerengine.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <QString>

#include <functional>
#include <optional>
#include <variant>

namespace dockerauto::application {

/// What an update has to know to go on or to go back; written to the journal with every step.
struct SagaState
{
    QString oldId;
    QString oldImageId;
    QString name;
    QString aside;
    bool wasRunning = false;
    bool wasPaused = false;
    core::Json restartPolicy;
    QString newId;
    QString newImageId;
    QString imageText;
    /// Inspect of the old container as it was before anything was changed: what the new one is proven
    /// against.
    core::Json before;
    core::Json createBody;
    /// Why the old one is put back, once that is decided, and which status is the end of it.
    QString putBackReason;
    core::UpdateStatus putBackStatus = core::UpdateStatus::RolledBack;

    [[nodiscard]] core::Json toJson() const;
    static SagaState fromJson(const core::Json &json);
};

/// Carries one update through, forward, back, or on from where a crash has left it. One thread, one update.
///
/// Every call that changes something on the engine stands between two lines of the journal. When the engine
/// or the storage fails in a way that leaves open what has happened, the saga stops where it is
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
        ports::CredentialStore &credentials;
        ContainerSync &sync;
        UpdateLedger &ledger;
        const core::Clock &clock;
        const UpdateSettings &settings;
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

    // Forward (updatesaga.cpp)
    core::Result<> preflight();
    core::Result<> pull();
    core::Result<ports::RegistryAuth> pullAuth(const domain::ImageReference &image);
    core::Result<> setAside();
    core::Result<> create();
    core::Result<> connectNetworks(const domain::RecreateSpec &spec);
    core::Result<> stopOld();
    core::Result<> startNew();
    core::Result<> awaitHealth();
    core::Result<> verify();
    core::Result<> commit();
    End cleanUp();
    End forward(std::initializer_list<std::pair<const QString *, Step>> sequence);
    core::Result<> refuseWhatCannotBeKept(const core::Json &inspect);
    core::Result<> refuseDependants(const QString &id);

    // Back (updaterollback.cpp)
    End failed(const core::Error &error, const QString &step);
    End putBack();
    core::Result<> takeNewAway();
    core::Result<> restoreOld();
    core::Result<> checkOldRuns();
    core::Result<> removeNew();
    void keepLastWords();
    End settle(core::UpdateStatus status, const QString &error);
    core::Result<> quarantine(ports::UnitOfWork &work, core::UpdateStatus status, const QString &error) const;
    core::Result<> rememberDecision(core::UpdateStatus status, const QString &error);

    // On (updaterecovery.cpp)
    core::Result<domain::RecoveryFacts> gatherFacts(const std::vector<ports::JournalRecord> &journal);
    core::Result<std::optional<core::Json>> findNew();
    End goForward();

    /// Intent, call, result. The saga's own state is part of each line.
    core::Result<> act(const QString &step, const std::function<core::Result<>()> &call);
    core::Result<std::optional<core::Json>> inspectIfThere(const QString &idOrName);
    [[nodiscard]] core::CallContext callContext(std::chrono::milliseconds duration) const;
    [[nodiscard]] core::CallContext waitContext(std::chrono::milliseconds duration) const;
    [[nodiscard]] core::CallContext storeContext() const;
    [[nodiscard]] static bool leavesOpen(const core::Error &error);

    Collaborators m_with;
    LedgerEntry m_entry;
    EnginePointer m_engine;
    std::stop_token m_shutdown;
    std::stop_token m_cancel;
    std::function<bool()> m_cancelled;
    SagaState m_state;
    core::Json m_oldImage;
    core::Json m_newImage;
    int m_epoch = 1;
    int m_apiMinor = 0;
    QString m_defaultRuntime;
};

} // namespace dockerauto::application
