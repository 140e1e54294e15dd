#pragma once

#include <core/time.h>
#include <core/vocabulary.h>
#include <domain/updaterules.h>

#include <QString>

#include <optional>

namespace dockerauto::domain {

/// What the registry and the host say, before anybody's wishes are looked at.
struct Finding
{
    enum class Kind
    {
        UpToDate,
        /// The same tag stands for another image, or a newer tag exists.
        Newer,
        /// Built here, or in no registry.
        Local,
        /// Could not be found out.
        Unknown
    };
    Kind kind = Kind::Unknown;
    core::Bump bump = core::Bump::None;
    QString candidateTag = {};
    QString candidateDigest = {};
    /// One sentence for people.
    QString why = {};
};

/// A candidate that is not wanted now, by a person or because it failed.
struct StandingHold
{
    core::Hold kind = core::Hold::Skipped;
    /// Only for candidates with this digest; empty for every candidate.
    QString digest = {};
    /// Only for candidates with this tag; empty for every candidate. Skips of a version name the tag.
    QString tag = {};
    std::optional<core::Timestamp> until = {};
    QString reason = {};
};

/// When updates may begin by themselves.
struct Openings
{
    /// Whether any window is about the container; when none is, every time is allowed.
    bool hasWindows = false;
    bool windowOpen = false;
    std::optional<core::Timestamp> windowOpensAt = {};
    QString windowName = {};
    bool frozen = false;
    std::optional<core::Timestamp> freezeEndsAt = {};
    QString freezeName = {};
    /// For the policy scheduled: the schedule that is next to run.
    bool hasSchedule = false;
    std::optional<core::Timestamp> nextRun = {};
    QString scheduleName = {};
};

struct DecisionInput
{
    Finding finding;
    UpdateRules rules;
    core::Timestamp now{};
    /// When the candidate was first seen here or published by the registry, whichever is earlier and known.
    std::optional<core::Timestamp> knownSince = {};
    std::vector<StandingHold> holds = {};
    Openings openings = {};
    /// True while a schedule that covers the container runs: then the policy scheduled need not wait.
    bool scheduleRuns = false;
    /// True once a person has approved this very candidate.
    bool approved = false;
};

struct DecisionOutcome
{
    core::Decision decision = core::Decision::NotChecked;
    std::optional<core::Hold> heldBy = {};
    QString reason = {};
    std::optional<core::Timestamp> possibleAt = {};
    /// True when the update shall begin now without anybody's word.
    bool begin = false;
    /// True when somebody shall be asked to approve.
    bool ask = false;
};

/// The one decision for a container. Pure; the order in which reasons count is that of
/// resources/docs/updates.md: what was not found out, what is no update, pinned, skipped, quarantined, too
/// young, then what only concerns updates that begin by themselves: policy, size of the step, approval,
/// freeze, window, schedule.
DecisionOutcome decide(const DecisionInput &input);

} // namespace dockerauto::domain
