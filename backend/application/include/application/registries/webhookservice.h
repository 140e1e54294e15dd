#pragma once

#include <application/operationbus.h>
#include <contracts/registries.h>
#include <core/clock.h>
#include <ports/security.h>
#include <ports/storage.h>

#include <functional>

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
    ports::Storage &m_storage;
    ports::Randomness &m_randomness;
    const core::Clock &m_clock;
    Check m_check;
};

} // namespace dockerauto::application
