#pragma once

#include <core/result.h>
#include <ports/containerengine.h>

#include <QByteArray>
#include <QString>

#include <zstd.h>

#include <memory>

namespace dockerauto::snapshots {

class Descriptor
{
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor();
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int value() const { return m_value; }

private:
    int m_value;
};

/// Compresses into a file as it gets bytes.
class ArchiveWriter
{
public:
    /// `reserveBytes` stay free on the disk.
    ArchiveWriter(int descriptor, qint64 reserveBytes);

    core::Result<> add(QByteArrayView bytes);
    /// Ends the frame, with its checksum, and waits for the disk.
    core::Result<> finish();
    [[nodiscard]] qint64 written() const { return m_written; }

private:
    core::Result<> compress(QByteArrayView bytes, ZSTD_EndDirective directive);
    core::Result<> store(const char *bytes, std::size_t size);

    struct Free
    {
        void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    };
    int m_descriptor;
    qint64 m_reserveBytes;
    qint64 m_written = 0;
    qint64 m_checkedAt = -1;
    std::unique_ptr<ZSTD_CCtx, Free> m_context;
    QByteArray m_buffer;
};

/// Gives the content of a file part by part.
class ArchiveReader
{
public:
    explicit ArchiveReader(int descriptor);

    /// Empty at the end, when all of it was there and its checksum right; Internal otherwise.
    core::Result<QByteArray> next();

private:
    core::Result<bool> refill();
    core::Result<QByteArray> end();

    struct Free
    {
        void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
    };
    int m_descriptor;
    std::unique_ptr<ZSTD_DCtx, Free> m_context;
    QByteArray m_input;
    ZSTD_inBuffer m_unread{nullptr, 0, 0};
    bool m_complete = false;
};

/// What a system call's errno means for a person.
core::Failure fileFailure(const QString &what, int error);

} // namespace dockerauto::snapshots
