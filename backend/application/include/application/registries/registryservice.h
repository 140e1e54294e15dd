#pragma once

#include <application/eventfeed.h>
#include <application/operationbus.h>
#include <contracts/registries.h>
#include <core/clock.h>
#include <ports/imageregistry.h>
#include <ports/security.h>
#include <ports/storage.h>

#include <map>
#include <mutex>

namespace dockerauto::application {

/// Settings and credentials of registries. Secrets are sealed in storage; what is kept here weighs more than
/// what `fallback` (Docker's own configuration) has. Thread-safe.
class RegistryService final : public ports::CredentialStore
{
public:
    RegistryService(ports::Storage &storage, ports::SecretBox &box, ports::CredentialStore &fallback,
        EventFeed &feed, const core::Clock &clock);

    /// Reads what is kept; before the first request to a registry.
    core::Result<> load(const core::CallContext &context);

    core::Result<std::optional<ports::RegistryCredentials>> find(
        const QString &registry, const core::CallContext &context) override;
    /// From memory; the usual ones before load().
    [[nodiscard]] ports::RegistryOptions optionsFor(const QString &registry) const;

    /// All of registries.*. `registry` is what connection tests and budgets are asked of.
    void registerOperations(OperationBus &bus, ports::ImageRegistry &registry);

private:
    /// What is known of all registries at one moment.
    struct Overview;

    core::Result<Overview> overview(
        const ports::ImageRegistry &registry, const core::CallContext &context) const;
    contracts::Registry describe(
        const Overview &overview, const QString &host, const core::CallContext &context);
    core::Result<contracts::RegistryList> list(
        const ports::ImageRegistry &registry, const core::CallContext &context);
    core::Result<contracts::Registry> get(
        const QString &id, const ports::ImageRegistry &registry, const core::CallContext &context);
    core::Result<QString> create(const contracts::NewRegistry &request, const core::CallContext &context);
    core::Result<QString> change(const contracts::RegistryChange &request, const core::CallContext &context);
    core::Result<contracts::Nothing> remove(const QString &id, const core::CallContext &context);
    core::Result<contracts::RegistryTestResult> test(const contracts::RegistryTestRequest &request,
        ports::ImageRegistry &registry, const core::CallContext &context) const;
    /// Writes, and then keeps in memory what was written.
    core::Result<> write(const ports::Storage::Work &work, const core::CallContext &context);

    ports::Storage &m_storage;
    ports::SecretBox &m_box;
    ports::CredentialStore &m_fallback;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    /// One change after the other, so that memory ends as storage does.
    std::mutex m_changing;
    mutable std::mutex m_mutex;
    std::map<QString, ports::RegistryOptions> m_options;
};

} // namespace dockerauto::application
