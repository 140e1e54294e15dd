#include "snapshots/filearchivestore.h"

#include "archivefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace dockerauto::snapshots {
namespace {

using core::ErrorCode;
using core::Result;

QString unfinished(const QString &path)
{
    return path % QStringLiteral(".part");
}

Result<> checkName(const QString &name)
{
    static const QRegularExpression form(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,199}\\z"));
    if (!form.match(name).hasMatch()) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("“%1” can't be the name of an archive").arg(name));
    }
    return {};
}

Result<> removeFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT) {
        return fileFailure(QStringLiteral("%1 can't be deleted").arg(path), errno);
    }
    return {};
}

/// A new name is safe only once its folder is on disk as well.
Result<> syncFolder(const QString &folder)
{
    const Descriptor open(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (open.value() < 0 || ::fsync(open.value()) != 0) {
        return fileFailure(QStringLiteral("%1 can't be written").arg(folder), errno);
    }
    return {};
}

} // namespace

FileArchiveStore::FileArchiveStore(QString folder, qint64 reserveBytes)
    : m_folder(std::move(folder)), m_reserveBytes(reserveBytes)
{
}

Result<qint64> FileArchiveStore::write(
    const QString &name, const std::function<Result<>(const ports::ByteSink &)> &produce)
{
    DOCKERAUTO_TRY(checkName(name));
    DOCKERAUTO_TRY(prepare());
    const QString path = pathOf(name);
    const QString part = unfinished(path);
    DOCKERAUTO_TRY(removeFile(part));
    const Descriptor file(::open(QFile::encodeName(part).constData(),
        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.value() < 0) {
        return fileFailure(QStringLiteral("%1 can't be written").arg(part), errno);
    }
    ArchiveWriter writer(file.value(), m_reserveBytes);
    Result<> done = produce([&](QByteArrayView bytes) { return writer.add(bytes); });
    if (done) {
        done = writer.finish();
    }
    if (done && std::rename(QFile::encodeName(part).constData(), QFile::encodeName(path).constData()) != 0) {
        done = fileFailure(QStringLiteral("%1 can't be written").arg(path), errno);
    }
    if (done) {
        done = syncFolder(m_folder);
    }
    if (!done) {
        // Its own failure would hide the reason.
        std::ignore = removeFile(part);
        return core::fail(done.error());
    }
    return writer.written();
}

Result<> FileArchiveStore::read(
    const QString &name, const std::function<Result<>(const ports::ByteSource &)> &consume)
{
    DOCKERAUTO_TRY(checkName(name));
    const Descriptor file(
        ::open(QFile::encodeName(pathOf(name)).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.value() < 0) {
        if (errno == ENOENT) {
            return core::fail(
                ErrorCode::NotFound, QStringLiteral("The saved volume %1 is gone").arg(pathOf(name)));
        }
        return fileFailure(QStringLiteral("%1 can't be read").arg(pathOf(name)), errno);
    }
    ArchiveReader reader(file.value());
    bool ended = false;
    const ports::ByteSource source = [&]() -> Result<QByteArray> {
        if (ended) {
            return QByteArray();
        }
        auto part = reader.next();
        ended = part && part->isEmpty();
        return part;
    };
    DOCKERAUTO_TRY(consume(source));
    // Who stops early has not yet seen whether the checksum is right.
    while (!ended) {
        DOCKERAUTO_TRY(source());
    }
    return {};
}

Result<> FileArchiveStore::remove(const QString &name)
{
    DOCKERAUTO_TRY(checkName(name));
    DOCKERAUTO_TRY(removeFile(pathOf(name)));
    return removeFile(unfinished(pathOf(name)));
}

Result<qint64> FileArchiveStore::freeBytes() const
{
    // The folder may not have been made yet.
    QString folder = QDir::cleanPath(QFileInfo(m_folder).absoluteFilePath());
    while (!QFileInfo::exists(folder) && folder != QLatin1String("/")) {
        folder = QFileInfo(folder).path();
    }
    struct statvfs disk
    {
    };
    if (::statvfs(QFile::encodeName(folder).constData(), &disk) != 0) {
        return fileFailure(QStringLiteral("%1 can't be looked at").arg(m_folder), errno);
    }
    return std::max(qint64(0), static_cast<qint64>(disk.f_bavail * disk.f_frsize) - m_reserveBytes);
}

Result<> FileArchiveStore::prepare()
{
    const std::scoped_lock lock(m_mutex);
    if (m_prepared) {
        return {};
    }
    if (!QDir().mkpath(QFileInfo(m_folder).absolutePath()) ||
        (::mkdir(QFile::encodeName(m_folder).constData(), S_IRWXU) != 0 && errno != EEXIST)) {
        return fileFailure(QStringLiteral("The folder %1 can't be made").arg(m_folder), errno);
    }
    if (::chmod(QFile::encodeName(m_folder).constData(), S_IRWXU) != 0) {
        return fileFailure(QStringLiteral("The folder %1 can't be made private").arg(m_folder), errno);
    }
    // Left by a run that was killed.
    const QDir folder(m_folder);
    for (const QString &file : folder.entryList({QStringLiteral("*.part")}, QDir::Files)) {
        DOCKERAUTO_TRY(removeFile(folder.filePath(file)));
    }
    m_prepared = true;
    return {};
}

QString FileArchiveStore::pathOf(const QString &name) const
{
    return QDir(m_folder).filePath(name % QStringLiteral(".zst"));
}

} // namespace dockerauto::snapshots
