#pragma once

#include <ports/selfidentity.h>

#include <QString>

#include <optional>

namespace dockerauto::selfidentity {

/// Finds out from what Linux shows of this process whether it runs in a container, and in which: from its
/// control groups, its mounts, and at last its host name. Reads once, at construction. Thread-safe.
class LinuxSelfIdentity final : public ports::SelfIdentity
{
public:
    /// `root` is where /proc, /run and /.dockerenv are looked for.
    explicit LinuxSelfIdentity(const QString &root = QStringLiteral("/"));

    [[nodiscard]] std::optional<QString> containerId() const override { return m_containerId; }
    [[nodiscard]] QString executable() const override { return m_executable; }

private:
    std::optional<QString> m_containerId;
    QString m_executable;
};

} // namespace dockerauto::selfidentity
