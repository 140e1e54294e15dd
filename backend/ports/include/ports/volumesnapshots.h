#pragma once

#include <core/callcontext.h>
#include <core/result.h>
#include <core/vocabulary.h>
#include <ports/containerengine.h>

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace dockerauto::ports {

/// A static Linux program that empties the folders it is given, without what is mounted below them: exit code
/// 0, or 11 when it may not, 12 when they can't be written, anything else for other failures. It is put into
/// a helper container, whose image need not have anything.
struct EmptyingProgram
{
    /// As EngineInfo::architecture.
    QString architecture;
    /// Empty when there is none.
    QByteArray content;
};

/// Files of saved volumes on this machine. Names are made by the caller: letters, digits, `-`, `_`, `.`.
/// Thread-safe.
class ArchiveStore
{
public:
    virtual ~ArchiveStore() = default;
    /// Calls `produce` with a sink and keeps what it gets, compressed, once it is all on disk; nothing is
    /// left of a failure. Unavailable, in words, when the disk is full. Returns the size on disk.
    virtual core::Result<qint64> write(
        const QString &name, const std::function<core::Result<>(const ByteSink &)> &produce) = 0;
    /// The content as it was written. NotFound; Internal when it was damaged since.
    virtual core::Result<> read(
        const QString &name, const std::function<core::Result<>(const ByteSource &)> &consume) = 0;
    /// Gone already is a success.
    virtual core::Result<> remove(const QString &name) = 0;
    [[nodiscard]] virtual core::Result<qint64> freeBytes() const = 0;
};

/// Snapshots by btrfs or zfs, where a path of this machine is on a subvolume or dataset of its own. Runs the
/// programs of these file systems with arguments, never a shell. Thread-safe.
class FileSystemSnapshots
{
public:
    virtual ~FileSystemSnapshots() = default;
    /// Nothing when the path is on neither, or the program is not there or may not.
    virtual std::optional<core::SnapshotMethod> methodFor(
        const QString &path, const core::CallContext &context) = 0;
    /// Takes one under this name; what must be kept to find it again is returned.
    virtual core::Result<QString> take(core::SnapshotMethod method, const QString &path, const QString &name,
        const core::CallContext &context) = 0;
    /// Makes the content of the path what it was.
    virtual core::Result<> restore(core::SnapshotMethod method, const QString &path, const QString &reference,
        const core::CallContext &context) = 0;
    virtual core::Result<> remove(
        core::SnapshotMethod method, const QString &reference, const core::CallContext &context) = 0;
};

} // namespace dockerauto::ports
