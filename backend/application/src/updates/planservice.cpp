#include "application/updates/planservice.h"
namespace dockerauto::application {
PlanService::PlanService(const Collaborators &collaborators) : m_with(collaborators) {}
void PlanService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::GetPlan>([this](const contracts::PlanRequest &request, const CallEnvironment &environment) {
        return plan(core::ContainerId(request.id), request.strategy, environment.context);
    });
}
core::Result<contracts::Plan> PlanService::plan(const core::ContainerId &, std::optional<core::UpdateStrategy>, const core::CallContext &)
{
    return core::fail(core::ErrorCode::Unsupported, QStringLiteral("stub"));
}
}
