// Compose copies configs and secrets that have `content` or `environment` into the container, by default to
// /NAME and /run/secrets/NAME, after it has created and before it has started it (the Compose Specification,
// configs and secrets; docker/compose, pkg/compose/secrets.go). The copies carry the time of that moment.
#include "domain/injectedfiles.h"

#include "jsonfield.h"

#include <algorithm>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;
using core::textOf;
using namespace std::chrono_literals;

constexpr std::size_t mostPaths = 200;
constexpr qint64 largestFile = 1024 * 1024;
/// Of GET /containers/{id}/changes: modified and added; 2 is deleted.
constexpr int deleted = 2;

bool isComposed(const Json &inspect)
{
    const Json &labels = memberOf(memberOf(inspect, "Config"), "Labels");
    return labels.is_object() && labels.contains("com.docker.compose.project");
}

bool isBelowMount(const Json &inspect, const QString &path)
{
    return std::ranges::any_of(items(memberOf(inspect, "Mounts")), [&](const Json &mount) {
        const QString target = textOf(mount, "Destination");
        return !target.isEmpty() && (path == target || path.startsWith(target + u'/'));
    });
}

} // namespace

std::vector<QString> possiblyInjected(const Json &inspect, const Json &changes)
{
    std::vector<QString> paths;
    if (!isComposed(inspect)) {
        return paths;
    }
    const Json &list = items(changes);
    const auto isParent = [&](const QString &path) {
        const QString prefix = path + u'/';
        return std::ranges::any_of(
            list, [&](const Json &other) { return textOf(other, "Path").startsWith(prefix); });
    };
    for (const Json &change : list) {
        const QString path = textOf(change, "Path");
        const Json &kind = memberOf(change, "Kind");
        const bool there = kind.is_number_integer() && kind.get<int>() != deleted;
        if (there && !path.isEmpty() && !isBelowMount(inspect, path) && !isParent(path) &&
            paths.size() < mostPaths) {
            paths.push_back(path);
        }
    }
    return paths;
}

std::vector<QString> injectedFiles(const Json &inspect, const std::vector<ChangedPath> &paths)
{
    std::vector<QString> files;
    const auto created = core::fromRfc3339(textOf(inspect, "Created"));
    if (!isComposed(inspect) || !created) {
        return files;
    }
    const auto started = core::fromRfc3339(textOf(memberOf(inspect, "State"), "StartedAt"));
    const Json &restarts = memberOf(inspect, "RestartCount");
    const bool first = started && *started >= *created && *started - *created < 5s &&
                       (!restarts.is_number_integer() || restarts.get<int>() == 0);
    // Files carry whole seconds in an archive.
    const auto last = first ? *started : *created + 5s;
    for (const ChangedPath &path : paths) {
        const bool fits = path.regularFile && path.sizeBytes <= largestFile && path.modifiedAt &&
                          *path.modifiedAt >= *created - 1s && *path.modifiedAt <= last;
        if (fits) {
            files.push_back(path.path);
        }
    }
    return files;
}

} // namespace dockerauto::domain
