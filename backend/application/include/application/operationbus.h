#pragma once

#include <application/audittrail.h>
#include <contracts/codec.h>
#include <contracts/dispatcher.h>
#include <core/callcontext.h>
#include <core/threadpool.h>

#include <chrono>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dockerauto::application {

/// What a handler is given beside the request: who asks, and how long it may take.
struct CallEnvironment
{
    contracts::CallScope scope;
    core::CallContext context;
};

/// The only door to the backend: validates, authorizes, writes the audit, and runs the handler on a pool.
/// Handlers are added before the first call; after that it is thread-safe.
class OperationBus final : public contracts::Dispatcher
{
public:
    struct Settings
    {
        int threads = 8;
        std::size_t maxQueued = 512;
        /// The longest that a handler may take; a stop of a container waits for its grace time.
        std::chrono::milliseconds timeout{120'000};
    };

    OperationBus(AuditTrail &audit, const Settings &settings);

    template <class Op>
    void handle(
        std::function<core::Result<typename Op::Reply>(const typename Op::Request &, const CallEnvironment &)>
            handler)
    {
        m_handlers[Op::info.name] = [handler = std::move(handler)](
                                        const core::Json &json, const CallEnvironment &environment) {
            auto request = contracts::decode<typename Op::Request>(json);
            if (!request) {
                return core::Result<core::Json>(core::fail(std::move(request.error())));
            }
            auto reply = handler(*request, environment);
            if (!reply) {
                return core::Result<core::Json>(core::fail(std::move(reply.error())));
            }
            return core::Result<core::Json>(contracts::encode(*reply));
        };
    }

    /// Operations that are declared but that nobody handles; must be empty at the start of the program.
    [[nodiscard]] std::vector<QString> missingHandlers() const;

    void dispatch(const contracts::Operation &operation, core::Json request, contracts::CallScope scope,
        Done done) override;
    /// Ends the pool; later calls are refused as Unavailable.
    void stop();

private:
    using Handler = std::function<core::Result<core::Json>(const core::Json &, const CallEnvironment &)>;

    core::Result<core::Json> run(
        const contracts::Operation &operation, const core::Json &request, const CallEnvironment &environment);

    AuditTrail &m_audit;
    Settings m_settings;
    std::unordered_map<std::string_view, Handler> m_handlers;
    core::ThreadPool m_pool;
};

/// Whether the principal may call the operation at all. Unauthenticated or PermissionDenied when not.
core::Result<> authorize(const contracts::OperationInfo &operation, const contracts::Principal &principal);

} // namespace dockerauto::application
