#pragma once

#include <core/json.h>
#include <core/vocabulary.h>
#include <domain/recreate.h>

#include <QString>

#include <vector>

namespace dockerauto::application {

/// One container that an update replaces: the one that it is about, or one that is tied to it.
struct SagaMember
{
    QString oldId;
    QString oldImageId;
    QString name;
    /// Its name while it stands aside.
    QString aside;
    QString newId;
    bool wasRunning = false;
    bool wasPaused = false;
    /// `--rm`: the engine removes it as soon as it stops.
    bool autoRemove = false;
    core::Json restartPolicy;
    /// Inspect as it was before anything was changed: what the new one is proven against.
    core::Json before;
    /// How to make it again as it was: for one that has vanished, and for a rollback later.
    domain::RecreateSpec again;
    /// Files that compose has put into it.
    std::vector<QString> carriedFiles;
};

/// What an update has to know to go on or to go back. Every line of the journal has what may have changed;
/// what never changes is in the first line only.
struct SagaState
{
    /// The container itself first, then those tied to it, in the order in which they are made.
    std::vector<SagaMember> members;
    QString newImageId;
    /// What the new container names as its image.
    QString imageText;
    /// Whether the volumes are saved, and whether something that could change them was started since.
    bool backedUp = false;
    bool newStarted = false;
    /// Whether it is about this program itself, or the proxy that it speaks through, so that a helper has to
    /// stop and start; and whether the helper was asked.
    bool handsOver = false;
    bool handedOver = false;
    /// How the container did before: the past that it is compared with.
    core::Json baseline;
    /// Why the old one is put back, once that is decided, and which status is the end of it.
    QString putBackReason;
    core::UpdateStatus putBackStatus = core::UpdateStatus::RolledBack;

    [[nodiscard]] SagaMember &root() { return members.front(); }
    [[nodiscard]] const SagaMember &root() const { return members.front(); }
    [[nodiscard]] bool anyRan() const;

    /// For a line of the journal; `whole` for the first.
    enum class Extent
    {
        Changing,
        Whole
    };
    [[nodiscard]] core::Json toJson(Extent extent) const;
    /// Takes over what a line says; lines in their order give the state.
    void merge(const core::Json &line);
};

/// What a rollback of the finished update needs: as UpdateRecord::restorePoint.
core::Json restorePointOf(const SagaState &state);

/// What a restored container lives in may have been made again since: takes over from `present` (a create
/// body or an inspect, as `restored` is) which container it is now.
void tieLike(core::Json &restored, const core::Json &present);

core::Json toJson(const std::vector<domain::NetworkConnection> &connections);
std::vector<domain::NetworkConnection> connectionsFrom(const core::Json &json);

} // namespace dockerauto::application
