#pragma once

#include <ports/hostfolders.h>
#include <ports/selfidentity.h>

#include <QString>

#include <optional>

namespace dockerauto::selfidentity {

/// Looks at folders of this machine, except from within a container, whose folders are others. What lies on
/// a network file system or one that a program provides (FUSE) is not looked at, since such a look may never
/// end.
class LinuxHostFolders final : public ports::HostFolders
{
public:
    /// `mountTable` in the form of /proc/self/mounts.
    explicit LinuxHostFolders(
        const ports::SelfIdentity &identity, QString mountTable = QStringLiteral("/proc/self/mounts"));

    [[nodiscard]] std::optional<qint64> freeBytes(const QString &folder) const override;
    [[nodiscard]] std::optional<bool> exists(const QString &path) const override;

private:
    [[nodiscard]] bool canBeSeen(const QString &path) const;

    const ports::SelfIdentity &m_identity;
    QString m_mountTable;
};

} // namespace dockerauto::selfidentity
