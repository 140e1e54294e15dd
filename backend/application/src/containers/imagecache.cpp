#include "application/containers/imagecache.h"

#include <domain/imagereference.h>

#include <algorithm>

namespace dockerauto::application {

core::Result<core::Json> ImageCache::inspect(
    ports::ContainerEngine &engine, const QString &imageId, const core::CallContext &context)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_images.find(imageId); found != m_images.end()) {
            return found->second;
        }
    }
    auto image = engine.inspectImage(imageId, context);
    if (!image) {
        return image;
    }
    const std::lock_guard lock(m_mutex);
    if (m_images.emplace(imageId, *image).second) {
        m_order.push_back(imageId);
    }
    if (m_order.size() > m_capacity) {
        m_images.erase(m_order.front());
        m_order.pop_front();
    }
    return image;
}

core::Result<core::Json> ImageCache::inspectAs(ports::ContainerEngine &engine, const QString &imageId,
    const QString &reference, const core::CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(image, inspect(engine, imageId, context));
    const auto wanted = domain::ImageReference::parse(reference);
    const auto digests = repoDigestsOf(image);
    const bool known = wanted && std::ranges::any_of(digests, [&](const QString &text) {
        const auto digest = domain::ImageReference::parse(text);
        return digest && digest->repository() == wanted->repository();
    });
    if (known || !wanted) {
        return image;
    }
    forget(imageId);
    return inspect(engine, imageId, context);
}

void ImageCache::forget(const QString &imageId)
{
    const std::lock_guard lock(m_mutex);
    if (m_images.erase(imageId) > 0) {
        std::erase(m_order, imageId);
    }
}

std::vector<QString> repoDigestsOf(const core::Json &image)
{
    std::vector<QString> digests;
    for (const core::Json &digest : core::memberOf(image, "RepoDigests")) {
        if (digest.is_string()) {
            digests.push_back(QString::fromStdString(digest.get_ref<const std::string &>()));
        }
    }
    return digests;
}

} // namespace dockerauto::application
