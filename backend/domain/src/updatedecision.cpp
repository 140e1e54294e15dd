#include "domain/updatedecision.h"

#include <algorithm>
#include <array>
#include <vector>

namespace dockerauto::domain {

using core::Bump;
using core::Decision;
using core::Hold;
using core::TagLevel;
using core::Timestamp;
using core::UpdatePolicy;

namespace {

using Answer = std::optional<DecisionOutcome>;

/// The candidate as the subject of a sentence.
QString candidate(const DecisionInput &input)
{
    const Finding &finding = input.finding;
    return finding.bump == Bump::Build || finding.candidateTag.isEmpty()
               ? QStringLiteral("the new image")
               : QStringLiteral("version ") + finding.candidateTag;
}

QString named(const QString &what, const QString &name)
{
    return name.isEmpty() ? what : what + QStringLiteral(" “") + name + QStringLiteral("”");
}

QString counted(qint64 count, const QString &unit)
{
    return QString::number(count) + u' ' + unit + (count == 1 ? QString() : QStringLiteral("s"));
}

QString inWords(std::chrono::seconds duration)
{
    constexpr std::array<std::pair<qint64, const char *>, 3> units{
        std::pair{86'400, "day"}, std::pair{3'600, "hour"}, std::pair{60, "minute"}};
    for (const auto &[seconds, unit] : units) {
        if (duration.count() % seconds == 0) {
            return counted(duration.count() / seconds, QLatin1String(unit));
        }
    }
    return counted(duration.count(), QStringLiteral("second"));
}

/// What was found, and what follows from it.
QString found(const DecisionInput &input, const QString &consequence)
{
    QString why = input.finding.why;
    while (why.endsWith(u'.')) {
        why.chop(1);
    }
    return why.isEmpty() ? consequence : why + QStringLiteral(". ") + consequence;
}

bool concerns(const StandingHold &hold, const DecisionInput &input)
{
    return (hold.digest.isEmpty() || hold.digest == input.finding.candidateDigest) &&
           (hold.tag.isEmpty() || hold.tag == input.finding.candidateTag) &&
           (!hold.until || *hold.until > input.now);
}

const StandingHold *standingHold(const DecisionInput &input, Hold kind)
{
    const auto hold = std::ranges::find_if(input.holds,
        [&](const StandingHold &standing) { return standing.kind == kind && concerns(standing, input); });
    return hold == input.holds.end() ? nullptr : &*hold;
}

/// When the candidate is old enough; none when it is. What nobody knows the age of is seen for the first
/// time.
std::optional<Timestamp> oldEnoughAt(const DecisionInput &input)
{
    const Timestamp at = input.knownSince.value_or(input.now) + input.rules.minimumAge;
    return at > input.now ? std::optional(at) : std::nullopt;
}

bool beginsByItself(const DecisionInput &input)
{
    return input.rules.policy == UpdatePolicy::Automatic || input.rules.policy == UpdatePolicy::Scheduled;
}

bool isApproved(const DecisionInput &input)
{
    return input.approved && (beginsByItself(input) || input.rules.policy == UpdatePolicy::Approval);
}

bool isSmallEnough(const DecisionInput &input)
{
    switch (input.finding.bump) {
    case Bump::Build:
        return true;
    case Bump::Patch:
        return input.rules.automaticLevel >= TagLevel::Patch;
    case Bump::Minor:
        return input.rules.automaticLevel >= TagLevel::Minor;
    case Bump::Major:
    // How large it is could not be told.
    case Bump::None:
        break;
    }
    return input.rules.automaticLevel == TagLevel::Major;
}

bool waitsForSchedule(const DecisionInput &input)
{
    return input.rules.policy == UpdatePolicy::Scheduled && !input.scheduleRuns;
}

bool windowIsClosed(const DecisionInput &input)
{
    return input.openings.hasWindows && !input.openings.windowOpen;
}

/// Everything that time will end, whatever is told as the reason: an update is possible when the last of it
/// has ended, and nobody knows when if one has no end.
std::optional<Timestamp> possibleAt(const DecisionInput &input)
{
    std::vector<std::optional<Timestamp>> ends;
    for (const StandingHold &hold : input.holds) {
        if (concerns(hold, input)) {
            ends.push_back(hold.until);
        }
    }
    if (const auto at = oldEnoughAt(input)) {
        ends.push_back(at);
    }
    const bool needsNobody = beginsByItself(input) && !isApproved(input) && isSmallEnough(input) &&
                             (!waitsForSchedule(input) || input.openings.hasSchedule);
    if (needsNobody && input.openings.frozen) {
        ends.push_back(input.openings.freezeEndsAt);
    }
    if (needsNobody && windowIsClosed(input)) {
        ends.push_back(input.openings.windowOpensAt);
    }
    if (needsNobody && waitsForSchedule(input)) {
        ends.push_back(input.openings.nextRun);
    }
    const bool endless = std::ranges::any_of(ends, [](const auto &end) { return !end; });
    if (ends.empty() || endless) {
        return std::nullopt;
    }
    return std::max(input.now, **std::ranges::max_element(ends));
}

DecisionOutcome plain(Decision decision, const QString &reason)
{
    DecisionOutcome outcome;
    outcome.decision = decision;
    outcome.reason = reason;
    return outcome;
}

DecisionOutcome heldBack(const DecisionInput &input, Hold kind, const QString &reason)
{
    DecisionOutcome outcome = plain(Decision::HeldBack, reason);
    outcome.heldBy = kind;
    outcome.possibleAt = possibleAt(input);
    return outcome;
}

DecisionOutcome begins(const DecisionInput &input, const QString &consequence)
{
    DecisionOutcome outcome = plain(Decision::UpdateAvailable, found(input, consequence));
    outcome.begin = true;
    return outcome;
}

// The reasons, one function each. What a function has nothing to say about is left to the next.

Answer notWatched(const DecisionInput &input)
{
    if (input.rules.watched) {
        return std::nullopt;
    }
    return plain(Decision::NotChecked, QStringLiteral("Not watched: its rules say so"));
}

Answer notFoundOut(const DecisionInput &input)
{
    return input.finding.kind == Finding::Kind::Unknown
               ? Answer(plain(Decision::NotChecked, input.finding.why))
               : std::nullopt;
}

Answer upToDate(const DecisionInput &input)
{
    return input.finding.kind == Finding::Kind::UpToDate
               ? Answer(plain(Decision::UpToDate, input.finding.why))
               : std::nullopt;
}

Answer local(const DecisionInput &input)
{
    return input.finding.kind == Finding::Kind::Local ? Answer(plain(Decision::LocalImage, input.finding.why))
                                                      : std::nullopt;
}

Answer pinned(const DecisionInput &input)
{
    if (input.rules.policy != UpdatePolicy::Pinned) {
        return std::nullopt;
    }
    return plain(Decision::Pinned,
        QStringLiteral("Pinned: %1 is there, and this container stays as it is").arg(candidate(input)));
}

Answer snoozed(const DecisionInput &input)
{
    const StandingHold *hold = standingHold(input, Hold::Snoozed);
    if (!hold) {
        return std::nullopt;
    }
    return heldBack(input, Hold::Snoozed,
        (hold->reason.isEmpty() ? QStringLiteral("Snoozed") : hold->reason) +
            QStringLiteral(": no update is wanted here for now"));
}

Answer skipped(const DecisionInput &input)
{
    const StandingHold *hold = standingHold(input, Hold::Skipped);
    if (!hold) {
        return std::nullopt;
    }
    return heldBack(input, Hold::Skipped,
        (hold->reason.isEmpty() ? QStringLiteral("Skipped") : hold->reason) + QStringLiteral(": ") +
            candidate(input) + QStringLiteral(" is not wanted here"));
}

Answer inQuarantine(const DecisionInput &input)
{
    const StandingHold *hold = standingHold(input, Hold::Quarantine);
    if (!hold) {
        return std::nullopt;
    }
    const QString reason = QStringLiteral("In quarantine: %1 did not work here").arg(candidate(input));
    return heldBack(input, Hold::Quarantine,
        hold->reason.isEmpty() ? reason : reason + QStringLiteral(". ") + hold->reason);
}

/// Whatever else somebody has put in its way.
Answer otherwiseHeld(const DecisionInput &input)
{
    const auto hold = std::ranges::find_if(
        input.holds, [&](const StandingHold &standing) { return concerns(standing, input); });
    if (hold == input.holds.end()) {
        return std::nullopt;
    }
    return heldBack(input, hold->kind,
        hold->reason.isEmpty() ? QStringLiteral("Held back: ") + core::toQString(hold->kind) : hold->reason);
}

Answer tooYoung(const DecisionInput &input)
{
    if (!oldEnoughAt(input)) {
        return std::nullopt;
    }
    return heldBack(input, Hold::MinimumAge,
        QStringLiteral("Waits until %1 is %2 old").arg(candidate(input), inWords(input.rules.minimumAge)));
}

Answer onlyTold(const DecisionInput &input)
{
    if (input.rules.policy != UpdatePolicy::Monitor) {
        return std::nullopt;
    }
    return plain(
        Decision::UpdateAvailable, found(input, QStringLiteral("It is only told: the policy is to monitor")));
}

Answer leftToAPerson(const DecisionInput &input)
{
    if (input.rules.policy != UpdatePolicy::Manual) {
        return std::nullopt;
    }
    return plain(Decision::UpdateAvailable, input.finding.why);
}

/// Freezes, windows and schedules bind what begins by itself, not what a person has said yes to.
Answer approved(const DecisionInput &input)
{
    return isApproved(input) ? Answer(begins(input, QStringLiteral("It was approved"))) : std::nullopt;
}

Answer needsApproval(const DecisionInput &input)
{
    if (input.rules.policy != UpdatePolicy::Approval) {
        return std::nullopt;
    }
    DecisionOutcome outcome =
        heldBack(input, Hold::Approval, found(input, QStringLiteral("It waits for approval")));
    outcome.ask = true;
    return outcome;
}

Answer tooLarge(const DecisionInput &input)
{
    if (isSmallEnough(input)) {
        return std::nullopt;
    }
    const QString step = input.finding.bump == Bump::None
                             ? QStringLiteral("a step of unknown size")
                             : QStringLiteral("a %1 step").arg(core::toQString(input.finding.bump));
    const QString allowed =
        input.rules.automaticLevel == TagLevel::None
            ? QStringLiteral("new images of the same version are")
            : QStringLiteral("%1 steps are").arg(core::toQString(input.rules.automaticLevel));
    return heldBack(input, Hold::Policy,
        QStringLiteral("The update to %1 is %2 and waits for a person: only %3 taken without one")
            .arg(candidate(input), step, allowed));
}

Answer withoutSchedule(const DecisionInput &input)
{
    if (!waitsForSchedule(input) || input.openings.hasSchedule) {
        return std::nullopt;
    }
    return heldBack(input, Hold::Schedule,
        QStringLiteral("No schedule updates this container. Make one, or start the update by hand."));
}

Answer frozen(const DecisionInput &input)
{
    if (!input.openings.frozen) {
        return std::nullopt;
    }
    return heldBack(input, Hold::Freeze,
        QStringLiteral("Waits for the end of ") +
            named(QStringLiteral("the freeze"), input.openings.freezeName));
}

Answer outsideWindow(const DecisionInput &input)
{
    if (!windowIsClosed(input)) {
        return std::nullopt;
    }
    const Openings &openings = input.openings;
    const QString window = named(QStringLiteral("the window"), openings.windowName);
    QString reason = QStringLiteral("Waits for %1 to open").arg(window);
    if (!openings.windowOpensAt) {
        reason = QStringLiteral("Waits for %1, which does not open again. Change it, or start the update by "
                                "hand.")
                     .arg(window);
    } else if (waitsForSchedule(input) && openings.nextRun && *openings.nextRun < *openings.windowOpensAt) {
        reason += QStringLiteral("; the next run of %1 comes before that")
                      .arg(named(QStringLiteral("the schedule"), openings.scheduleName));
    }
    return heldBack(input, Hold::Window, reason);
}

Answer beforeSchedule(const DecisionInput &input)
{
    if (!waitsForSchedule(input)) {
        return std::nullopt;
    }
    const QString schedule = named(QStringLiteral("the schedule"), input.openings.scheduleName);
    return heldBack(input, Hold::Schedule,
        (input.openings.nextRun
                ? QStringLiteral("Waits for the next run of %1")
                : QStringLiteral(
                      "Waits for %1, which does not run again. Change it, or start the update by hand."))
            .arg(schedule));
}

/// The order in which reasons count.
constexpr std::array reasons{notWatched, notFoundOut, upToDate, local, pinned, snoozed, skipped, inQuarantine,
    otherwiseHeld, tooYoung, onlyTold, leftToAPerson, approved, needsApproval, tooLarge, withoutSchedule,
    frozen, outsideWindow, beforeSchedule};

} // namespace

DecisionOutcome decide(const DecisionInput &input)
{
    for (const auto reason : reasons) {
        if (const Answer answer = reason(input)) {
            return *answer;
        }
    }
    return begins(input, QStringLiteral("The update begins by itself"));
}

} // namespace dockerauto::domain
