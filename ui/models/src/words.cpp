#include <models/words.h>

#include <models/displaytext.h>
#include <models/planwords.h>

#include <QCoreApplication>

namespace dockerauto::ui {

using core::UpdatePolicy;
using core::UpdateStatus;
using core::UpdateStrategy;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

QString versionOf(const contracts::ImageVersion &version, const contracts::ImageVersion &other)
{
    if (version.tag.isEmpty() || version.tag == other.tag) {
        const QString digest = shortDigest(version.digest);
        return digest.isEmpty() ? harmless(version.tag) : digest;
    }
    return harmless(version.tag);
}

} // namespace

Word policyWord(UpdatePolicy policy)
{
    switch (policy) {
    case UpdatePolicy::Monitor:
        return {Text::tr("Watch only"), QStringLiteral("eye")};
    case UpdatePolicy::Manual:
        return {Text::tr("Manual"), QStringLiteral("hand")};
    case UpdatePolicy::Approval:
        return {Text::tr("Approval"), QStringLiteral("user-check")};
    case UpdatePolicy::Scheduled:
        return {Text::tr("Scheduled"), QStringLiteral("calendar-clock")};
    case UpdatePolicy::Automatic:
        return {Text::tr("Automatic"), QStringLiteral("zap")};
    case UpdatePolicy::Pinned:
        return {Text::tr("Pinned"), QStringLiteral("pin")};
    }
    return {};
}

QString policyMeaning(UpdatePolicy policy)
{
    switch (policy) {
    case UpdatePolicy::Monitor:
        return Text::tr("Newer images are shown, nothing is updated.");
    case UpdatePolicy::Manual:
        return Text::tr("Updated when you ask for it.");
    case UpdatePolicy::Approval:
        return Text::tr("Prepared by itself, updated after somebody says yes.");
    case UpdatePolicy::Scheduled:
        return Text::tr("Updated at its scheduled time.");
    case UpdatePolicy::Automatic:
        return Text::tr("Updated as soon as a newer image is found.");
    case UpdatePolicy::Pinned:
        return Text::tr("Stays at its version and is not checked.");
    }
    return {};
}

QString strategyWord(UpdateStrategy strategy)
{
    switch (strategy) {
    case UpdateStrategy::Rolling:
        return Text::tr("Rolling");
    case UpdateStrategy::Recreate:
        return Text::tr("Recreate");
    case UpdateStrategy::BlueGreen:
        return Text::tr("Blue-green");
    case UpdateStrategy::Canary:
        return Text::tr("Canary");
    }
    return {};
}

Word updateStatusWord(UpdateStatus status)
{
    switch (status) {
    case UpdateStatus::Pending:
        return {Text::tr("Waiting"), QStringLiteral("hourglass"), Tone::Quiet};
    case UpdateStatus::AwaitingApproval:
        return {Text::tr("Waiting for approval"), QStringLiteral("user-check"), Tone::Attention};
    case UpdateStatus::Scheduled:
        return {Text::tr("Scheduled"), QStringLiteral("calendar-clock"), Tone::Quiet};
    case UpdateStatus::Running:
        return {Text::tr("Updating"), QStringLiteral("refresh-cw"), Tone::News};
    case UpdateStatus::Paused:
        return {Text::tr("Paused"), QStringLiteral("circle-pause"), Tone::Attention};
    case UpdateStatus::Succeeded:
        return {Text::tr("Updated"), QStringLiteral("circle-check"), Tone::Good};
    case UpdateStatus::Failed:
        return {Text::tr("Failed"), QStringLiteral("octagon-alert"), Tone::BadStrong};
    case UpdateStatus::RolledBack:
        return {Text::tr("Rolled back"), QStringLiteral("undo-2"), Tone::Bad};
    case UpdateStatus::Cancelled:
        return {Text::tr("Cancelled"), QStringLiteral("circle-slash"), Tone::Quiet};
    case UpdateStatus::Skipped:
        return {Text::tr("Skipped"), QStringLiteral("skip-forward"), Tone::Quiet};
    case UpdateStatus::Parked:
        return {Text::tr("Needs you"), QStringLiteral("triangle-alert"), Tone::Attention};
    }
    return {};
}

Word updateWord(const contracts::Update &update)
{
    const bool goesBack = update.kind == core::UpdateKind::Rollback;
    if (goesBack && update.status == UpdateStatus::Running) {
        return {Text::tr("Going back"), QStringLiteral("undo-2"), Tone::News};
    }
    if (update.status != UpdateStatus::Succeeded) {
        return updateStatusWord(update.status);
    }
    if (goesBack) {
        return {Text::tr("Put back"), QStringLiteral("undo-2"), Tone::Good};
    }
    if (update.observation && update.observation->state == core::WatchState::Watching) {
        return {Text::tr("Watched"), QStringLiteral("eye"), Tone::News};
    }
    if (update.observation && update.observation->state == core::WatchState::Regressed) {
        return {Text::tr("Became worse"), QStringLiteral("octagon-alert"), Tone::BadStrong};
    }
    return updateStatusWord(update.status);
}

QString stepWord(const contracts::Step &step, const contracts::Update &update)
{
    struct Named
    {
        QLatin1String name;
        QString text;
    };
    const bool goesBack = update.kind == core::UpdateKind::Rollback;
    const std::array names{
        Named{QLatin1String("preflight"), Text::tr("Preflight")},
        Named{QLatin1String("pull"), Text::tr("Pull image")},
        Named{QLatin1String("hook_before"), Text::tr("Command before")},
        Named{QLatin1String("rename"), Text::tr("Set old aside")},
        Named{QLatin1String("create"), Text::tr("Create")},
        Named{QLatin1String("stop"),
            goesBack ? Text::tr("Stop %1").arg(fromVersion(update)) : Text::tr("Stop old")},
        Named{QLatin1String("backup"), Text::tr("Save volumes")},
        Named{QLatin1String("restore"), Text::tr("Restore volumes")},
        Named{QLatin1String("start"),
            goesBack ? Text::tr("Start %1").arg(toVersion(update)) : Text::tr("Start new")},
        Named{QLatin1String("health"), Text::tr("Health check")},
        Named{QLatin1String("hook_after"), Text::tr("Command after")},
        Named{QLatin1String("verify"), Text::tr("Verify")},
        Named{QLatin1String("commit"), Text::tr("Commit")},
        Named{QLatin1String("cleanup"), Text::tr("Clean up")},
        Named{QLatin1String("rollback"), Text::tr("Put %1 back").arg(fromVersion(update))},
    };
    for (const Named &named : names) {
        if (step.name == named.name) {
            return named.text;
        }
    }
    return harmless(step.name, 30);
}

Word containerWord(const QString &status, const QString &health, Activity activity)
{
    if (activity == Activity::Updating) {
        return {Text::tr("Updating"), QStringLiteral("refresh-cw"), Tone::News};
    }
    if (status == QLatin1String("running")) {
        if (health == QLatin1String("unhealthy")) {
            return {Text::tr("Unhealthy"), QStringLiteral("octagon-alert"), Tone::BadStrong};
        }
        if (health == QLatin1String("starting")) {
            return {Text::tr("Starting"), QStringLiteral("hourglass"), Tone::Quiet};
        }
        return {Text::tr("Running"), QStringLiteral("circle-check"), Tone::Good};
    }
    if (status == QLatin1String("exited")) {
        return {Text::tr("Stopped"), QStringLiteral("circle-stop"), Tone::Quiet};
    }
    if (status == QLatin1String("created")) {
        return {Text::tr("Created"), QStringLiteral("circle-dashed"), Tone::Quiet};
    }
    if (status == QLatin1String("paused")) {
        return {Text::tr("Paused"), QStringLiteral("circle-pause"), Tone::Attention};
    }
    if (status == QLatin1String("restarting")) {
        return {Text::tr("Restarting"), QStringLiteral("rotate-cw"), Tone::Attention};
    }
    if (status == QLatin1String("removing")) {
        return {Text::tr("Removing"), QStringLiteral("trash-2"), Tone::Quiet};
    }
    if (status == QLatin1String("dead")) {
        return {Text::tr("Dead"), QStringLiteral("octagon-x"), Tone::BadStrong};
    }
    return {harmless(status, 30), QStringLiteral("circle-help"), Tone::Quiet};
}

QString decisionSentence(const contracts::UpdateState &state)
{
    if (!state.reason.isEmpty()) {
        return harmless(state.reason);
    }
    switch (state.decision) {
    case core::Decision::NotChecked:
        return Text::tr("This container was not checked yet.");
    case core::Decision::UpToDate:
        return Text::tr("The registry has nothing newer.");
    case core::Decision::UpdateAvailable:
        return Text::tr("The registry has a newer image.");
    case core::Decision::LocalImage:
        return Text::tr("The image was built here; no registry has it.");
    case core::Decision::Pinned:
        return Text::tr("The container is pinned to its version.");
    case core::Decision::HeldBack:
        return Text::tr("A newer image is held back.");
    }
    return {};
}

Word holdWord(core::Hold hold)
{
    switch (hold) {
    case core::Hold::Policy:
        return {Text::tr("Waits for you"), QStringLiteral("hand"), Tone::Quiet};
    case core::Hold::Approval:
        return {Text::tr("Waits for approval"), QStringLiteral("user-check"), Tone::Attention};
    case core::Hold::Schedule:
        return {Text::tr("Waits for its schedule"), QStringLiteral("calendar-clock"), Tone::Quiet};
    case core::Hold::Window:
        return {Text::tr("Waits for its window"), QStringLiteral("clock"), Tone::Quiet};
    case core::Hold::Freeze:
        return {Text::tr("Frozen"), QStringLiteral("snowflake"), Tone::Quiet};
    case core::Hold::MinimumAge:
        return {Text::tr("Too young"), QStringLiteral("hourglass"), Tone::Quiet};
    case core::Hold::Skipped:
        return {Text::tr("Skipped"), QStringLiteral("skip-forward"), Tone::Quiet};
    case core::Hold::Snoozed:
        return {Text::tr("Snoozed"), QStringLiteral("moon"), Tone::Quiet};
    case core::Hold::Quarantine:
        return {Text::tr("Quarantine"), QStringLiteral("shield-alert"), Tone::Bad};
    case core::Hold::RateBudget:
        return {Text::tr("Limit reached"), QStringLiteral("circle-pause"), Tone::Attention};
    case core::Hold::Dependency:
        return {Text::tr("Waits for another"), QStringLiteral("link"), Tone::Quiet};
    }
    return {};
}

Word shortHoldWord(core::Hold hold)
{
    Word word = holdWord(hold);
    switch (hold) {
    case core::Hold::Policy:
        word.text = Text::tr("By hand", "what an update waits for");
        break;
    case core::Hold::Approval:
        word.text = Text::tr("Approval", "what an update waits for");
        break;
    case core::Hold::Schedule:
        word.text = Text::tr("Schedule", "what an update waits for");
        break;
    case core::Hold::Window:
        word.text = Text::tr("Window", "what an update waits for");
        break;
    case core::Hold::RateBudget:
        word.text = Text::tr("Limit", "what an update waits for");
        break;
    case core::Hold::Dependency:
        word.text = Text::tr("Order", "what an update waits for");
        break;
    default:
        break;
    }
    return word;
}

bool canBeOfferedAgain(const contracts::UpdateState &state)
{
    return state.decision == core::Decision::HeldBack &&
           (state.heldBy == core::Hold::Skipped || state.heldBy == core::Hold::Snoozed ||
               state.heldBy == core::Hold::Quarantine);
}

QString possibleSentence(const contracts::UpdateState &state, core::Timestamp now)
{
    if (!state.possibleAt) {
        return {};
    }
    return *state.possibleAt > now
               ? Text::tr("Possible %1 (%2).", "moment, how long until then")
                     .arg(dayMomentText(*state.possibleAt, now), untilText(*state.possibleAt, now))
               : Text::tr("Possible now.");
}

QString personText(const QString &user)
{
    if (user == QLatin1String("system")) {
        return Text::tr("by itself");
    }
    return user == QLatin1String("local") ? Text::tr("you") : harmless(user, 80);
}

QString fromVersion(const contracts::Update &update)
{
    return versionOf(update.from, update.to);
}

QString toVersion(const contracts::Update &update)
{
    return versionOf(update.to, update.from);
}

} // namespace dockerauto::ui
