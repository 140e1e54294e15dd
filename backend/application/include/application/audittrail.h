#pragma once

#include <contracts/dispatcher.h>
#include <core/callcontext.h>
#include <core/clock.h>
#include <core/result.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// Writes down who changed what: the intent before the effect, the outcome after it. Thread-safe.
class AuditTrail
{
public:
    AuditTrail(ports::Storage &storage, const core::Clock &clock);

    /// Fails when it could not be written; the change must then not be made.
    core::Result<> intend(const contracts::OperationInfo &operation, const contracts::CallScope &scope,
        const QString &resource, const core::CallContext &context);
    /// `error` is null after a success. A failure to write is logged: the effect is there already.
    void conclude(const contracts::OperationInfo &operation, const contracts::CallScope &scope,
        const QString &resource, const core::Error *error, const core::CallContext &context);

private:
    core::Result<> append(const contracts::OperationInfo &operation, const contracts::CallScope &scope,
        const QString &resource, const QString &outcome, const core::CallContext &context);

    ports::Storage &m_storage;
    const core::Clock &m_clock;
};

} // namespace dockerauto::application
