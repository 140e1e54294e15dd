#include "application/monitoring/healthservice.h"

#include <QSysInfo>

namespace dockerauto::application {

using contracts::Health;
using contracts::HealthCheck;
using core::Result;
using namespace std::chrono_literals;

namespace {

const QString ok = QStringLiteral("ok");
const QString degraded = QStringLiteral("degraded");
const QString down = QStringLiteral("down");

QString waiting(const std::vector<ports::UpdateRecord> &parked)
{
    QStringList names;
    for (const ports::UpdateRecord &update : parked) {
        names.append(u'“' % update.containerName % u'”');
    }
    return QStringLiteral("Parked updates wait for a person: %1. Resume or cancel them.")
        .arg(names.join(QStringLiteral(", ")));
}

} // namespace

HealthService::HealthService(
    ports::Storage &storage, HostService &hosts, const CheckService &checks, const CheckSchedule &schedule)
    : m_storage(storage), m_hosts(hosts), m_checks(checks), m_schedule(schedule)
{
}

Result<Health> HealthService::health(const CallEnvironment &environment) const
{
    std::map<QString, HealthCheck> checks;
    std::vector<ports::UpdateRecord> parked;
    const auto stored = m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.updates().list({.state = ports::UpdateFilter::State::Unfinished,
                                                                 .status = core::UpdateStatus::Parked,
                                                                 .container = {}},
                                             std::nullopt, 100));
            parked = std::move(found);
            return {};
        },
        environment.context.within(3s));
    checks[QStringLiteral("storage")] = {stored ? ok : down, stored ? QString() : stored.error().message};
    bool allEngines = true;
    for (const core::HostId &id : m_hosts.ids()) {
        const auto engine = m_hosts.engine(id);
        allEngines = allEngines && engine;
        checks[QStringLiteral("engine:") % id.text()] = {
            engine ? ok : down, engine ? QString() : engine.error().message};
    }
    // A parked update waits for a person, and nobody else will see to its container.
    checks[QStringLiteral("updates")] =
        parked.empty() ? HealthCheck{ok, {}} : HealthCheck{degraded, waiting(parked)};
    const bool whole = allEngines && parked.empty();
    Health health{.status = !stored ? down : whole ? ok : degraded, .version = {}, .checks = {}};
    if (environment.scope.principal.kind != contracts::Principal::Kind::Anonymous) {
        health.version = QStringLiteral(DOCKERAUTO_VERSION);
        health.checks = std::move(checks);
    }
    return health;
}

void HealthService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::GetHealth>([this](const contracts::Nothing &, const CallEnvironment &environment) {
        return health(environment);
    });
    bus.handle<contracts::GetMeta>([this](const contracts::Nothing &, const CallEnvironment &) {
        return Result<contracts::Meta>(contracts::Meta{.name = QStringLiteral("Docker Auto"),
            .version = QStringLiteral(DOCKERAUTO_VERSION),
            .api = QStringLiteral("v1"),
            .hostName = QSysInfo::machineHostName(),
            .lastCheckAt = m_checks.lastFullCheck(),
            .nextCheckAt = m_schedule.nextCheck()});
    });
}

} // namespace dockerauto::application
