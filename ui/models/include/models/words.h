#pragma once

#include <contracts/updates.h>
#include <core/vocabulary.h>

#include <QString>

#include <array>

/// The words and icons that people see for the fixed words of the contract.
namespace dockerauto::ui {

/// How much something wants to be noticed; delegates and chips give it a colour.
enum class Tone
{
    Good,
    Attention,
    Bad,
    BadStrong,
    News,
    Quiet
};

struct Word
{
    QString text;
    /// Name of an icon; empty for none.
    QString icon = {};
    Tone tone = Tone::Quiet;
};

inline constexpr std::array allPolicies{core::UpdatePolicy::Monitor, core::UpdatePolicy::Manual,
    core::UpdatePolicy::Approval, core::UpdatePolicy::Scheduled, core::UpdatePolicy::Automatic,
    core::UpdatePolicy::Pinned};

[[nodiscard]] Word policyWord(core::UpdatePolicy policy);
/// What the policy means, as one sentence.
[[nodiscard]] QString policyMeaning(core::UpdatePolicy policy);
[[nodiscard]] QString strategyWord(core::UpdateStrategy strategy);
[[nodiscard]] Word updateStatusWord(core::UpdateStatus status);
/// The same for one update: a way back and the time of being watched have words of their own.
[[nodiscard]] Word updateWord(const contracts::Update &update);
/// `Pull image`, `Put 2.1.0 back`: the name of a step for people. An unknown name stays as it is.
[[nodiscard]] QString stepWord(const contracts::Step &step, const contracts::Update &update);
/// Status of a container from the engine's word and its health. `Updating` wins over both.
enum class Activity
{
    None,
    Updating
};
[[nodiscard]] Word containerWord(const QString &status, const QString &health, Activity activity);
/// What the last check decided, as a sentence of its own when the backend gave no reason.
[[nodiscard]] QString decisionSentence(const contracts::UpdateState &state);
/// `Waits for its window`: what holds an update back.
[[nodiscard]] Word holdWord(core::Hold hold);
/// The same in one word: `Window`.
[[nodiscard]] Word shortHoldWord(core::Hold hold);
/// True for what a person can take back: skipped, snoozed, in quarantine.
[[nodiscard]] bool canBeOfferedAgain(const contracts::UpdateState &state);
/// `Possible tomorrow 02:00 (in 22 h).`; empty when that is not known.
[[nodiscard]] QString possibleSentence(const contracts::UpdateState &state, core::Timestamp now);
/// Who: `by itself` for the program, a name for a person; empty for nobody.
[[nodiscard]] QString personText(const QString &user);
/// Tag, or a short digest where two versions share a tag.
[[nodiscard]] QString fromVersion(const contracts::Update &update);
[[nodiscard]] QString toVersion(const contracts::Update &update);

} // namespace dockerauto::ui
