#include "domain/containerlinks.h"

#include "jsonfield.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;
using core::textOf;

const QString containerPrefix = QStringLiteral("container:");

constexpr std::array<std::pair<const char *, Tie>, 3> modes{
    {{"NetworkMode", Tie::Network}, {"IpcMode", Tie::Ipc}, {"PidMode", Tie::Pid}}};

/// Engines take an id, its beginning, or a name with or without a slash.
bool names(const QString &text, const QString &id, const QString &name)
{
    constexpr qsizetype shortest = 12;
    return text == id || (text.startsWith(u'/') ? text.mid(1) : text) == name ||
           (text.size() >= shortest && id.startsWith(text));
}

/// The other container of `container:X`; empty for every other mode.
QString otherOf(const Json &host, const char *mode)
{
    const QString text = textOf(host, mode);
    return text.startsWith(containerPrefix) ? text.mid(containerPrefix.size()) : QString();
}

/// `/target:/self/alias` as engines show it, `target:alias` as they take it.
QString linkTarget(const QString &link)
{
    return link.section(u':', 0, 0);
}

bool mentions(const Json &list, const QString &id, const QString &name)
{
    return std::ranges::any_of(items(list), [&](const Json &entry) {
        return entry.is_string() && names(entry.get<QString>().section(u':', 0, 0), id, name);
    });
}

} // namespace

std::vector<Tie> tiesTo(const Json &inspect, const QString &id, const QString &name)
{
    const Json &host = memberOf(inspect, "HostConfig");
    std::vector<Tie> ties;
    for (const auto &[mode, tie] : modes) {
        if (const QString other = otherOf(host, mode); !other.isEmpty() && names(other, id, name)) {
            ties.push_back(tie);
        }
    }
    if (mentions(memberOf(host, "VolumesFrom"), id, name)) {
        ties.push_back(Tie::Volumes);
    }
    if (mentions(memberOf(host, "Links"), id, name)) {
        ties.push_back(Tie::Link);
    }
    return ties;
}

core::Result<std::vector<std::size_t>> orderOfTied(const std::vector<Json> &inspects, const QString &rootId)
{
    const auto idOf = [&](std::size_t i) { return textOf(inspects[i], "Id"); };
    const auto nameOf = [&](std::size_t i) { return textOf(inspects[i], "Name").mid(1); };
    std::set<std::size_t> reached;
    for (std::size_t i = 0; i < inspects.size(); ++i) {
        if (idOf(i) == rootId) {
            reached.insert(i);
        }
    }
    const auto tied = [&](std::size_t from, std::size_t to) {
        return from != to && !tiesTo(inspects[from], idOf(to), nameOf(to)).empty();
    };
    for (bool grew = true; grew;) {
        grew = false;
        for (std::size_t i = 0; i < inspects.size(); ++i) {
            const bool joins = !reached.contains(i) && std::ranges::any_of(reached,
                                                           [&](std::size_t other) { return tied(i, other); });
            grew = grew || joins;
            if (joins) {
                reached.insert(i);
            }
        }
    }
    std::vector<std::size_t> order;
    while (order.size() < reached.size()) {
        const auto next = std::ranges::find_if(reached, [&](std::size_t candidate) {
            const bool placed = std::ranges::find(order, candidate) != order.end();
            return !placed && std::ranges::all_of(reached, [&](std::size_t other) {
                return std::ranges::find(order, other) != order.end() || !tied(candidate, other);
            });
        });
        if (next == reached.end()) {
            QStringList circle;
            for (const std::size_t i : reached) {
                if (std::ranges::find(order, i) == order.end()) {
                    circle.append(u'“' + nameOf(i) + u'”');
                }
            }
            return core::fail(core::ErrorCode::Conflict,
                QStringLiteral("%1 depend on each other in a circle, so none of them can be made first")
                    .arg(circle.join(QStringLiteral(", "))));
        }
        order.push_back(*next);
    }
    return order;
}

void retie(
    Json &create, const QString &oldId, const QString &name, const QString &aside, const QString &newId)
{
    if (!memberOf(create, "HostConfig").is_object()) {
        return;
    }
    Json &host = create["HostConfig"];
    const auto isIt = [&](const QString &text) {
        return names(text, oldId, name) || names(text, oldId, aside);
    };
    for (const auto &[mode, tie] : modes) {
        if (const QString other = otherOf(host, mode); !other.isEmpty() && isIt(other)) {
            host[mode] = QString(containerPrefix + newId);
        }
    }
    if (memberOf(host, "VolumesFrom").is_array()) {
        for (Json &entry : host["VolumesFrom"]) {
            const QString text = entry.is_string() ? entry.get<QString>() : QString();
            const QString source = text.section(u':', 0, 0);
            if (!source.isEmpty() && isIt(source)) {
                entry = QString(newId + text.mid(source.size()));
            }
        }
    }
    if (memberOf(host, "Links").is_array()) {
        for (Json &entry : host["Links"]) {
            const QString text = entry.is_string() ? entry.get<QString>() : QString();
            const QString target = linkTarget(text);
            if (!target.isEmpty() && isIt(target)) {
                const QString slash = target.startsWith(u'/') ? QStringLiteral("/") : QString();
                entry = QString(slash + name + text.mid(target.size()));
            }
        }
    }
}

} // namespace dockerauto::domain
