#include "archivefile.h"

#include <cerrno>
#include <cstring>

#include <sys/statvfs.h>
#include <unistd.h>

namespace dockerauto::snapshots {
namespace {

using core::ErrorCode;
using core::Result;

/// Archives of volumes are written while a container waits, so speed counts more than the last percent.
constexpr int level = 1;
/// How much is written before the disk is looked at again.
constexpr qint64 betweenLooks = qint64(16) << 20;

core::Failure full()
{
    return core::fail(ErrorCode::Unavailable,
        QStringLiteral("The disk for saved volumes is full. Free some space, or delete old versions."));
}

core::Failure damaged()
{
    return core::fail(ErrorCode::Internal,
        QStringLiteral(
            "The saved volume is damaged: its file was changed or cut. Nothing was restored from it."));
}

} // namespace

core::Failure fileFailure(const QString &what, int error)
{
    if (error == ENOSPC || error == EDQUOT) {
        return full();
    }
    return core::fail(
        error == EACCES || error == EPERM ? ErrorCode::PermissionDenied : ErrorCode::Unavailable,
        what % QStringLiteral(": ") % QString::fromLocal8Bit(std::strerror(error)));
}

Descriptor::~Descriptor()
{
    if (m_value >= 0) {
        ::close(m_value);
    }
}

ArchiveWriter::ArchiveWriter(int descriptor, qint64 reserveBytes)
    : m_descriptor(descriptor)
    , m_reserveBytes(reserveBytes)
    , m_context(ZSTD_createCCtx())
    , m_buffer(static_cast<qsizetype>(ZSTD_CStreamOutSize()), Qt::Uninitialized)
{
    if (m_context) {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, level);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
    }
}

Result<> ArchiveWriter::add(QByteArrayView bytes)
{
    return compress(bytes, ZSTD_e_continue);
}

Result<> ArchiveWriter::finish()
{
    DOCKERAUTO_TRY(compress({}, ZSTD_e_end));
    if (::fsync(m_descriptor) != 0) {
        return fileFailure(QStringLiteral("A saved volume can't be written"), errno);
    }
    return {};
}

Result<> ArchiveWriter::compress(QByteArrayView bytes, ZSTD_EndDirective directive)
{
    if (!m_context) {
        return core::fail(ErrorCode::Unavailable, QStringLiteral("There is not enough memory to compress"));
    }
    ZSTD_inBuffer input{bytes.data(), static_cast<std::size_t>(bytes.size()), 0};
    bool more = true;
    while (more) {
        ZSTD_outBuffer output{m_buffer.data(), static_cast<std::size_t>(m_buffer.size()), 0};
        const std::size_t left = ZSTD_compressStream2(m_context.get(), &output, &input, directive);
        if (ZSTD_isError(left) != 0) {
            return core::fail(ErrorCode::Internal, QStringLiteral("A saved volume can't be compressed: %1")
                                                       .arg(QString::fromLatin1(ZSTD_getErrorName(left))));
        }
        DOCKERAUTO_TRY(store(m_buffer.constData(), output.pos));
        more = directive == ZSTD_e_end ? left != 0 : input.pos < input.size;
    }
    return {};
}

Result<> ArchiveWriter::store(const char *bytes, std::size_t size)
{
    if (size > 0 && (m_checkedAt < 0 || m_written - m_checkedAt >= betweenLooks)) {
        struct statvfs disk
        {
        };
        if (::fstatvfs(m_descriptor, &disk) == 0 &&
            static_cast<qint64>(disk.f_bavail * disk.f_frsize) < m_reserveBytes) {
            return full();
        }
        m_checkedAt = m_written;
    }
    while (size > 0) {
        const ssize_t count = ::write(m_descriptor, bytes, size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return fileFailure(QStringLiteral("A saved volume can't be written"), count < 0 ? errno : EIO);
        }
        bytes += count;
        size -= static_cast<std::size_t>(count);
        m_written += count;
    }
    return {};
}

ArchiveReader::ArchiveReader(int descriptor)
    : m_descriptor(descriptor)
    , m_context(ZSTD_createDCtx())
    , m_input(static_cast<qsizetype>(ZSTD_DStreamInSize()), Qt::Uninitialized)
{
}

Result<QByteArray> ArchiveReader::next()
{
    if (!m_context) {
        return core::fail(ErrorCode::Unavailable, QStringLiteral("There is not enough memory to decompress"));
    }
    QByteArray part(static_cast<qsizetype>(ZSTD_DStreamOutSize()), Qt::Uninitialized);
    ZSTD_outBuffer output{part.data(), static_cast<std::size_t>(part.size()), 0};
    while (!m_complete && output.pos < output.size) {
        if (m_unread.pos == m_unread.size) {
            DOCKERAUTO_TRY_ASSIGN(more, refill());
            if (!more) {
                return damaged();
            }
        }
        const std::size_t left = ZSTD_decompressStream(m_context.get(), &output, &m_unread);
        if (ZSTD_isError(left) != 0) {
            return damaged();
        }
        m_complete = left == 0;
    }
    if (output.pos == 0) {
        return end();
    }
    part.truncate(static_cast<qsizetype>(output.pos));
    return part;
}

Result<QByteArray> ArchiveReader::end()
{
    const bool unread = m_unread.pos != m_unread.size;
    DOCKERAUTO_TRY_ASSIGN(more, refill());
    if (unread || more) {
        return damaged();
    }
    return QByteArray();
}

Result<bool> ArchiveReader::refill()
{
    ssize_t count = -1;
    do {
        count = ::read(m_descriptor, m_input.data(), static_cast<std::size_t>(m_input.size()));
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return fileFailure(QStringLiteral("A saved volume can't be read"), errno);
    }
    m_unread = {m_input.constData(), static_cast<std::size_t>(count), 0};
    return count > 0;
}

} // namespace dockerauto::snapshots
