#pragma once

#include <QString>

#include <optional>

namespace dockerauto::selfidentity {

// Each reads one file in which an engine leaves the id of a container, all of its 64 digits.

/// /proc/self/cgroup, as of cgroups(7): `hierarchy:controllers:path`. Docker names the group `/docker/<id>`
/// or, with systemd, `docker-<id>.scope`; Podman `libpod-<id>.scope`; nerdctl and CRI-O likewise. In a name
/// space of its own, usual with version 2, the path is `/` and tells nothing.
std::optional<QString> idFromControlGroups(const QString &text);

/// /proc/self/mountinfo, as of proc(5): the fourth field is what is mounted, the fifth where. Docker mounts
/// `…/containers/<id>/hostname`, `hosts` and `resolv.conf` over those of /etc (moby, NetworkMounts in
/// container/container_unix.go), Podman `…/overlay-containers/<id>/userdata/…`, nerdctl
/// `…/containers/<namespace>/<id>/…`. Mounts elsewhere are those of other containers, as the host sees them.
std::optional<QString> idFromMounts(const QString &text);

/// /run/.containerenv of Podman, which has lines `name="value"` when the container is privileged.
std::optional<QString> idFromPodman(const QString &text);

} // namespace dockerauto::selfidentity
