#pragma once

#include <core/json.h>

#include <QString>

#include <vector>

namespace dockerauto::application {

/// The texts of a list; nothing for what is no list, as engines write an empty one.
inline std::vector<QString> textsOf(const core::Json &list)
{
    std::vector<QString> texts;
    if (list.is_array()) {
        for (const core::Json &entry : list) {
            if (entry.is_string()) {
                texts.push_back(entry.get<QString>());
            }
        }
    }
    return texts;
}

} // namespace dockerauto::application
