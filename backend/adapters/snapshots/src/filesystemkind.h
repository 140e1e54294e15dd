#pragma once

#include <core/vocabulary.h>

#include <QString>

#include <optional>

namespace dockerauto::snapshots {

/// Btrfs for the root of a subvolume that is not mounted by itself (its snapshot has to lie beside it, on the
/// same file system); Zfs for a folder on zfs whose parent is not on the same dataset.
std::optional<core::SnapshotMethod> kindOfFolder(const QString &path);

} // namespace dockerauto::snapshots
