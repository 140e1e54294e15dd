#include "selfidentity/linuxhostfolders.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QStringList>

#include <algorithm>
#include <array>

namespace dockerauto::selfidentity {

namespace {

/// Kinds of file systems whose answer may be a long time coming.
bool mayNotAnswer(const QString &kind)
{
    static const std::array far{QLatin1String("nfs"), QLatin1String("nfs4"), QLatin1String("cifs"),
        QLatin1String("smb3"), QLatin1String("ceph"), QLatin1String("glusterfs"), QLatin1String("9p"),
        QLatin1String("afs"), QLatin1String("lustre"), QLatin1String("autofs")};
    return kind.startsWith(QStringLiteral("fuse")) || std::ranges::find(far, kind) != far.end();
}

/// A blank in a path is written as \040, and so on.
QString unescaped(const QByteArray &field)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < field.size(); ++i) {
        bool octal = false;
        const int code = field[i] == '\\' ? field.mid(i + 1, 3).toInt(&octal, 8) : 0;
        bytes.append(octal ? static_cast<char>(code) : field[i]);
        i += octal ? 3 : 0;
    }
    return QString::fromUtf8(bytes);
}

bool isBelow(const QString &path, const QString &mount)
{
    return mount == QStringLiteral("/") || path == mount || path.startsWith(mount + u'/');
}

} // namespace

LinuxHostFolders::LinuxHostFolders(const ports::SelfIdentity &identity, QString mountTable)
    : m_identity(identity), m_mountTable(std::move(mountTable))
{
}

bool LinuxHostFolders::canBeSeen(const QString &path) const
{
    QFile table(m_mountTable);
    if (m_identity.containerId() || !path.startsWith(u'/') || !table.open(QIODevice::ReadOnly)) {
        return false;
    }
    QString best;
    QString kind;
    // The last of several mounts at one place is the one that is seen.
    for (const QByteArray &line : table.readAll().split('\n')) {
        const QList<QByteArray> fields = line.split(' ');
        if (fields.size() < 3) {
            continue;
        }
        const QString mount = unescaped(fields[1]);
        if (isBelow(path, mount) && mount.size() >= best.size()) {
            best = mount;
            kind = QString::fromUtf8(fields[2]);
        }
    }
    return !best.isEmpty() && !mayNotAnswer(kind);
}

std::optional<qint64> LinuxHostFolders::freeBytes(const QString &folder) const
{
    if (!canBeSeen(folder)) {
        return std::nullopt;
    }
    const QStorageInfo storage(folder);
    return storage.isValid() && storage.isReady() ? std::optional(storage.bytesAvailable()) : std::nullopt;
}

std::optional<bool> LinuxHostFolders::exists(const QString &path) const
{
    if (!canBeSeen(path)) {
        return std::nullopt;
    }
    const QFileInfo info(path);
    if (info.exists() || info.isSymLink()) {
        return true;
    }
    // Below a folder that may not be entered nothing can be told.
    QString above = path;
    do {
        above = QFileInfo(above).path();
    } while (above != QStringLiteral("/") && !QFileInfo::exists(above));
    return QFileInfo(above).isExecutable() ? std::optional(false) : std::nullopt;
}

} // namespace dockerauto::selfidentity
