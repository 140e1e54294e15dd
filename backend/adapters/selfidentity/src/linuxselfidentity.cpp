#include "selfidentity/linuxselfidentity.h"

#include "containertraces.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace dockerauto::selfidentity {
namespace {

QString contentOf(const QDir &root, const QString &path)
{
    QFile file(root.filePath(path));
    // Files in /proc have no size, so the limit is against what should not be there.
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(4 * 1024 * 1024)) : QString();
}

/// Engines give a container its short id as its host name, unless somebody wants another one.
std::optional<QString> shortIdFromName(const QDir &root)
{
    static const QRegularExpression form(QStringLiteral("^[0-9a-f]{12}$"));
    const bool inContainer =
        root.exists(QStringLiteral(".dockerenv")) || root.exists(QStringLiteral("run/.containerenv"));
    const QString name = contentOf(root, QStringLiteral("proc/sys/kernel/hostname")).trimmed();
    return inContainer && form.match(name).hasMatch() ? std::optional(name) : std::nullopt;
}

std::optional<QString> findId(const QDir &root)
{
    // Control groups first: they are this container's own even when its network, and with it the files that
    // are mounted, is another one's.
    if (auto id = idFromControlGroups(contentOf(root, QStringLiteral("proc/self/cgroup")))) {
        return id;
    }
    if (auto id = idFromPodman(contentOf(root, QStringLiteral("run/.containerenv")))) {
        return id;
    }
    if (auto id = idFromMounts(contentOf(root, QStringLiteral("proc/self/mountinfo")))) {
        return id;
    }
    return shortIdFromName(root);
}

} // namespace

LinuxSelfIdentity::LinuxSelfIdentity(const QString &root)
    : m_containerId(findId(QDir(root)))
    , m_executable(QFile::symLinkTarget(QDir(root).filePath(QStringLiteral("proc/self/exe"))))
{
}

} // namespace dockerauto::selfidentity
