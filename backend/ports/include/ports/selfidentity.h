#pragma once

#include <QString>

#include <optional>

namespace dockerauto::ports {

/// Whether this program itself runs in a container.
class SelfIdentity
{
public:
    virtual ~SelfIdentity() = default;
    /// The 64 digits of the container's id; nothing outside of one. The same for as long as the program runs.
    [[nodiscard]] virtual std::optional<QString> containerId() const = 0;
};

} // namespace dockerauto::ports
