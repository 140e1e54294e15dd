#pragma once

#include <ports/volumesnapshots.h>

#include <QStringList>

#include <functional>

namespace dockerauto::snapshots {

/// Runs `btrfs`, `zfs` and `cp`. A snapshot of btrfs is kept beside the subvolume, in
/// `.docker-auto-snapshots`; a snapshot of zfs belongs to its dataset. Both are restored by emptying the
/// folder and copying, with shared blocks where the file system can: the subvolume or dataset, its mount and
/// later snapshots of others remain.
class ProgramFileSystemSnapshots final : public ports::FileSystemSnapshots
{
public:
    /// Which file system a folder is the root of; nothing for others. The default asks the kernel.
    using KindOf = std::function<std::optional<core::SnapshotMethod>(const QString &path)>;

    /// Programs are looked for in these folders, in their order; in those of PATH and the usual ones for
    /// administrators when there are none.
    explicit ProgramFileSystemSnapshots(QStringList programFolders = {}, KindOf kindOf = {});

    std::optional<core::SnapshotMethod> methodFor(
        const QString &path, const core::CallContext &context) override;
    core::Result<QString> take(core::SnapshotMethod method, const QString &path, const QString &name,
        const core::CallContext &context) override;
    core::Result<> restore(core::SnapshotMethod method, const QString &path, const QString &reference,
        const core::CallContext &context) override;
    core::Result<> remove(
        core::SnapshotMethod method, const QString &reference, const core::CallContext &context) override;

private:
    core::Result<QString> run(
        const QString &program, const QStringList &arguments, const core::CallContext &context) const;
    [[nodiscard]] QString find(const QString &program) const;
    core::Result<QString> datasetAt(const QString &path, const core::CallContext &context) const;

    QStringList m_programFolders;
    KindOf m_kindOf;
};

} // namespace dockerauto::snapshots
