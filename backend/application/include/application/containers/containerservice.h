#pragma once

#include <application/containers/containersync.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <contracts/containers.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// What can be done with a container besides updating it: list, look, start and stop, logs, settings.
class ContainerService
{
public:
    ContainerService(ports::Storage &storage, HostService &hosts, ContainerSync &sync);

    void registerOperations(OperationBus &bus);

private:
    using Control = core::Result<> (*)(ports::ContainerEngine &, const QString &, const core::CallContext &);

    core::Result<contracts::ContainerPage> list(
        const contracts::ContainerQuery &query, const CallEnvironment &environment) const;
    core::Result<ports::ContainerRecord> find(const QString &id, const CallEnvironment &environment) const;
    core::Result<contracts::Container> control(
        const QString &id, Control action, const CallEnvironment &environment);
    core::Result<contracts::LogLines> logs(
        const contracts::LogQuery &query, const CallEnvironment &environment) const;

    ports::Storage &m_storage;
    HostService &m_hosts;
    ContainerSync &m_sync;
};

} // namespace dockerauto::application
