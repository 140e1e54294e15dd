#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// What ties one container to another so that it has to be made again whenever the other one is: the engine
/// keeps the other one's *id*, or, with links, follows its renaming.
enum class Tie
{
    Network,
    Ipc,
    Pid,
    Volumes,
    /// `--link` on the default network.
    Link
};

/// How the container of `inspect` is tied to the one with this id and name; empty for not at all.
std::vector<Tie> tiesTo(const core::Json &inspect, const QString &id, const QString &name);

/// Whether the container of this inspect is tied to any other. What is said of the network, the processes and
/// the volumes is fixed when a container is made, and links can only become fewer.
bool isTied(const core::Json &inspect);

/// The order in which containers that are tied to each other, directly or through others, to the one with
/// `rootId` are made again: itself first, then those tied to it, and so on. Indexes into `inspects`. Conflict
/// with the names when the ties form a circle.
core::Result<std::vector<std::size_t>> orderOfTied(
    const std::vector<core::Json> &inspects, const QString &rootId);

/// Rewrites every tie of a create body from the container `oldId` (also called `name`, or `aside` since it
/// was renamed) to `newId`; links are to `name`.
void retie(core::Json &create, const QString &oldId, const QString &name, const QString &aside,
    const QString &newId);

} // namespace dockerauto::domain
