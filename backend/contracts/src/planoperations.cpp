#include "contracts/plans.h"

#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(PreflightFinding, (), (name, finding, detail))
BOOST_DESCRIBE_STRUCT(StrategyChoice, (), (strategy, possible, why))
BOOST_DESCRIBE_STRUCT(PlannedContainer, (), (name, action, why))
BOOST_DESCRIBE_STRUCT(PlannedVolume, (), (volume, mountedAt, sizeBytes, method))
BOOST_DESCRIBE_STRUCT(PlannedBackup, (), (planned, recommended, reason, volumes, sizeBytes, expectedSeconds))
BOOST_DESCRIBE_STRUCT(Plan, (),
    (container, containerName, hash, createdAt, from, to, bump, strategy, strategies, order,
        expectedDowntimeSeconds, downtimeBasis, preflight, notes, carriedFiles, backup, rollsBackByItself,
        healthBudgetSeconds, watchSeconds, rollbackRestores, changes, payload))
BOOST_DESCRIBE_STRUCT(PlanRequest, (), (id, strategy))
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (id, format))
BOOST_DESCRIBE_STRUCT(ContainerExport, (), (format, text, notes))

DOCKERAUTO_CODEC(Plan)
DOCKERAUTO_CODEC(PlanRequest)
DOCKERAUTO_CODEC(ExportRequest)
DOCKERAUTO_CODEC(ContainerExport)

std::vector<Operation> detail::planOperations()
{
    return {makeOperation<GetPlan>(), makeOperation<ExportContainer>()};
}

} // namespace dockerauto::contracts
