#pragma once

#include <ports/volumesnapshots.h>

#include <mutex>

namespace dockerauto::snapshots {

/// Archives as files `NAME.zst` below a folder: one frame of zstd with the checksum of its content, so that
/// `zstd -d` reads it. The folder is made when it is needed, with 0700; files have 0600. A file gets its name
/// only when all of it is on disk. One process uses a folder at a time.
class FileArchiveStore final : public ports::ArchiveStore
{
public:
    /// `reserveBytes` always stay free on the disk.
    explicit FileArchiveStore(QString folder, qint64 reserveBytes = qint64(256) << 20);

    core::Result<qint64> write(
        const QString &name, const std::function<core::Result<>(const ports::ByteSink &)> &produce) override;
    core::Result<> read(const QString &name,
        const std::function<core::Result<>(const ports::ByteSource &)> &consume) override;
    core::Result<> remove(const QString &name) override;
    /// What is free besides the reserve.
    [[nodiscard]] core::Result<qint64> freeBytes() const override;

private:
    core::Result<> prepare();
    [[nodiscard]] QString pathOf(const QString &name) const;

    QString m_folder;
    qint64 m_reserveBytes;
    std::mutex m_mutex;
    bool m_prepared = false;
};

} // namespace dockerauto::snapshots
