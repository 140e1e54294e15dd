#include "application/containers/exportservice.h"

#include <domain/containerexport.h>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::ExportFormat;
using core::Json;
using core::Result;

namespace {

Result<ports::ContainerRecord> find(
    ports::Storage &storage, const core::ContainerId &id, const CallContext &context)
{
    ports::ContainerRecord record;
    DOCKERAUTO_TRY(storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(id));
            record = std::move(found);
            return {};
        },
        context));
    return record;
}

/// What was written down of the image when the container was first seen; null when nothing was.
Result<Json> keptImage(ports::Storage &storage, const QString &imageId, const CallContext &context)
{
    Json image;
    DOCKERAUTO_TRY(storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.imageConfigs().find(imageId));
            if (found) {
                image = std::move(found->image);
            }
            return {};
        },
        context));
    return image;
}

} // namespace

ExportService::ExportService(ports::Storage &storage, HostService &hosts, ImageCache &images)
    : m_storage(storage), m_hosts(hosts), m_images(images)
{
}

void ExportService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::ExportContainer>(
        [this](const contracts::ExportRequest &request, const CallEnvironment &environment) {
            return exported(request, environment.context);
        });
}

Result<contracts::ContainerExport> ExportService::exported(
    const contracts::ExportRequest &request, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(record, find(m_storage, core::ContainerId(request.id), context));
    DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(record.host));
    DOCKERAUTO_TRY_ASSIGN(inspect, engine->inspectContainer(record.engineId.text(), context));
    const QString imageId = core::textOf(inspect, "Image");
    auto image = m_images.inspect(*engine, imageId, context);
    if (!image && image.error().code == ErrorCode::NotFound) {
        image = keptImage(m_storage, imageId, context);
    }
    DOCKERAUTO_TRY(image);
    DOCKERAUTO_TRY_ASSIGN(info, m_hosts.info(record.host));
    const QString name = core::textOf(core::memberOf(inspect, "Config"), "Image");
    DOCKERAUTO_TRY_ASSIGN(spec,
        domain::recreateSpec(inspect, *image, Json(), name, info.apiVersion.minor, info.defaultRuntime));
    const ExportFormat format = request.format.value_or(ExportFormat::Compose);
    auto text = format == ExportFormat::Run ? domain::asRunCommand(inspect, spec)
                                            : domain::asComposeFile(inspect, spec);
    return contracts::ContainerExport{format, std::move(text.text), std::move(text.notes)};
}

} // namespace dockerauto::application
