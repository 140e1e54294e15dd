#pragma once

#include <cstddef>

// Shared with the static program, so nothing of Qt here.

namespace dockerauto::snapshots {

struct EmptyingResult
{
    std::size_t removed = 0;
    /// The first errno that kept something from being removed; 0 when all of it is gone.
    int error = 0;
};

/// Removes everything below a folder, but not the folder. Follows no symbolic link and stays on the mount of
/// the folder: what is mounted below it keeps its content. Goes on after a failure.
EmptyingResult emptyFolder(const char *path);

/// The number by which the kernel knows the mount of an open file, or -1 without /proc.
int mountOf(int descriptor);

} // namespace dockerauto::snapshots
