#pragma once

#include <application/operationbus.h>
#include <contracts/system.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// What administrators decide for the whole program: settings.get, settings.change. Thread-safe.
class SettingsService
{
public:
    explicit SettingsService(ports::Storage &storage);

    void registerOperations(OperationBus &bus);
    core::Result<contracts::ServerSettings> current(const core::CallContext &context) const;

private:
    ports::Storage &m_storage;
};

} // namespace dockerauto::application
