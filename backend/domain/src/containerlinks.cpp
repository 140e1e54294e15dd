#include "domain/containerlinks.h"

#include "jsonfield.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;
using core::textOf;

const QLatin1String sharing("container:");

struct ModeField
{
    const char *key;
    Tie tie;
};

constexpr std::array<ModeField, 3> modeFields{
    {{"NetworkMode", Tie::Network}, {"IpcMode", Tie::Ipc}, {"PidMode", Tie::Pid}}};

/// What a container says to name another one, and how.
struct Reference
{
    Tie tie;
    QString text;
};

QString withoutSlash(const QString &name)
{
    return name.startsWith(u'/') ? name.mid(1) : name;
}

QString nameOf(const Json &inspect)
{
    return withoutSlash(textOf(inspect, "Name"));
}

/// Engines take any unique beginning of an id. Shorter ones than this are likelier to be names.
bool isBeginningOf(const QString &id, const QString &text)
{
    constexpr qsizetype shortest = 4;
    return text.size() >= shortest && id.startsWith(text);
}

bool names(const QString &text, const QString &id, const QString &name)
{
    const QString plain = withoutSlash(text);
    return !plain.isEmpty() && (plain == id || plain == name || isBeginningOf(id, plain));
}

/// Elsewhere than on the default network links are names in its DNS, which stay true by themselves.
bool isOnDefaultNetwork(const Json &host)
{
    const QString mode = textOf(host, "NetworkMode");
    return mode.isEmpty() || mode == QLatin1String("default") || mode == QLatin1String("bridge") ||
           mode == QLatin1String("nat");
}

QString textOfItem(const Json &item)
{
    return item.is_string() ? item.get<QString>() : QString();
}

std::vector<Reference> referencesOf(const Json &inspect)
{
    const Json &host = memberOf(inspect, "HostConfig");
    std::vector<Reference> references;
    for (const ModeField &field : modeFields) {
        const QString mode = textOf(host, field.key);
        if (mode.startsWith(sharing)) {
            references.push_back({field.tie, mode.mid(sharing.size())});
        }
    }
    for (const Json &entry : items(memberOf(host, "VolumesFrom"))) {
        references.push_back({Tie::Volumes, textOfItem(entry).section(u':', 0, 0)});
    }
    if (isOnDefaultNetwork(host)) {
        for (const Json &link : items(memberOf(host, "Links"))) {
            references.push_back({Tie::Link, textOfItem(link).section(u':', 0, 0)});
        }
    }
    return references;
}

/// Which container an engine takes `text` for: an id, else a name, else the only one whose id begins so.
std::optional<std::size_t> resolve(const std::vector<Json> &inspects, const QString &text)
{
    const QString plain = withoutSlash(text);
    std::vector<std::size_t> beginning;
    std::optional<std::size_t> named;
    for (std::size_t i = 0; i < inspects.size(); ++i) {
        const QString id = textOf(inspects[i], "Id");
        if (id == plain) {
            return i;
        }
        if (nameOf(inspects[i]) == plain) {
            named = i;
        }
        if (isBeginningOf(id, plain)) {
            beginning.push_back(i);
        }
    }
    if (named) {
        return named;
    }
    return beginning.size() == 1 ? std::optional(beginning.front()) : std::nullopt;
}

/// For each container those that are tied to it.
std::vector<std::set<std::size_t>> tiedByTarget(const std::vector<Json> &inspects)
{
    std::vector<std::set<std::size_t>> tied(inspects.size());
    for (std::size_t i = 0; i < inspects.size(); ++i) {
        for (const Reference &reference : referencesOf(inspects[i])) {
            const auto target = resolve(inspects, reference.text);
            if (target && *target != i) {
                tied[*target].insert(i);
            }
        }
    }
    return tied;
}

std::set<std::size_t> reachedFrom(std::size_t root, const std::vector<std::set<std::size_t>> &tied)
{
    std::set<std::size_t> reached{root};
    std::vector<std::size_t> open{root};
    while (!open.empty()) {
        const std::size_t target = open.back();
        open.pop_back();
        for (const std::size_t dependant : tied[target]) {
            if (reached.insert(dependant).second) {
                open.push_back(dependant);
            }
        }
    }
    return reached;
}

/// `text` with what stands before its first colon replaced.
QString withTarget(const QString &text, const QString &target)
{
    const qsizetype colon = text.indexOf(u':');
    return colon < 0 ? target : target + text.mid(colon);
}

} // namespace

std::vector<Tie> tiesTo(const Json &inspect, const QString &id, const QString &name)
{
    std::vector<Tie> ties;
    if (textOf(inspect, "Id") == id) {
        return ties;
    }
    for (const Reference &reference : referencesOf(inspect)) {
        if (names(reference.text, id, withoutSlash(name)) &&
            std::find(ties.begin(), ties.end(), reference.tie) == ties.end()) {
            ties.push_back(reference.tie);
        }
    }
    return ties;
}

bool isTied(const Json &inspect)
{
    return !referencesOf(inspect).empty();
}

core::Result<std::vector<std::size_t>> orderOfTied(const std::vector<Json> &inspects, const QString &rootId)
{
    const auto isRoot = [&rootId](const Json &inspect) { return textOf(inspect, "Id") == rootId; };
    const auto root = std::find_if(inspects.begin(), inspects.end(), isRoot);
    if (root == inspects.end()) {
        return core::fail(core::ErrorCode::NotFound,
            QStringLiteral("The container %1 is not among those of the engine").arg(rootId.left(12)));
    }
    const auto tied = tiedByTarget(inspects);
    const auto reached = reachedFrom(static_cast<std::size_t>(root - inspects.begin()), tied);
    std::map<std::size_t, int> waitingFor;
    for (const std::size_t target : reached) {
        waitingFor.try_emplace(target, 0);
        for (const std::size_t dependant : tied[target]) {
            ++waitingFor[dependant];
        }
    }
    std::vector<std::size_t> order;
    while (!waitingFor.empty()) {
        // By name among those that are ready, so that the order does not depend on that of the engine's list.
        auto next = waitingFor.end();
        for (auto it = waitingFor.begin(); it != waitingFor.end(); ++it) {
            const bool earlier =
                next == waitingFor.end() || nameOf(inspects[it->first]) < nameOf(inspects[next->first]);
            if (it->second == 0 && earlier) {
                next = it;
            }
        }
        if (next == waitingFor.end()) {
            QStringList circle;
            for (const auto &[index, count] : waitingFor) {
                circle.push_back(nameOf(inspects[index]));
            }
            circle.sort();
            return core::fail(core::ErrorCode::Conflict,
                QStringLiteral("These containers are tied to each other in a circle, so none can be made "
                               "again before the others: %1. Make one of them independent first.")
                    .arg(circle.join(QLatin1String(", "))));
        }
        order.push_back(next->first);
        for (const std::size_t dependant : tied[next->first]) {
            --waitingFor[dependant];
        }
        waitingFor.erase(next);
    }
    return order;
}

void retie(
    Json &create, const QString &oldId, const QString &name, const QString &aside, const QString &newId)
{
    const QString plainName = withoutSlash(name);
    const QString plainAside = withoutSlash(aside);
    const auto isOld = [&](const QString &text) {
        return names(text, oldId, plainName) || (!plainAside.isEmpty() && withoutSlash(text) == plainAside);
    };
    const auto eachOf = [](Json &object, const char *key, const auto &rewrite) {
        if (!memberOf(object, key).is_array()) {
            return;
        }
        for (Json &item : object[key]) {
            if (item.is_string()) {
                item = rewrite(item.get<QString>());
            }
        }
    };
    const auto linkToName = [&](const QString &link) {
        const QString target = link.section(u':', 0, 0);
        const QString slash = target.startsWith(u'/') ? QStringLiteral("/") : QString();
        return isOld(target) ? withTarget(link, slash + plainName) : link;
    };
    if (memberOf(create, "HostConfig").is_object()) {
        Json &host = create["HostConfig"];
        for (const ModeField &field : modeFields) {
            const QString mode = textOf(host, field.key);
            if (mode.startsWith(sharing) && isOld(mode.mid(sharing.size()))) {
                host[field.key] = QString(sharing + newId);
            }
        }
        eachOf(host, "VolumesFrom", [&](const QString &entry) {
            return isOld(entry.section(u':', 0, 0)) ? withTarget(entry, newId) : entry;
        });
        eachOf(host, "Links", linkToName);
    }
    if (memberOf(memberOf(create, "NetworkingConfig"), "EndpointsConfig").is_object()) {
        for (Json &endpoint : create["NetworkingConfig"]["EndpointsConfig"]) {
            eachOf(endpoint, "Links", linkToName);
        }
    }
}

} // namespace dockerauto::domain
