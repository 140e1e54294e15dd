#pragma once

#include <models/containermodel.h>

#include <algorithm>

namespace dockerauto::ui {

struct ContainerModel::Group
{
    GroupEntry entry;
    /// Sorted by name.
    std::vector<std::unique_ptr<ContainerEntry>> rows;

    [[nodiscard]] int rowOf(const ContainerEntry *wanted) const
    {
        const auto found = std::ranges::find_if(rows, [&](const auto &row) { return row.get() == wanted; });
        return static_cast<int>(found - rows.begin());
    }
};

} // namespace dockerauto::ui
