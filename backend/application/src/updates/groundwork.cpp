#include "application/updates/groundwork.h"

#include "names.h"

#include <domain/containerlinks.h>
#include <domain/injectedfiles.h>
#include <domain/updateplan.h>

#include <algorithm>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using namespace std::chrono_literals;

namespace {

bool hasLabel(const Json &inspect, const char *name)
{
    const Json &labelMap = memberOf(memberOf(inspect, "Config"), "Labels");
    return labelMap.is_object() && labelMap.contains(name);
}

Result<> refuseWhatOthersManage(const Json &inspect)
{
    const auto refuse = [](const QString &why) { return fail(ErrorCode::Unsupported, why); };
    if (hasLabel(inspect, "com.docker.swarm.task.id") || hasLabel(inspect, "com.docker.swarm.task")) {
        return refuse(
            QStringLiteral("The container is a task of a swarm service. Update the service instead."));
    }
    if (hasLabel(inspect, "io.kubernetes.pod.name")) {
        return refuse(QStringLiteral("The container is managed by Kubernetes. Update it there."));
    }
    const QString state = textOf(memberOf(inspect, "State"), "Status");
    if (state == QStringLiteral("removing") || state == QStringLiteral("dead")) {
        return refuse(QStringLiteral("The container is being removed."));
    }
    return {};
}

/// Every container, since each may be tied to another one. Of those that are known not to be there is just
/// the name: the engine answers for a container that it is starting or stopping only when it is done.
Result<std::vector<Json>> inspectAll(
    ports::ContainerEngine &engine, ContainerMemory &memory, const Json &root, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(all, engine.listContainers(context));
    std::vector<Json> inspects{root};
    for (const ports::ContainerSummary &other : all) {
        if (other.id.text() == textOf(root, "Id") || isTemporaryName(other.name)) {
            continue;
        }
        if (memory.isUntied(other.id.text())) {
            inspects.push_back(Json{{"Id", other.id.text()}, {"Name", QString(u'/' % other.name)}});
            continue;
        }
        auto inspect = engine.inspectContainer(other.id.text(), context.within(15s));
        if (inspect) {
            if (!domain::isTied(*inspect)) {
                memory.rememberUntied(other.id.text());
            }
            inspects.push_back(std::move(*inspect));
        } else if (inspect.error().code != ErrorCode::NotFound) {
            return fail(std::move(inspect.error()));
        }
    }
    return inspects;
}

/// How a container that keeps its image names it: as it does now, unless that means another image by now.
QString sameImage(ports::ContainerEngine &engine, const Json &inspect, const CallContext &context)
{
    const QString text = textOf(memberOf(inspect, "Config"), "Image");
    const QString id = textOf(inspect, "Image");
    const auto image = engine.inspectImage(text, context.within(15s));
    return image && textOf(*image, "Id") == id ? text : id;
}

Result<std::vector<QString>> carriedFilesOf(
    ports::ContainerEngine &engine, const Json &inspect, const CallContext &context)
{
    // Only what is made by compose can have some; others are not asked.
    if (!hasLabel(inspect, "com.docker.compose.project")) {
        return std::vector<QString>();
    }
    const QString id = textOf(inspect, "Id");
    DOCKERAUTO_TRY_ASSIGN(changes, engine.listChanges(id, context.within(30s)));
    std::vector<domain::ChangedPath> paths;
    for (const QString &path : domain::possiblyInjected(inspect, changes)) {
        const auto stat = engine.statPath(id, path, context.within(15s));
        if (stat) {
            paths.push_back({.path = path,
                .regularFile = stat->isRegular(),
                .sizeBytes = stat->sizeBytes,
                .modifiedAt = stat->modifiedAt});
        } else if (stat.error().code != ErrorCode::NotFound) {
            return fail(stat.error());
        }
    }
    return domain::injectedFiles(inspect, paths);
}

/// The reference that the new container names: the present one with the candidate's tag.
Result<QString> targetOf(const Json &root, const GroundworkRequest &request)
{
    const QString text = textOf(memberOf(root, "Config"), "Image");
    DOCKERAUTO_TRY_ASSIGN(reference, domain::ImageReference::parse(text));
    const QString &tag = request.candidateTag;
    if (tag.isEmpty() || tag == reference.tag.value_or(QStringLiteral("latest"))) {
        return text;
    }
    domain::ImageReference target = reference.withTag(tag);
    // Who fixed the image to a digest has the next one fixed as well.
    return reference.digest ? target.withDigest(request.candidateDigest).familiar() : target.familiar();
}

QString hashOf(const Groundwork &ground, const GroundworkRequest &request)
{
    domain::PlanEssence essence{.engineId = textOf(ground.members.front().inspect, "Id"),
        .imageId = textOf(ground.members.front().inspect, "Image"),
        .candidateTag = request.candidateTag,
        .candidateDigest = request.candidateDigest,
        .strategy = request.strategy,
        .payload = ground.members.front().spec.create,
        .dependants = {}};
    for (std::size_t i = 1; i < ground.members.size(); ++i) {
        essence.dependants.push_back(
            Json{{"id", textOf(ground.members[i].inspect, "Id")}, {"create", ground.members[i].spec.create}});
    }
    return domain::planHash(essence);
}

} // namespace

Result<Json> imageOf(ports::ContainerEngine &engine, ImageCache &images, ports::Storage &storage,
    const QString &imageId, const CallContext &context)
{
    auto image = images.inspect(engine, imageId, context.within(15s));
    if (image || image.error().code != ErrorCode::NotFound) {
        return image;
    }
    std::optional<ports::ImageConfigRecord> kept;
    DOCKERAUTO_TRY(storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.imageConfigs().find(imageId));
            kept = std::move(found);
            return {};
        },
        context));
    if (kept) {
        return kept->image;
    }
    return fail(ErrorCode::NotFound,
        QStringLiteral("The image that the container was made from is not on the host any more, and it was "
                       "gone before it was first seen, so nobody can tell what the container's owner set "
                       "from what the image brought. Make the container again by hand once."));
}

Result<Groundwork> layGroundwork(ports::ContainerEngine &engine, ImageCache &images, ContainerMemory &memory,
    ports::Storage &storage, const GroundworkRequest &request, const CallContext &context)
{
    Groundwork ground;
    DOCKERAUTO_TRY_ASSIGN(
        info, request.engine ? Result<ports::EngineInfo>(*request.engine) : engine.info(context.within(15s)));
    ground.engine = std::move(info);
    DOCKERAUTO_TRY_ASSIGN(root, engine.inspectContainer(request.engineContainerId, context.within(15s)));
    DOCKERAUTO_TRY(refuseWhatOthersManage(root));
    QString rootImage = request.imageText;
    if (rootImage.isEmpty()) {
        DOCKERAUTO_TRY_ASSIGN(target, targetOf(root, request));
        rootImage = std::move(target);
    }
    DOCKERAUTO_TRY_ASSIGN(inspects, inspectAll(engine, memory, root, context));
    DOCKERAUTO_TRY_ASSIGN(order, domain::orderOfTied(inspects, textOf(root, "Id")));
    for (const std::size_t index : order) {
        GroundworkMember member;
        member.inspect = std::move(inspects[index]);
        const bool isRoot = ground.members.empty();
        if (!isRoot) {
            DOCKERAUTO_TRY(refuseWhatOthersManage(member.inspect));
        }
        DOCKERAUTO_TRY_ASSIGN(
            image, imageOf(engine, images, storage, textOf(member.inspect, "Image"), context));
        member.oldImage = std::move(image);
        const QString imageText = isRoot ? rootImage : sameImage(engine, member.inspect, context);
        DOCKERAUTO_TRY_ASSIGN(spec, domain::recreateSpec(member.inspect, member.oldImage, {}, imageText,
                                        ground.engine.apiVersion.minor, ground.engine.defaultRuntime));
        member.spec = std::move(spec);
        DOCKERAUTO_TRY_ASSIGN(carried, carriedFilesOf(engine, member.inspect, context));
        member.carriedFiles = std::move(carried);
        ground.members.push_back(std::move(member));
    }
    ground.hash = hashOf(ground, request);
    return ground;
}

} // namespace dockerauto::application
