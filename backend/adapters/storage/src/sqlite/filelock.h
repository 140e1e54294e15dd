#pragma once

#include <core/result.h>

#include <QString>

namespace dockerauto::storage {

/// Holds a file for this process alone. The system lets go of it when the process ends, however that happens,
/// also inside a container, where every process has the same number and a recorded one would tell nothing.
class FileLock
{
public:
    /// Unavailable when another process, or another lock of this one, holds the file.
    static core::Result<FileLock> take(const QString &path);

    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor = -1;
};

} // namespace dockerauto::storage
