#include "pushmatch.h"

#include <domain/imagereference.h>
#include <domain/tagchoice.h>

#include <map>
#include <set>

namespace dockerauto::application {
namespace {

using domain::PushedImage;

struct Used
{
    std::size_t container = 0;
    QString domain;
    QString tag;
    bool isVersion = false;
};

std::map<QString, std::vector<Used>> byPath(const std::vector<ports::ContainerRecord> &containers)
{
    std::map<QString, std::vector<Used>> used;
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const QString &tag = containers[i].tag;
        const auto image = domain::ImageReference::parse(containers[i].image);
        // Without a tag the image is held by its digest, and no push changes that.
        if (image && !tag.isEmpty()) {
            used[image->path].push_back(
                {i, image->domain.value_or(QString()).toLower(), tag, domain::isVersionTag(tag)});
        }
    }
    return used;
}

bool concerns(const PushedImage &push, const Used &used)
{
    return push.tag.isEmpty() || push.tag == used.tag || used.isVersion;
}

} // namespace

std::vector<QString> containersOf(
    const std::vector<PushedImage> &pushes, const std::vector<ports::ContainerRecord> &containers)
{
    const auto used = byPath(containers);
    std::set<std::size_t> concerned;
    for (const PushedImage &push : pushes) {
        const auto candidates = used.find(push.path);
        if (candidates == used.end()) {
            continue;
        }
        const bool isKnown = std::ranges::any_of(
            candidates->second, [&push](const Used &one) { return one.domain == push.domain; });
        for (const Used &one : candidates->second) {
            if ((!isKnown || one.domain == push.domain) && concerns(push, one)) {
                concerned.insert(one.container);
            }
        }
    }
    std::vector<QString> ids;
    for (const std::size_t index : concerned) {
        ids.push_back(containers[index].id.text());
    }
    return ids;
}

} // namespace dockerauto::application
