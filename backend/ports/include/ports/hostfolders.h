#pragma once

#include <QString>

#include <optional>

namespace dockerauto::ports {

/// What can be seen of the folders of this machine, which are those of a local engine. Nothing where they
/// can't be seen: from within a container, or on a file system of another machine, which may not answer.
/// Thread-safe, does not block.
class HostFolders
{
public:
    virtual ~HostFolders() = default;
    [[nodiscard]] virtual std::optional<qint64> freeBytes(const QString &folder) const = 0;
    [[nodiscard]] virtual std::optional<bool> exists(const QString &path) const = 0;
};

} // namespace dockerauto::ports
