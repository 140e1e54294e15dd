#pragma once

#include <core/callcontext.h>
#include <core/json.h>
#include <core/result.h>
#include <ports/containerengine.h>

#include <QString>

#include <deque>
#include <map>
#include <mutex>
#include <vector>

namespace dockerauto::application {

/// Inspects of images by their immutable id, so that one image is asked for once however many containers run
/// it. Thread-safe.
class ImageCache
{
public:
    explicit ImageCache(std::size_t capacity = 2048) : m_capacity(capacity) {}

    core::Result<core::Json> inspect(
        ports::ContainerEngine &engine, const QString &imageId, const core::CallContext &context);
    /// The same for an image that runs under this reference. An image can be pushed or pulled under another
    /// name at any time, which adds to its RepoDigests: when they do not know the name, the engine is asked
    /// again.
    core::Result<core::Json> inspectAs(ports::ContainerEngine &engine, const QString &imageId,
        const QString &reference, const core::CallContext &context);
    /// Forgets one image: its RepoDigests change when a tag is pulled.
    void forget(const QString &imageId);

private:
    std::size_t m_capacity;
    std::mutex m_mutex;
    std::map<QString, core::Json> m_images;
    std::deque<QString> m_order;
};

/// RepoDigests of an image inspect.
std::vector<QString> repoDigestsOf(const core::Json &image);

} // namespace dockerauto::application
