#pragma once

#include <application/containers/imagecache.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <contracts/plans.h>
#include <ports/storage.h>

namespace dockerauto::application {

/// Containers as compose files and docker commands: containers.export. Thread-safe.
class ExportService
{
public:
    ExportService(ports::Storage &storage, HostService &hosts, ImageCache &images);

    void registerOperations(OperationBus &bus);

    /// As a compose file when no format is named. NotFound for unknown containers, Unavailable while the host
    /// does not answer, InvalidArgument when nobody can tell what the image brought.
    core::Result<contracts::ContainerExport> exported(
        const contracts::ExportRequest &request, const core::CallContext &context);

private:
    ports::Storage &m_storage;
    HostService &m_hosts;
    ImageCache &m_images;
};

} // namespace dockerauto::application
