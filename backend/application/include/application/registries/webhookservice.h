#pragma once

#include <application/operationbus.h>
#include <contracts/registries.h>
#include <core/clock.h>
#include <domain/webhookpayload.h>
#include <ports/security.h>
#include <ports/storage.h>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace dockerauto::application {

/// Addresses that registries call when something was pushed. The token in the address is the secret; only its
/// hash is kept. Thread-safe.
class WebhookService
{
public:
    /// Begins a check of these containers. Returns at once.
    using Check = std::function<core::Result<>(const std::vector<QString> &, const core::CallContext &)>;

    WebhookService(
        ports::Storage &storage, ports::Randomness &randomness, const core::Clock &clock, Check check);

    /// All of webhooks.*.
    void registerOperations(OperationBus &bus);

private:
    core::Result<contracts::WebhookList> list(const core::CallContext &context) const;
    core::Result<contracts::Webhook> create(const QString &name, const core::CallContext &context);
    core::Result<contracts::Nothing> remove(const QString &id, const core::CallContext &context);
    core::Result<contracts::WebhookAnswer> call(
        const contracts::WebhookCall &call, const core::CallContext &context);
    core::Result<ports::WebhookRecord> findByToken(
        const QString &token, const core::CallContext &context) const;
    core::Result<> noteUse(ports::WebhookRecord webhook, const core::CallContext &context);
    core::Result<std::vector<QString>> check(
        const std::vector<domain::PushedImage> &pushes, const core::CallContext &context);
    /// False when a check because of this image began less than two seconds ago.
    bool claim(const QString &image);
    void release(const std::vector<QString> &images);

    ports::Storage &m_storage;
    ports::Randomness &m_randomness;
    const core::Clock &m_clock;
    Check m_check;
    std::mutex m_mutex;
    /// When a check began, by webhook and image; for two seconds.
    std::map<QString, std::chrono::steady_clock::time_point> m_recent;
};

} // namespace dockerauto::application
