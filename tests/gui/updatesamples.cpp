#include "updatesamples.h"

#include "samples.h"

#include <algorithm>

namespace dockerauto::test {

using namespace contracts;
using namespace std::chrono_literals;
using core::StepStatus;
using core::UpdateStatus;

namespace {

/// The update of the database, begun `ago`; each of its steps took three seconds.
Update begun(const char *id, UpdateStatus status, std::chrono::minutes ago, const QStringList &steps)
{
    Update made = finishedUpdates().at(1);
    made.id = QLatin1String(id);
    made.status = status;
    made.container = QStringLiteral("c-nextcloud-db");
    made.containerName = QStringLiteral("nextcloud-db");
    made.from.image = made.to.image = QStringLiteral("docker.io/postgres");
    made.from.tag = QStringLiteral("16.4");
    made.to.tag = QStringLiteral("17.2");
    made.createdAt = sampleNow() - ago;
    made.startedAt = made.createdAt;
    made.completedAt.reset();
    made.proof.reset();
    made.steps.clear();
    core::Timestamp start = *made.startedAt;
    for (const QString &name : steps) {
        Step step;
        step.name = name;
        step.status = StepStatus::Succeeded;
        step.startedAt = start;
        start += 3s;
        step.completedAt = start;
        made.steps.push_back(step);
    }
    if (core::isFinal(status)) {
        made.completedAt = start;
    }
    made.log = {{*made.startedAt, QStringLiteral("preflight"),
        QStringLiteral("nextcloud-db runs postgres:16.4, nothing else lives in it")}};
    made.planHash = QStringLiteral("sha256:5d2e8f0c41b7");
    return made;
}

QStringList allSteps()
{
    return {QStringLiteral("preflight"), QStringLiteral("pull"), QStringLiteral("hook_before"),
        QStringLiteral("rename"), QStringLiteral("create"), QStringLiteral("stop"), QStringLiteral("backup"),
        QStringLiteral("start"), QStringLiteral("health"), QStringLiteral("hook_after"),
        QStringLiteral("verify"), QStringLiteral("commit"), QStringLiteral("cleanup")};
}

std::vector<SavedVolume> volumes(core::Timestamp savedAt)
{
    return {{QStringLiteral("nextcloud_db"), core::SnapshotMethod::Archive, 1'300'000'000, savedAt},
        {QStringLiteral("/srv/postgres/wal"), core::SnapshotMethod::Btrfs, 84'000'000, savedAt}};
}

Update succeeded(const char *id, std::chrono::minutes ago)
{
    Update made = begun(id, UpdateStatus::Succeeded, ago, allSteps());
    made.proof = Proof{true, 143,
        {{QStringLiteral("/Config/Hostname"), QStringLiteral("8f1c22d07e11"), QStringLiteral("c2a90b7714fe"),
            QStringLiteral("The engine makes the host name from the container's id.")}}};
    made.savedVolumes = volumes(made.steps.at(6).startedAt.value());
    made.canRollBack = true;
    return made;
}

LogLine said(core::Timestamp time, const char *text)
{
    return {time, QStringLiteral("stderr"), QString::fromUtf8(text)};
}

} // namespace

Update fullUpdate(const QString &name)
{
    Update made = begun("u-1", UpdateStatus::Running, 2min, allSteps());
    bool reached = false;
    for (Step &step : made.steps) {
        if (reached) {
            step.status = StepStatus::Pending;
            step.startedAt.reset();
        } else if (step.name == name) {
            step.status = StepStatus::Running;
        }
        if (reached || step.name == name) {
            step.completedAt.reset();
            reached = true;
        }
    }
    return made;
}

Update watchedUpdate()
{
    Update made = succeeded("u-20", 3min);
    made.completedAt = sampleNow() - 2min;
    made.observation = Observation{core::WatchState::Watching, sampleNow() + 8min, {}};
    return made;
}

Update keptUpdate()
{
    Update made = succeeded("u-21", 50min);
    made.observation = Observation{core::WatchState::Passed, sampleNow() - 40min, {}};
    made.proof->faithful = false;
    made.proof->differences.push_back(
        {QStringLiteral("/HostConfig/Memory"), QStringLiteral("1073741824"), QStringLiteral("0"), {}});
    made.proof->differences.push_back({QStringLiteral("/Config/Labels/org.example~1tier"),
        QStringLiteral("\"database\""), QStringLiteral("\"db\""), {}});
    return made;
}

Update regressedUpdate()
{
    Update made = succeeded("u-22", 90min);
    made.status = UpdateStatus::RolledBack;
    made.canRollBack = false;
    made.observation = Observation{core::WatchState::Regressed, sampleNow() - 80min,
        QStringLiteral("It was killed for lack of memory 4 minutes after the update.")};
    made.rolledBackBy = QStringLiteral("u-23");
    return made;
}

Update wayBack()
{
    Update made = begun("u-23", UpdateStatus::Succeeded, 85min,
        {QStringLiteral("preflight"), QStringLiteral("rename"), QStringLiteral("create"),
            QStringLiteral("stop"), QStringLiteral("backup"), QStringLiteral("restore"),
            QStringLiteral("start"), QStringLiteral("health"), QStringLiteral("verify"),
            QStringLiteral("commit"), QStringLiteral("cleanup")});
    made.kind = core::UpdateKind::Rollback;
    made.strategy = core::UpdateStrategy::Recreate;
    std::swap(made.from, made.to);
    made.requestedBy = QStringLiteral("system");
    made.rollbackOf = QStringLiteral("u-22");
    return made;
}

Update parkedUpdate()
{
    Update made = fullUpdate(QStringLiteral("health"));
    made.id = QStringLiteral("u-24");
    made.status = UpdateStatus::Parked;
    made.steps.resize(9);
    made.steps.back().status = StepStatus::Failed;
    Step back;
    back.name = QStringLiteral("rollback");
    back.status = StepStatus::Failed;
    back.startedAt = sampleNow() - 1min;
    back.completedAt = sampleNow() - 50s;
    made.steps.push_back(back);
    made.error = QStringLiteral(
        "The health check failed 3 times. Then the old container could not be put back: port 5432 is already "
        "in use. Both are kept; look at “nextcloud-db” and “nextcloud-db.failed-24”, then resume or cancel "
        "this update.");
    return made;
}

Update sickUpdate()
{
    Update made = finishedUpdates().front();
    const core::Timestamp start = made.steps.at(5).startedAt.value();
    const core::Timestamp back = made.steps.back().startedAt.value();
    made.lastWords = LastWords{
        {said(start, "Starting Zigbee2MQTT 2.1.3"), said(start + 3s, "Error: cannot open /dev/ttyUSB0"),
            said(start + 13s, "Error: cannot open /dev/ttyUSB0"),
            said(start + 23s, "Adapter given up, exit 1")},
        {said(start - 1h, "MQTT publish: topic 'zigbee2mqtt/hall'"),
            said(back + 2s, "Starting Zigbee2MQTT 2.1.0"), said(back + 5s, "Error: cannot open /dev/ttyUSB0"),
            said(back + 15s, "Adapter given up, exit 1")}};
    return made;
}

void scriptAfterwards(FakeBackend &backend)
{
    const std::vector<Update> open{parkedUpdate(), openUpdates().at(1)};
    const std::vector<Update> done{
        watchedUpdate(), keptUpdate(), regressedUpdate(), sickUpdate(), finishedUpdates().at(2)};
    const auto shortened = [](std::vector<Update> updates) {
        for (Update &update : updates) {
            update.log.clear();
            update.savedVolumes.clear();
            update.lastWords.reset();
        }
        return updates;
    };
    backend.answer<ListUpdates>({shortened(open), std::nullopt});
    backend.answer<ListUpdateHistory>({shortened(done), std::nullopt});
    backend.on<GetUpdate>([open, done](const UpdateRef &ref) -> core::Result<Update> {
        for (const auto &list : {open, done, std::vector{wayBack()}}) {
            const auto found = std::ranges::find(list, ref.id, &Update::id);
            if (found != list.end()) {
                return *found;
            }
        }
        return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such update."));
    });
    Update begins = wayBack();
    begins.id = QStringLiteral("u-30");
    begins.status = UpdateStatus::Pending;
    begins.rollbackOf = QStringLiteral("u-21");
    begins.completedAt.reset();
    begins.steps.clear();
    backend.answer<RollBackUpdate>(begins);
}

} // namespace dockerauto::test
