#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(ContainerQuery, (), (search, host, status, project, decision, limit, cursor))
BOOST_DESCRIBE_STRUCT(ContainerPage, (), (items, nextCursor, total))
BOOST_DESCRIBE_STRUCT(ContainerRef, (), (id))
BOOST_DESCRIBE_STRUCT(ContainerSettings, (), (id, updatePolicy, strategy, rules))
BOOST_DESCRIBE_STRUCT(SkipRequest, (), (id, digest))
BOOST_DESCRIBE_STRUCT(SnoozeRequest, (), (id, until))
BOOST_DESCRIBE_STRUCT(AppliedRule, (), (field, value, source))
BOOST_DESCRIBE_STRUCT(ActiveHold, (), (kind, tag, digest, until, reason, createdBy, createdAt))
BOOST_DESCRIBE_STRUCT(
    Explanation, (), (update, rules, rejected, rejectedTotal, holds, problems, registry, registryState))
BOOST_DESCRIBE_STRUCT(CheckRequest, (), (containers))
BOOST_DESCRIBE_STRUCT(CheckStarted, (), (id, containers))
BOOST_DESCRIBE_STRUCT(LogQuery, (), (id, tail, since))
BOOST_DESCRIBE_STRUCT(LogLines, (), (lines))

DOCKERAUTO_CODEC(Container)
DOCKERAUTO_CODEC(ContainerQuery)
DOCKERAUTO_CODEC(ContainerPage)
DOCKERAUTO_CODEC(ContainerRef)
DOCKERAUTO_CODEC(ContainerSettings)
DOCKERAUTO_CODEC(CheckRequest)
DOCKERAUTO_CODEC(CheckStarted)
DOCKERAUTO_CODEC(LogQuery)
DOCKERAUTO_CODEC(LogLines)
DOCKERAUTO_CODEC(SkipRequest)
DOCKERAUTO_CODEC(SnoozeRequest)
DOCKERAUTO_CODEC(Explanation)
DOCKERAUTO_CODEC(ImageChanges)

std::vector<Operation> detail::containerOperations()
{
    return {makeOperation<ListContainers>(), makeOperation<CheckContainers>(), makeOperation<GetContainer>(),
        makeOperation<ChangeContainer>(), makeOperation<StartContainer>(), makeOperation<StopContainer>(),
        makeOperation<RestartContainer>(), makeOperation<PauseContainer>(), makeOperation<UnpauseContainer>(),
        makeOperation<ReadContainerLogs>(), makeOperation<CheckContainer>(),
        makeOperation<ExplainContainer>(), makeOperation<GetImageChanges>(), makeOperation<SkipVersion>(),
        makeOperation<SnoozeUpdates>(), makeOperation<OfferAgain>()};
}

} // namespace dockerauto::contracts
