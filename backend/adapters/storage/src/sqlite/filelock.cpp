#include "sqlite/filelock.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace dockerauto::storage {

core::Result<FileLock> FileLock::take(const QString &path)
{
    // Closed on exec, so that no program which this one starts keeps the lock alive.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const QString why = qt_error_string(errno);
        return core::fail(core::ErrorCode::Unavailable,
            QStringLiteral("The file %1 cannot be written (%2). Check the rights of its folder and the space "
                           "on the disk.")
                .arg(path, why));
    }
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return core::fail(core::ErrorCode::Unavailable,
            QStringLiteral(
                "Another Docker Auto is already using the folder %1. Close it, or give this one a data "
                "folder of its own.")
                .arg(QFileInfo(path).absolutePath()));
    }
    return lock;
}

FileLock::FileLock(FileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock::~FileLock()
{
    // The file stays: whoever removed it could take away the lock of the next one.
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

} // namespace dockerauto::storage
