#include "application/operationbus.h"

#include "text.h"

#include <core/logging.h>
#include <domain/roles.h>

#include <exception>

namespace dockerauto::application {

using contracts::Access;
using contracts::Effect;
using contracts::Operation;
using contracts::OperationInfo;
using contracts::Principal;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;

namespace {

/// What the audit says an operation was done to.
QString resourceOf(const OperationInfo &info, const Json &request)
{
    return info.resource == contracts::Resource::None ? QString() : core::textOf(request, "id");
}

} // namespace

Result<> authorize(const OperationInfo &operation, const Principal &principal)
{
    if (operation.access == Access::Public) {
        return {};
    }
    if (principal.kind == Principal::Kind::Anonymous) {
        return fail(ErrorCode::Unauthenticated, QStringLiteral("Sign in first"));
    }
    if (operation.access == Access::SignedIn || principal.kind != Principal::Kind::User ||
        domain::roleHolds(principal.role, operation.permission)) {
        return {};
    }
    return fail(ErrorCode::PermissionDenied,
        QStringLiteral("The role “%1” does not include “%2”. Ask an administrator for it.")
            .arg(core::toQString(principal.role), fromView(operation.permission)));
}

OperationBus::OperationBus(AuditTrail &audit, const Settings &settings)
    : m_audit(audit)
    , m_settings(settings)
    , m_pool(QStringLiteral("operations"), settings.threads, settings.maxQueued)
{
}

std::vector<QString> OperationBus::missingHandlers() const
{
    std::vector<QString> missing;
    for (const Operation &operation : contracts::operations()) {
        if (!m_handlers.contains(operation.info->name)) {
            missing.push_back(fromView(operation.info->name));
        }
    }
    return missing;
}

void OperationBus::dispatch(const Operation &operation, Json request, contracts::CallScope scope, Done done)
{
    if (auto allowed = authorize(*operation.info, scope.principal); !allowed) {
        done(fail(std::move(allowed.error())));
        return;
    }
    auto normal = operation.normalize(request);
    if (!normal) {
        done(fail(std::move(normal.error())));
        return;
    }
    // Shared: the pool copies its work, and the answer must be given exactly once, also when it is refused.
    const auto shared = std::make_shared<Done>(std::move(done));
    auto posted = m_pool.post([this, &operation, request = std::move(*normal), scope = std::move(scope),
                                  shared](const std::stop_token &stop) {
        const core::LogScope logScope("request", scope.requestId);
        const CallEnvironment environment{scope, {core::Deadline::in(m_settings.timeout), stop}};
        (*shared)(run(operation, request, environment));
    });
    if (!posted) {
        (*shared)(fail(std::move(posted.error())));
    }
}

Result<Json> OperationBus::run(
    const Operation &operation, const Json &request, const CallEnvironment &environment)
{
    const OperationInfo &info = *operation.info;
    const auto handler = m_handlers.find(info.name);
    if (handler == m_handlers.end()) {
        return fail(
            ErrorCode::Unsupported, QStringLiteral("“%1” is not offered here").arg(fromView(info.name)));
    }
    const QString resource = resourceOf(info, request);
    if (info.effect == Effect::Changes) {
        if (auto intended = m_audit.intend(info, environment.scope, resource, environment.context);
            !intended) {
            return fail(intended.error().within(
                QStringLiteral("Nothing was changed, because the audit could not be written")));
        }
    }
    auto reply = [&]() -> Result<Json> {
        try {
            return handler->second(request, environment);
        } catch (const std::exception &exception) {
            qCCritical(core::logApp) << "operation" << fromView(info.name) << "threw:" << exception.what();
            return fail(ErrorCode::Internal, QStringLiteral("The program made a mistake"));
        }
    }();
    if (info.effect == Effect::Changes) {
        m_audit.conclude(
            info, environment.scope, resource, reply ? nullptr : &reply.error(), environment.context);
    }
    if (!reply && reply.error().code == ErrorCode::Internal) {
        qCWarning(core::logApp).noquote() << fromView(info.name) << "failed:" << reply.error().text();
    }
    return reply;
}

void OperationBus::stop()
{
    m_pool.stop();
}

} // namespace dockerauto::application
