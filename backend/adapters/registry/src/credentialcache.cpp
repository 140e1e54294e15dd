#include "credentialcache.h"

namespace dockerauto::registry {

namespace {

constexpr std::chrono::seconds keptFor{30};

bool isEmpty(const ports::RegistryCredentials &credentials)
{
    return credentials.username.isEmpty() && credentials.password.isEmpty() &&
           credentials.identityToken.isEmpty() && credentials.registryToken.isEmpty();
}

} // namespace

CredentialCache::CredentialCache(ports::CredentialStore *store, const core::Clock &clock)
    : m_store(store), m_clock(clock)
{
}

core::Result<CredentialCache::Found> CredentialCache::find(
    const QString &registry, const core::CallContext &context)
{
    if (m_store == nullptr) {
        return Found();
    }
    {
        const std::scoped_lock lock(m_mutex);
        const auto kept = m_kept.find(registry);
        if (kept != m_kept.end() && m_clock.steadyNow() < kept->second.until) {
            return kept->second.found;
        }
    }
    return m_flights.run(registry, context, [&] { return ask(registry, context); });
}

core::Result<CredentialCache::Found> CredentialCache::ask(
    const QString &registry, const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(found, m_store->find(registry, context));
    if (found && isEmpty(*found)) {
        found.reset();
    }
    const std::scoped_lock lock(m_mutex);
    m_kept[registry] = {found, m_clock.steadyNow() + keptFor};
    return found;
}

void CredentialCache::forget(const QString &registry)
{
    const std::scoped_lock lock(m_mutex);
    m_kept.erase(registry);
}

} // namespace dockerauto::registry
