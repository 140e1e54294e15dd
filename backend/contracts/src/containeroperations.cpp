#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(ContainerQuery, (), (search, host, status, project, decision, limit, cursor))
BOOST_DESCRIBE_STRUCT(ContainerPage, (), (items, nextCursor, total))
BOOST_DESCRIBE_STRUCT(ContainerRef, (), (id))
BOOST_DESCRIBE_STRUCT(ContainerSettings, (), (id, updatePolicy, strategy))
BOOST_DESCRIBE_STRUCT(CheckRequest, (), (containers))
BOOST_DESCRIBE_STRUCT(CheckStarted, (), (id, containers))
BOOST_DESCRIBE_STRUCT(LogQuery, (), (id, tail, since))
BOOST_DESCRIBE_STRUCT(LogLine, (), (time, stream, text))
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

std::vector<Operation> detail::containerOperations()
{
    return {makeOperation<ListContainers>(), makeOperation<CheckContainers>(), makeOperation<GetContainer>(),
        makeOperation<ChangeContainer>(), makeOperation<StartContainer>(), makeOperation<StopContainer>(),
        makeOperation<RestartContainer>(), makeOperation<PauseContainer>(), makeOperation<UnpauseContainer>(),
        makeOperation<ReadContainerLogs>(), makeOperation<CheckContainer>()};
}

} // namespace dockerauto::contracts
