#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(UpdateQuery, (), (status, container, limit, cursor))
BOOST_DESCRIBE_STRUCT(UpdatePage, (), (items, nextCursor))
BOOST_DESCRIBE_STRUCT(UpdateRef, (), (id))
BOOST_DESCRIBE_STRUCT(
    StartUpdatesRequest, (), (containers, strategy, planHash, backupVolumes, rollback, dryRun))
BOOST_DESCRIBE_STRUCT(RollbackRequest, (), (id, restoreVolumes))
BOOST_DESCRIBE_STRUCT(ResumeRequest, (), (id, direction))
BOOST_DESCRIBE_STRUCT(UpdateVerdict, (), (id, comment))
BOOST_DESCRIBE_STRUCT(StartedUpdate, (), (id, container, status))
BOOST_DESCRIBE_STRUCT(StartedUpdates, (), (items))
BOOST_DESCRIBE_STRUCT(
    AvailableUpdate, (), (container, name, decision, reason, heldBy, possibleAt, checkedAt, candidate))
BOOST_DESCRIBE_STRUCT(AvailableQuery, (), (decision, limit, cursor))
BOOST_DESCRIBE_STRUCT(AvailablePage, (), (items, nextCursor))

DOCKERAUTO_CODEC(Update)
DOCKERAUTO_CODEC(Step)
DOCKERAUTO_CODEC(Proof)
DOCKERAUTO_CODEC(UpdateQuery)
DOCKERAUTO_CODEC(UpdatePage)
DOCKERAUTO_CODEC(UpdateRef)
DOCKERAUTO_CODEC(UpdateVerdict)
DOCKERAUTO_CODEC(StartUpdatesRequest)
DOCKERAUTO_CODEC(RollbackRequest)
DOCKERAUTO_CODEC(ResumeRequest)
DOCKERAUTO_CODEC(LastWords)
DOCKERAUTO_CODEC(Observation)
DOCKERAUTO_CODEC(StartedUpdates)
DOCKERAUTO_CODEC(AvailableQuery)
DOCKERAUTO_CODEC(AvailablePage)

std::vector<Operation> detail::updateOperations()
{
    return {makeOperation<ListUpdates>(), makeOperation<StartUpdates>(), makeOperation<ListUpdateHistory>(),
        makeOperation<ListAvailableUpdates>(), makeOperation<GetUpdate>(), makeOperation<CancelUpdate>(),
        makeOperation<RollBackUpdate>(), makeOperation<ResumeUpdate>(), makeOperation<ApproveUpdate>(),
        makeOperation<RejectUpdate>()};
}

} // namespace dockerauto::contracts
