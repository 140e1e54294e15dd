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

private:
    core::Result<contracts::ContainerExport> exported(
        const contracts::ExportRequest &request, const core::CallContext &context);

    ports::Storage &m_storage;
    HostService &m_hosts;
    ImageCache &m_images;
};

} // namespace dockerauto::application
