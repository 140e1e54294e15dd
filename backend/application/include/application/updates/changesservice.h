#pragma once

#include <application/containers/imagecache.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <contracts/containers.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// What a candidate would change, read from the registry only when somebody asks: containers.changes.
/// Thread-safe.
class ChangesService
{
public:
    ChangesService(
        ports::Storage &storage, HostService &hosts, ImageCache &images, ports::ImageRegistry &registry);

    void registerOperations(OperationBus &bus);

    /// Conflict when no newer image is known.
    core::Result<contracts::ImageChanges> changes(const QString &id, const core::CallContext &context);

private:
    ports::Storage &m_storage;
    HostService &m_hosts;
    ImageCache &m_images;
    ports::ImageRegistry &m_registry;
};

} // namespace dockerauto::application
