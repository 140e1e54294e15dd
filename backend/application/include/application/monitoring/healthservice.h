#pragma once

#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <application/updates/checkschedule.h>
#include <application/updates/checkservice.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// Says which program this is and whether what it needs works.
class HealthService
{
public:
    HealthService(ports::Storage &storage, HostService &hosts, const CheckService &checks,
        const CheckSchedule &schedule);

    void registerOperations(OperationBus &bus);

private:
    core::Result<contracts::Health> health(const CallEnvironment &environment) const;

    ports::Storage &m_storage;
    HostService &m_hosts;
    const CheckService &m_checks;
    const CheckSchedule &m_schedule;
};

} // namespace dockerauto::application
