#include "application/audittrail.h"

#include "text.h"

#include <core/logging.h>

namespace dockerauto::application {

using core::CallContext;
using core::Result;

AuditTrail::AuditTrail(ports::Storage &storage, const core::Clock &clock) : m_storage(storage), m_clock(clock)
{
}

Result<> AuditTrail::intend(const contracts::OperationInfo &operation, const contracts::CallScope &scope,
    const QString &resource, const CallContext &context)
{
    return append(operation, scope, resource, QStringLiteral("intent"), context);
}

void AuditTrail::conclude(const contracts::OperationInfo &operation, const contracts::CallScope &scope,
    const QString &resource, const core::Error *error, const CallContext &context)
{
    const QString outcome = error ? fromView(core::toText(error->code)) : QStringLiteral("done");
    if (auto written = append(operation, scope, resource, outcome, context); !written) {
        qCWarning(core::logStorage).noquote() << "the outcome of" << fromView(operation.name)
                                              << "is not in the audit:" << written.error().text();
    }
}

Result<> AuditTrail::append(const contracts::OperationInfo &operation, const contracts::CallScope &scope,
    const QString &resource, const QString &outcome, const CallContext &context)
{
    const ports::AuditRecord record{.time = m_clock.now(),
        .requestId = scope.requestId,
        .actor = scope.principal.name(),
        .remoteAddress = scope.remoteAddress,
        .operation = fromView(operation.name),
        .resource = resource,
        .outcome = outcome,
        .detail = {}};
    return m_storage.write(
        [&record](ports::UnitOfWork &work) { return work.audit().append(record); }, context);
}

} // namespace dockerauto::application
