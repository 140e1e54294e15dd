#include "application/updates/changesservice.h"

#include "checkrun.h"

#include <application/policies/rulebook.h>
#include <core/json.h>
#include <domain/imagediff.h>
#include <domain/imagemanifest.h>

#include <set>

namespace dockerauto::application {

using contracts::ImageChanges;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using domain::ImageReference;
using domain::ManifestDocument;

namespace {

constexpr qsizetype maxConfig = 4 * 1024 * 1024;
constexpr int maxDepth = 4;

/// The manifest of the image for the platform, through as many indexes as there are.
Result<ManifestDocument> manifestFor(ports::ImageRegistry &registry, ImageReference image,
    const domain::Platform &platform, const CallContext &context)
{
    for (int depth = 0; depth < maxDepth; ++depth) {
        DOCKERAUTO_TRY_ASSIGN(remote, registry.get(image, context));
        DOCKERAUTO_TRY_ASSIGN(document, domain::readManifest(remote.body));
        if (!document.isIndex) {
            return document;
        }
        const auto entry = domain::entryFor(document, platform);
        if (!entry) {
            return fail(ErrorCode::NotFound, QStringLiteral("%1 does not exist for %2/%3")
                                                 .arg(image.familiar(), platform.os, platform.architecture));
        }
        image = image.withDigest(entry->digest);
    }
    return fail(ErrorCode::Corrupt, QStringLiteral("The registry lists the image in too many lists"));
}

Result<Json> configOf(ports::ImageRegistry &registry, const ImageReference &image,
    const ManifestDocument &manifest, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(bytes, registry.blob(image, manifest.configDigest, maxConfig, context));
    return core::parsePeerJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

std::map<QString, QString> labelsOf(const Json &config)
{
    std::map<QString, QString> labels;
    const Json &all = memberOf(config, "Labels");
    if (all.is_object()) {
        for (const auto &[name, value] : all.items()) {
            if (value.is_string()) {
                labels.emplace(QString::fromStdString(name), value.get<QString>());
            }
        }
    }
    return labels;
}

QString versionIn(const std::map<QString, QString> &labels)
{
    const auto found = labels.find(QStringLiteral("org.opencontainers.image.version"));
    return found == labels.end() ? QString() : found->second;
}

/// What an engine knows of its image's layers is the digests of their unpacked content, so the two images are
/// compared by their manifests.
void compareLayers(ImageChanges &changes, const ManifestDocument &before, const ManifestDocument &after)
{
    std::set<QString> old;
    std::set<QString> fresh;
    for (const auto &layer : before.layers) {
        old.insert(layer.digest);
    }
    for (const auto &layer : after.layers) {
        const bool shared = old.contains(layer.digest);
        fresh.insert(layer.digest);
        changes.totalBytes += layer.sizeBytes;
        changes.downloadBytes += shared ? 0 : layer.sizeBytes;
        changes.layers.push_back(
            {layer.digest, layer.sizeBytes, shared ? QStringLiteral("shared") : QStringLiteral("added")});
    }
    for (const auto &layer : before.layers) {
        if (!fresh.contains(layer.digest)) {
            changes.layers.push_back({layer.digest, layer.sizeBytes, QStringLiteral("removed")});
        }
    }
}

} // namespace

ChangesService::ChangesService(
    ports::Storage &storage, HostService &hosts, ImageCache &images, ports::ImageRegistry &registry)
    : m_storage(storage), m_hosts(hosts), m_images(images), m_registry(registry)
{
}

Result<ImageChanges> ChangesService::changes(const QString &id, const CallContext &context)
{
    ports::ContainerRecord container;
    QString notesTemplate;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(core::ContainerId(id)));
            DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
            container = std::move(found);
            notesTemplate = book.rulesFor(container).rules.releaseNotes;
            return {};
        },
        context));
    const auto &decision = container.decision;
    if (decision.candidateDigest.isEmpty()) {
        return fail(
            ErrorCode::Conflict, QStringLiteral("No newer image of “%1” is known").arg(container.name));
    }
    DOCKERAUTO_TRY_ASSIGN(reference, ImageReference::parse(referenceOf(container)));
    reference.digest.reset();
    DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(container.host));
    DOCKERAUTO_TRY_ASSIGN(image, m_images.inspect(*engine, container.imageId, context));
    const domain::Platform platform{
        core::textOf(image, "Os"), core::textOf(image, "Architecture"), core::textOf(image, "Variant")};
    const ImageReference target =
        reference.withTag(decision.candidateTag).withDigest(decision.candidateDigest);
    DOCKERAUTO_TRY_ASSIGN(after, manifestFor(m_registry, target, platform, context));
    DOCKERAUTO_TRY_ASSIGN(config, configOf(m_registry, target, after, context));
    const Json &oldConfig = memberOf(image, "Config");
    const Json &newConfig = memberOf(config, "config");
    const auto labels = labelsOf(newConfig);

    ImageChanges changes;
    changes.container = container.id.text();
    changes.from = {container.image, container.tag, container.digest};
    changes.to = {container.image, decision.candidateTag, decision.candidateDigest};
    changes.releaseNotes = domain::releaseNotesAddress(notesTemplate, decision.candidateTag, labels);
    changes.fromVersion = versionIn(labelsOf(oldConfig));
    changes.toVersion = versionIn(labels);
    changes.architecture = core::textOf(config, "os") % u'/' % core::textOf(config, "architecture");
    for (auto &change : domain::configChanges(oldConfig, newConfig)) {
        changes.config.push_back(
            {std::move(change.field), std::move(change.before), std::move(change.after)});
    }
    // The old image may be gone from the registry; then nothing is known to be shared.
    ManifestDocument before;
    if (!container.digest.isEmpty()) {
        if (auto old = manifestFor(m_registry, reference.withDigest(container.digest), platform, context)) {
            before = std::move(*old);
        }
    }
    compareLayers(changes, before, after);
    return changes;
}

void ChangesService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::GetImageChanges>(
        [this](const contracts::ContainerRef &request, const CallEnvironment &environment) {
            return changes(request.id, environment.context.within(std::chrono::seconds(60)));
        });
}

} // namespace dockerauto::application
