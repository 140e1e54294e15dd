#include "application/containers/imagecache.h"

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
