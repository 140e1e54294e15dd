#pragma once

#include <QString>

#include <optional>

namespace dockerauto::ports {

/// What this program knows of itself as a process. The answers are the same for as long as it runs.
class SelfIdentity
{
public:
    virtual ~SelfIdentity() = default;
    /// The 64 digits of the id of the container that it runs in; where the system tells no more, the first 12
    /// of them. Nothing outside of one. In a container that shares the network of another one it may be that
    /// one's, since they share the files that tell it.
    [[nodiscard]] virtual std::optional<QString> containerId() const = 0;
    /// The path of the running program, as this process sees it.
    [[nodiscard]] virtual QString executable() const = 0;
};

} // namespace dockerauto::ports
