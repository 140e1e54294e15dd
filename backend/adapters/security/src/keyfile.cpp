#include "security/keyfile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dockerauto::security {

using core::ErrorCode;

namespace {

class FileDescriptor
{
public:
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    ~FileDescriptor()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool valid() const { return m_fd >= 0; }

private:
    int m_fd;
};

core::Failure systemFailure(const QString &what, const QString &path, int error)
{
    return core::fail(ErrorCode::Unavailable,
        QStringLiteral("%1 %2: %3").arg(what, path, QString::fromLocal8Bit(std::strerror(error))));
}

core::Result<> checkOwnership(int fd, const QString &path)
{
    struct stat status = {};
    if (::fstat(fd, &status) != 0) {
        return systemFailure(QStringLiteral("Cannot examine the key file"), path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return core::fail(
            ErrorCode::Corrupt, QStringLiteral("The key file %1 is not a regular file").arg(path));
    }
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        return core::fail(ErrorCode::PermissionDenied,
            QStringLiteral(
                "The key file %1 belongs to another user. Make it belong to the user that runs this "
                "program (chown).")
                .arg(path));
    }
    if ((status.st_mode & 07777 & ~static_cast<mode_t>(S_IRUSR | S_IWUSR)) != 0) {
        return core::fail(ErrorCode::PermissionDenied,
            QStringLiteral(
                "The key file %1 has the mode %2, so that more than its owner may use it. Change it "
                "with: chmod 0600 %1")
                .arg(path, QString::number(status.st_mode & 07777, 8).rightJustified(4, QLatin1Char('0'))));
    }
    return {};
}

core::Result<core::Secret> readKey(int fd, const QString &path)
{
    DOCKERAUTO_TRY(checkOwnership(fd, path));
    // One byte more than a key, to notice a file that is too long.
    QByteArray bytes(KeyFile::keySize + 1, '\0');
    qsizetype size = 0;
    while (size < bytes.size()) {
        const ssize_t got = ::read(fd, bytes.data() + size, static_cast<std::size_t>(bytes.size() - size));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemFailure(QStringLiteral("Cannot read the key file"), path, errno);
        }
        if (got == 0) {
            break;
        }
        size += got;
    }
    bytes.truncate(size);
    core::Secret key(std::move(bytes));
    if (size != KeyFile::keySize) {
        return core::fail(ErrorCode::Corrupt,
            QStringLiteral(
                "The key file %1 does not hold exactly %2 bytes. Restore it from a backup; without it "
                "what it protects cannot be read.")
                .arg(path)
                .arg(KeyFile::keySize));
    }
    return key;
}

core::Result<> writeAll(int fd, const QByteArray &bytes, const QString &path)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t put =
            ::write(fd, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return systemFailure(QStringLiteral("Cannot write the key file"), path, errno);
        }
        done += put;
    }
    if (::fsync(fd) != 0) {
        return systemFailure(QStringLiteral("Cannot write the key file"), path, errno);
    }
    return {};
}

/// Makes the name of a new file survive a power cut.
core::Result<> syncFolderOf(const QString &path)
{
    const FileDescriptor folder(::open(
        QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.valid() || ::fsync(folder.get()) != 0) {
        return systemFailure(QStringLiteral("Cannot save the folder of the key file"), path, errno);
    }
    return {};
}

/// Puts a complete file in place, unless there is one by now: then that one counts.
core::Result<> createKey(const QString &path, const core::Secret &key)
{
    QByteArray temporary = QFile::encodeName(path) + ".XXXXXX";
    const FileDescriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.valid()) {
        return systemFailure(QStringLiteral("Cannot create the key file"), path, errno);
    }
    auto result = writeAll(file.get(), key.reveal(), path);
    if (result && ::link(temporary.constData(), QFile::encodeName(path).constData()) != 0 &&
        errno != EEXIST) {
        result = systemFailure(QStringLiteral("Cannot create the key file"), path, errno);
    }
    ::unlink(temporary.constData());
    DOCKERAUTO_TRY(std::move(result));
    return syncFolderOf(path);
}

} // namespace

core::Result<core::Secret> KeyFile::readOrCreate(const QString &path, ports::Randomness &randomness)
{
    const QByteArray name = QFile::encodeName(path);
    // O_NONBLOCK: a named pipe in place of the file must not make us wait.
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    if (const FileDescriptor existing(::open(name.constData(), flags)); existing.valid()) {
        return readKey(existing.get(), path);
    }
    if (errno != ENOENT) {
        return systemFailure(QStringLiteral("Cannot open the key file"), path, errno);
    }
    DOCKERAUTO_TRY(createKey(path, core::Secret(randomness.bytes(keySize))));
    const FileDescriptor created(::open(name.constData(), flags));
    if (!created.valid()) {
        return systemFailure(QStringLiteral("Cannot open the key file"), path, errno);
    }
    return readKey(created.get(), path);
}

} // namespace dockerauto::security
