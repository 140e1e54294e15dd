// The images of the fake engine and of the registries that it pulls from.

#include "testsupport/fakeengine.h"

#include <algorithm>

namespace dockerauto::testsupport {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;

void FakeEngine::publish(const QString &reference, Image image)
{
    const std::lock_guard lock(m_mutex);
    if (image.fate == Fate::Healthy || image.fate == Fate::Unhealthy || image.fate == Fate::NeverHealthy ||
        image.fate == Fate::BecomesUnhealthy) {
        image.config["Healthcheck"] = Json{{"Test", {"CMD", "true"}}, {"Interval", 1'000'000'000},
            {"Timeout", 1'000'000'000}, {"Retries", 2}};
    }
    m_registry[reference] = image.id;
    m_images[image.id] = std::move(image);
}

const FakeEngine::Image *FakeEngine::findImage(const QString &idOrReference) const
{
    QString id = idOrReference;
    if (const auto tag = m_tags.find(idOrReference); tag != m_tags.end()) {
        id = tag->second;
    } else if (const qsizetype at = idOrReference.indexOf(u'@'); at >= 0) {
        const QString digest = idOrReference.mid(at + 1);
        const auto named = std::ranges::find_if(m_images, [&](const auto &image) {
            return image.second.digest == digest && m_local.contains(image.first);
        });
        id = named == m_images.end() ? QString() : named->first;
    }
    const auto image = m_images.find(id);
    return image == m_images.end() || !m_local.contains(id) ? nullptr : &image->second;
}

Result<Json> FakeEngine::inspectImage(const QString &idOrReference, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    if (m_crash.dead()) {
        return Crash::gone();
    }
    ++m_imageInspects;
    const Image *image = findImage(idOrReference);
    if (!image) {
        return fail(ErrorCode::NotFound, QStringLiteral("No such image: ") % idOrReference);
    }
    Json digests = Json::array();
    for (const QString &repository : m_local.at(image->id)) {
        digests.push_back(QString(repository % u'@' % image->digest));
    }
    Json tags = Json::array();
    for (const auto &[reference, id] : m_tags) {
        if (id == image->id) {
            tags.push_back(reference);
        }
    }
    return Json{{"Id", image->id}, {"RepoDigests", digests}, {"RepoTags", tags}, {"Config", image->config},
        {"Os", "linux"}, {"Architecture", "amd64"}};
}

Result<> FakeEngine::pullImage(const domain::ImageReference &image, const ports::RegistryAuth &,
    const std::function<void(const ports::PullProgress &)> &progress, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("pull")));
        const auto published = m_registry.find(image.familiar());
        QString id = published == m_registry.end() ? QString() : published->second;
        if (image.digest) {
            const auto named = std::ranges::find_if(
                m_images, [&](const auto &known) { return known.second.digest == *image.digest; });
            id = named == m_images.end() ? QString() : named->first;
        }
        if (id.isEmpty()) {
            return fail(ErrorCode::NotFound, QStringLiteral("manifest unknown"));
        }
        progress({.layers = 1, .bytesDone = 50, .bytesTotal = 100});
        progress({.layers = 1, .bytesDone = 100, .bytesTotal = 100});
        m_local[id].insert(image.familiarName());
        if (!image.digest) {
            m_tags[image.familiar()] = id;
        }
        return {};
    });
}

Result<> FakeEngine::tagImage(const QString &id, const domain::ImageReference &reference, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("tag")));
        if (!m_local.contains(id)) {
            return fail(ErrorCode::NotFound, QStringLiteral("No such image: ") % id);
        }
        m_tags[reference.familiar()] = id;
        return {};
    });
}

Result<> FakeEngine::removeImage(const QString &idOrReference, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    return m_crash.around([&]() -> Result<> {
        DOCKERAUTO_TRY(intercept(QStringLiteral("removeImage")));
        const Image *image = findImage(idOrReference);
        if (!image) {
            return fail(ErrorCode::NotFound, QStringLiteral("No such image: ") % idOrReference);
        }
        const QString id = image->id;
        const auto tags = std::ranges::count_if(m_tags, [&](const auto &tag) { return tag.second == id; });
        if (m_tags.contains(idOrReference) && tags > 1) {
            m_tags.erase(idOrReference);
            return {};
        }
        if (std::ranges::any_of(m_containers, [&](const auto &one) { return one.second.imageId == id; })) {
            return fail(ErrorCode::Conflict, QStringLiteral("image is being used by a container"));
        }
        std::erase_if(m_tags, [&](const auto &tag) { return tag.second == id; });
        m_local.erase(id);
        return {};
    });
}

void FakeEngine::loseImage(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_tags, [&](const auto &tag) { return tag.second == id; });
    m_local.erase(id);
}

bool FakeEngine::hasImage(const QString &idOrReference) const
{
    const std::lock_guard lock(m_mutex);
    return findImage(idOrReference) != nullptr;
}

int FakeEngine::imageInspects() const
{
    const std::lock_guard lock(m_mutex);
    return m_imageInspects;
}

} // namespace dockerauto::testsupport
