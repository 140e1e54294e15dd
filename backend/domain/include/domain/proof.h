#pragma once

#include <core/json.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

struct FieldDifference
{
    /// JSON Pointer into the inspect.
    QString path;
    QString expected;
    QString actual;
    /// Why it is harmless: the new image brought it, or the engine gives a new one each time. Empty when
    /// nothing explains it.
    QString explanation;
};

struct FaithfulnessReport
{
    int fieldsCompared = 0;
    std::vector<FieldDifference> differences;

    /// True when every difference is explained.
    [[nodiscard]] bool faithful() const;
};

/// Compares the container that an update made with the one it replaced, field by field, over Config,
/// HostConfig, Mounts and NetworkSettings. `before` and `after` are container inspects, the images those of
/// their image ids.
FaithfulnessReport proveFaithful(const core::Json &before, const core::Json &after,
    const core::Json &oldImage, const core::Json &newImage);

} // namespace dockerauto::domain
