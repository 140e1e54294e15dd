#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(HostList, (), (items))
BOOST_DESCRIBE_STRUCT(ServerSettings, (), (hooksEnabled))
BOOST_DESCRIBE_STRUCT(ServerSettingsChange, (), (hooksEnabled))
BOOST_DESCRIBE_STRUCT(HostRef, (), (id))
BOOST_DESCRIBE_STRUCT(Meta, (), (name, version, api, hostName, lastCheckAt, nextCheckAt))
BOOST_DESCRIBE_STRUCT(HealthCheck, (), (status, detail))
BOOST_DESCRIBE_STRUCT(Health, (), (status, version, checks))

DOCKERAUTO_CODEC(Host)
DOCKERAUTO_CODEC(HostList)
DOCKERAUTO_CODEC(HostRef)
DOCKERAUTO_CODEC(ServerSettings)
DOCKERAUTO_CODEC(ServerSettingsChange)
DOCKERAUTO_CODEC(Nothing)
DOCKERAUTO_CODEC(Meta)
DOCKERAUTO_CODEC(Health)

std::vector<Operation> detail::systemOperations()
{
    return {makeOperation<ListHosts>(), makeOperation<GetHost>(), makeOperation<TestHost>(),
        makeOperation<GetSettings>(), makeOperation<ChangeSettings>(), makeOperation<GetMeta>(),
        makeOperation<GetHealth>()};
}

} // namespace dockerauto::contracts
