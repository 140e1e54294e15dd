#include "snapshots/programfilesystemsnapshots.h"

#include "filesystemkind.h"
#include "foldercontent.h"
#include "programrun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <cstring>

namespace dockerauto::snapshots {
namespace {

using core::CallContext;
using core::ErrorCode;
using core::Result;
using core::SnapshotMethod;

constexpr char folderOfSnapshots[] = ".docker-auto-snapshots";
constexpr char prefix[] = "docker-auto-";
/// Taking and removing one is a matter of seconds even on busy disks.
constexpr std::chrono::minutes shortLimit{2};

QString text(const char *value)
{
    return QString::fromLatin1(value);
}

/// Nothing else is ever deleted: `…/.docker-auto-snapshots/NAME`, `dataset@docker-auto-NAME`.
bool isOurs(SnapshotMethod method, const QString &reference)
{
    if (method == SnapshotMethod::Btrfs) {
        const QFileInfo file(reference);
        return file.isAbsolute() && QDir::cleanPath(reference) == reference &&
               file.dir().dirName() == text(folderOfSnapshots);
    }
    const QStringList parts = reference.split(u'@');
    return parts.size() == 2 && !parts.first().isEmpty() && !reference.startsWith(u'-') &&
           parts.last().startsWith(text(prefix));
}

core::Failure notOurs(const QString &reference)
{
    return core::fail(
        ErrorCode::InvalidArgument, QStringLiteral("%1 is no snapshot of this program").arg(reference));
}

} // namespace

ProgramFileSystemSnapshots::ProgramFileSystemSnapshots(QStringList programFolders, KindOf kindOf)
    : m_programFolders(std::move(programFolders)), m_kindOf(kindOf ? std::move(kindOf) : KindOf(kindOfFolder))
{
}

std::optional<SnapshotMethod> ProgramFileSystemSnapshots::methodFor(
    const QString &path, const CallContext &context)
{
    const auto kind = m_kindOf(path);
    const CallContext limited = context.within(shortLimit);
    // What has subvolumes or datasets of its own below it would be saved without them.
    if (kind == SnapshotMethod::Btrfs) {
        const auto below = run(QStringLiteral("btrfs"),
            {QStringLiteral("subvolume"), QStringLiteral("list"), QStringLiteral("-o"), path}, limited);
        return below && below->trimmed().isEmpty() ? kind : std::nullopt;
    }
    if (kind == SnapshotMethod::Zfs) {
        return datasetAt(path, limited) ? kind : std::nullopt;
    }
    return std::nullopt;
}

Result<QString> ProgramFileSystemSnapshots::take(
    SnapshotMethod method, const QString &path, const QString &name, const CallContext &context)
{
    const CallContext limited = context.within(shortLimit);
    if (method == SnapshotMethod::Zfs) {
        DOCKERAUTO_TRY_ASSIGN(dataset, datasetAt(path, limited));
        const QString reference = dataset % u'@' % text(prefix) % name;
        DOCKERAUTO_TRY(remove(method, reference, limited));
        DOCKERAUTO_TRY(run(QStringLiteral("zfs"), {QStringLiteral("snapshot"), reference}, limited));
        return reference;
    }
    if (method != SnapshotMethod::Btrfs) {
        return core::fail(ErrorCode::Unsupported, QStringLiteral("This is no snapshot of a file system"));
    }
    const QDir parent = QFileInfo(QDir::cleanPath(path)).dir();
    const QString folder = parent.filePath(text(folderOfSnapshots));
    if (!QDir().mkpath(folder) ||
        !QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        return core::fail(
            ErrorCode::Unavailable, QStringLiteral("The folder %1 can't be made for a snapshot").arg(folder));
    }
    const QString reference = QDir(folder).filePath(name);
    DOCKERAUTO_TRY(remove(method, reference, limited));
    DOCKERAUTO_TRY(run(QStringLiteral("btrfs"),
        {QStringLiteral("subvolume"), QStringLiteral("snapshot"), QStringLiteral("-r"), QDir::cleanPath(path),
            reference},
        limited));
    return reference;
}

Result<> ProgramFileSystemSnapshots::restore(
    SnapshotMethod method, const QString &path, const QString &reference, const CallContext &context)
{
    if (!isOurs(method, reference)) {
        return notOurs(reference);
    }
    // Going back by `zfs rollback` would destroy all later snapshots, also those that other programs made.
    const QString source =
        method == SnapshotMethod::Btrfs
            ? reference
            : QDir::cleanPath(path) % QStringLiteral("/.zfs/snapshot/") % reference.section(u'@', 1);
    if (!QFileInfo(source).isDir()) {
        return core::fail(ErrorCode::NotFound, QStringLiteral("The snapshot %1 is gone").arg(reference));
    }
    if (find(QStringLiteral("cp")).isEmpty()) {
        return core::fail(ErrorCode::Unsupported,
            QStringLiteral("The program cp is needed to restore %1 and is not installed").arg(path));
    }
    DOCKERAUTO_TRY(context.check());
    if (const auto emptied = emptyFolder(QFile::encodeName(path).constData()); emptied.error != 0) {
        return core::fail(ErrorCode::Internal,
            QStringLiteral("%1 could not be emptied: %2. Its snapshot %3 is kept.")
                .arg(path, QString::fromLocal8Bit(std::strerror(emptied.error)), reference));
    }
    DOCKERAUTO_TRY(run(QStringLiteral("cp"),
        {QStringLiteral("-a"), QStringLiteral("--reflink=auto"), QStringLiteral("--"),
            source % QStringLiteral("/."), QDir::cleanPath(path)},
        context));
    return {};
}

Result<> ProgramFileSystemSnapshots::remove(
    SnapshotMethod method, const QString &reference, const CallContext &context)
{
    if (!isOurs(method, reference)) {
        return notOurs(reference);
    }
    const CallContext limited = context.within(shortLimit);
    if (method == SnapshotMethod::Btrfs) {
        if (!QFileInfo::exists(reference)) {
            return {};
        }
        DOCKERAUTO_TRY(run(QStringLiteral("btrfs"),
            {QStringLiteral("subvolume"), QStringLiteral("delete"), reference}, limited));
        // Only goes when it was the last one.
        QDir().rmdir(QFileInfo(reference).path());
        return {};
    }
    const auto destroyed = run(QStringLiteral("zfs"), {QStringLiteral("destroy"), reference}, limited);
    if (!destroyed && !destroyed.error().message.contains(QLatin1String("could not find any snapshots")) &&
        !destroyed.error().message.contains(QLatin1String("does not exist"))) {
        return core::fail(destroyed.error());
    }
    return {};
}

Result<QString> ProgramFileSystemSnapshots::run(
    const QString &program, const QStringList &arguments, const CallContext &context) const
{
    const QString path = find(program);
    if (path.isEmpty()) {
        return core::fail(ErrorCode::Unsupported, QStringLiteral("%1 is not installed").arg(program));
    }
    return runProgram(path, arguments, context);
}

QString ProgramFileSystemSnapshots::find(const QString &program) const
{
    if (!m_programFolders.isEmpty()) {
        return QStandardPaths::findExecutable(program, m_programFolders);
    }
    const QString found = QStandardPaths::findExecutable(program);
    // A desktop session's PATH often lacks them.
    return found.isEmpty() ? QStandardPaths::findExecutable(
                                 program, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin"),
                                              QStringLiteral("/usr/local/sbin")})
                           : found;
}

Result<QString> ProgramFileSystemSnapshots::datasetAt(const QString &path, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(listed,
        run(QStringLiteral("zfs"),
            {QStringLiteral("list"), QStringLiteral("-H"), QStringLiteral("-o"),
                QStringLiteral("name,mountpoint"), QStringLiteral("-t"), QStringLiteral("filesystem"), path},
            context));
    const QStringList columns = listed.trimmed().split(u'\t');
    if (columns.size() != 2 || columns.at(1) != QDir::cleanPath(path)) {
        return core::fail(
            ErrorCode::NotFound, QStringLiteral("No dataset of zfs is mounted at %1").arg(path));
    }
    DOCKERAUTO_TRY_ASSIGN(tree,
        run(QStringLiteral("zfs"),
            {QStringLiteral("list"), QStringLiteral("-H"), QStringLiteral("-o"), QStringLiteral("name"),
                QStringLiteral("-t"), QStringLiteral("filesystem"), QStringLiteral("-r"), columns.first()},
            context));
    if (tree.trimmed().count(u'\n') > 0) {
        return core::fail(
            ErrorCode::Unsupported, QStringLiteral("%1 has datasets of its own").arg(columns.first()));
    }
    return columns.first();
}

} // namespace dockerauto::snapshots
