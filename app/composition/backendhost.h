#pragma once

#include "bootstrap/settings.h"

#include <contracts/dispatcher.h>
#include <core/result.h>

#include <QString>

#include <memory>

namespace dockerauto::app {

/// The whole backend, put together: adapters wired into services, services registered at the bus. Made and
/// used on one thread; what it hands out is thread-safe.
class BackendHost
{
public:
    /// Opens the storage and starts everything but the API. Blocks for as long as the storage needs.
    static core::Result<std::unique_ptr<BackendHost>> start(const Settings &settings);
    /// Ends everything in the order in which nothing is cut off: no new work, then the work, then the
    /// storage.
    ~BackendHost();
    BackendHost(const BackendHost &) = delete;
    BackendHost &operator=(const BackendHost &) = delete;

    /// Opens the API. Makes the first administrator where the settings name one; otherwise, when there is no
    /// user yet, the log gets the one-time code for the setup.
    core::Result<> listen();
    [[nodiscard]] QString listenUrl() const;

    contracts::Dispatcher &dispatcher();
    contracts::EventSource &events();

private:
    struct Parts;
    explicit BackendHost(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace dockerauto::app
