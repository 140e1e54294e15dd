#include "application/updates/planservice.h"

#include "candidateground.h"
#include "planparts.h"
#include "planpreflight.h"
#include "preflightchecks.h"
#include "updatetimes.h"

#include <domain/healthgate.h>

namespace dockerauto::application {

using contracts::Plan;
using core::CallContext;
using core::Result;
using core::UpdateStrategy;
using ports::UpdateFilter;
using namespace std::chrono_literals;

namespace {

/// A plan that comes later is of no use to somebody who waits for it.
constexpr auto longestPlan = 25s;
/// How many earlier updates are asked how long nobody was served.
constexpr std::size_t mostEarlier = 5;

} // namespace

/// What the storage knows of the container and of how the rules want it updated.
struct PlanService::Known
{
    ports::ContainerRecord container;
    ChosenCare chosen;
    std::vector<std::chrono::milliseconds> earlier;
};

PlanService::PlanService(const Collaborators &collaborators) : m_with(collaborators) {}

void PlanService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::GetPlan>(
        [this](const contracts::PlanRequest &request, const CallEnvironment &environment) {
            return plan(core::ContainerId(request.id), request.strategy, environment.context);
        });
}

Result<PlanService::Known> PlanService::read(const core::ContainerId &id, const CallContext &context)
{
    Known known;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
            DOCKERAUTO_TRY_ASSIGN(chosen, careByRules(work, container));
            DOCKERAUTO_TRY_ASSIGN(
                rows, work.updates().list(
                          {.status = core::UpdateStatus::Succeeded, .container = id}, std::nullopt, 20));
            for (const ports::UpdateRecord &row : rows) {
                if (row.kind != core::UpdateKind::Update || known.earlier.size() == mostEarlier) {
                    continue;
                }
                DOCKERAUTO_TRY_ASSIGN(steps, work.updates().steps(row.id));
                if (const auto span = servedNobody(steps)) {
                    known.earlier.push_back(*span);
                }
            }
            known.container = std::move(container);
            known.chosen = std::move(chosen);
            return {};
        },
        context));
    return known;
}

contracts::PlannedBackup PlanService::planBackup(
    const Known &known, const core::Json &inspect, ports::ContainerEngine &engine, const CallContext &context)
{
    contracts::PlannedBackup backup;
    if (auto planned = m_with.snapshots.plan(inspect, known.container.id, engine, context.within(8s))) {
        backup = std::move(*planned);
    } else {
        backup.reason = planned.error().message;
    }
    const bool possible = backup.reason.isEmpty() && !backup.volumes.empty();
    backup.recommended = known.chosen.advice.recommended;
    backup.planned = known.chosen.savesVolumes && possible;
    if (possible) {
        backup.reason = known.chosen.advice.reason;
    }
    return backup;
}

Result<Plan> PlanService::plan(
    const core::ContainerId &id, std::optional<UpdateStrategy> strategy, const CallContext &given)
{
    const CallContext context = given.within(longestPlan);
    DOCKERAUTO_TRY_ASSIGN(known, read(id, context));
    const ports::ContainerRecord &container = known.container;
    DOCKERAUTO_TRY(checkCandidate(container, strategy));
    DOCKERAUTO_TRY_ASSIGN(engine, m_with.hosts.engine(container.host));
    DOCKERAUTO_TRY_ASSIGN(ground,
        layCandidateGround(*engine, m_with.images, m_with.memory, m_with.storage, container, context));
    const core::Json &inspect = ground.members.front().inspect;
    const domain::UpdateCare &care = known.chosen.care;

    Plan plan;
    plan.container = container.id.text();
    plan.containerName = container.name;
    plan.hash = ground.hash;
    plan.createdAt = m_with.clock.now();
    plan.from = {container.image, container.tag, container.digest};
    plan.to = {container.image, container.decision.candidateTag, container.decision.candidateDigest};
    plan.bump = container.decision.bump;
    plan.strategy = onlyStrategy;
    plan.strategies = strategiesFor(inspect);
    plan.order = stopOrder(ground.members);
    plan.notes = notesOf(ground.members);
    for (QString &note : circumstances(container, inspect, care)) {
        plan.notes.push_back(std::move(note));
    }
    plan.carriedFiles = carriedFilesOf(ground.members);
    plan.payload = withoutValues(ground.members.front().spec.create);
    plan.backup = planBackup(known, inspect, *engine, context);
    const Looked looked{container, ground, *engine};
    plan.preflight.push_back(checkEngine(ground.engine));
    lookAtRegistry(plan, looked, context);
    lookAtDisk(plan, looked);
    lookAtMounts(plan, looked, context);
    lookAtOthers(plan, looked, context);
    const auto backup =
        std::chrono::seconds(plan.backup.planned ? plan.backup.expectedSeconds.value_or(0) : 0);
    if (plan.backup.planned && !plan.backup.expectedSeconds) {
        plan.notes.push_back(
            QStringLiteral("How long saving its volumes takes is not known, since the engine "
                           "does not tell their sizes; the container is stopped meanwhile."));
    }
    const Downtime downtime = expectedDowntime(known.earlier, ground.members, m_with.stableFor, backup);
    plan.expectedDowntimeSeconds = downtime.seconds;
    plan.downtimeBasis = downtime.basis;
    const domain::HealthGate gate(inspect, {.stableFor = m_with.stableFor, .slack = m_with.healthSlack});
    plan.healthBudgetSeconds =
        std::chrono::ceil<std::chrono::seconds>(healthBudget(gate, care.probe)).count();
    plan.watchSeconds = care.watch.count();
    plan.rollsBackByItself = care.rollback;
    plan.rollbackRestores = whatGoingBackRestores(ground.members, plan.backup, care);
    return plan;
}

} // namespace dockerauto::application
