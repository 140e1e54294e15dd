#pragma once

#include "singleflight.h"

#include <core/clock.h>
#include <ports/imageregistry.h>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace dockerauto::registry {

/// Credentials as the store gives them, kept for half a minute, because a helper program may stand behind the
/// store and every request needs them. Thread-safe.
class CredentialCache
{
public:
    using Found = std::optional<ports::RegistryCredentials>;

    /// Without a store everything is anonymous.
    CredentialCache(ports::CredentialStore *store, const core::Clock &clock);

    /// Credentials that are empty count as none.
    core::Result<Found> find(const QString &registry, const core::CallContext &context);
    void forget(const QString &registry);

private:
    struct Kept
    {
        Found found;
        std::chrono::steady_clock::time_point until;
    };

    core::Result<Found> ask(const QString &registry, const core::CallContext &context);

    ports::CredentialStore *m_store;
    const core::Clock &m_clock;
    SingleFlight<QString, Found> m_flights;
    std::mutex m_mutex;
    std::map<QString, Kept> m_kept;
};

} // namespace dockerauto::registry
