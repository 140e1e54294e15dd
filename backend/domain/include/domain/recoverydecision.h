#pragma once

#include <core/enumtext.h>

#include <span>

namespace dockerauto::domain {

/// Where the container that is to be replaced is now.
enum class OldContainer
{
    Missing,
    /// Under the name that the update gave it while it stands aside.
    Aside,
    /// Under its own name.
    InPlace,
};

/// Where the container that replaces it is now.
enum class NewContainer
{
    Missing,
    /// Made, but the journal does not say that all of the making was done.
    Incomplete,
    Complete,
};

/// How far the journal says an update came.
enum class JournalPhase
{
    /// Nothing was changed on the engine, or it is not known that anything was.
    BeforeCommit,
    /// The new container was found good: there is no way back but a rollback of a finished update.
    Committed,
    /// It was decided to put the old container back.
    PuttingBack,
};

enum class RecoveryAction
{
    /// The update had changed nothing: leave all as it is and say so.
    NothingChanged,
    /// Go on: stop the old one, start the new one, and let the health gate decide.
    GoForward,
    /// Put the old container back under its name and as it ran.
    PutBack,
    /// Remove the old container, if it is still there, and close the update as a success.
    CleanUp,
    /// Nobody but a person can tell what is right.
    Park,
};

struct RecoveryFacts
{
    OldContainer old = OldContainer::Missing;
    NewContainer fresh = NewContainer::Missing;
    JournalPhase phase = JournalPhase::BeforeCommit;
    /// A container that is neither the old nor the new one has the name.
    bool nameTakenByOther = false;
    /// The old one can be made again from what was recorded of it.
    bool rebuildable = false;
    /// The old one is removed by the engine as soon as it stops (`--rm`), so that its absence means nothing.
    bool vanishes = false;
};

/// What to do with an update that was interrupted, from what the engine really has. Total: defined for every
/// combination. Never chooses to remove or overwrite what the update did not make.
constexpr RecoveryAction decideRecovery(const RecoveryFacts &facts)
{
    const bool oldMissing = facts.old == OldContainer::Missing;
    const bool bothMissing = oldMissing && facts.fresh == NewContainer::Missing;
    if (facts.phase == JournalPhase::Committed) {
        // Without the new one the old one, which is not yet removed, is all there is; unless it has ended by
        // itself and was made to vanish then.
        const bool lost = facts.fresh == NewContainer::Missing && !facts.vanishes;
        return lost || facts.nameTakenByOther ? RecoveryAction::Park : RecoveryAction::CleanUp;
    }
    if (facts.nameTakenByOther) {
        return RecoveryAction::Park;
    }
    // Who has removed both may have meant it.
    const bool canPutBack = !oldMissing || (facts.rebuildable && (!bothMissing || facts.vanishes));
    if (facts.phase == JournalPhase::PuttingBack) {
        // The new one is taken away in the course of it, so only a rebuilding tells the two cases apart.
        return !oldMissing || facts.rebuildable ? RecoveryAction::PutBack : RecoveryAction::Park;
    }
    if (oldMissing && facts.fresh == NewContainer::Complete) {
        // The old one is gone, by whatever hand: the gate judges the new one.
        return RecoveryAction::GoForward;
    }
    if (oldMissing) {
        return canPutBack ? RecoveryAction::PutBack : RecoveryAction::Park;
    }
    if (facts.old == OldContainer::InPlace) {
        // The rename did not happen or was undone. Something of ours that is left over is taken away.
        return facts.fresh == NewContainer::Missing ? RecoveryAction::NothingChanged
                                                    : RecoveryAction::PutBack;
    }
    return facts.fresh == NewContainer::Complete ? RecoveryAction::GoForward : RecoveryAction::PutBack;
}

/// What to do with an update of several containers, from what each of them asks for: they go the same way,
/// and back when they do not agree. NothingChanged when there are none.
constexpr RecoveryAction combineRecovery(std::span<const RecoveryAction> actions)
{
    RecoveryAction combined = actions.empty() ? RecoveryAction::NothingChanged : actions.front();
    for (const RecoveryAction action : actions) {
        if (action == RecoveryAction::Park) {
            return RecoveryAction::Park;
        }
        if (action != combined) {
            combined = RecoveryAction::PutBack;
        }
    }
    return combined;
}

} // namespace dockerauto::domain
