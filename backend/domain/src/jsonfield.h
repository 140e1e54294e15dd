#pragma once

#include <core/json.h>

#include <algorithm>
#include <utility>

namespace dockerauto::domain {

// Engines write "nothing" as a missing member, as null, or as an empty array, object or text. These make it
// one.

/// The value itself where it is an array, else an empty array.
inline const core::Json &items(const core::Json &value)
{
    static const core::Json none = core::Json::array();
    return value.is_array() ? value : none;
}

/// The value itself where it is an object, else an empty object.
inline const core::Json &members(const core::Json &value)
{
    static const core::Json none = core::Json::object();
    return value.is_object() ? value : none;
}

inline bool contains(const core::Json &array, const core::Json &value)
{
    const core::Json &all = items(array);
    return std::find(all.begin(), all.end(), value) != all.end();
}

/// Null, empty, zero or false: what Go leaves out or writes for a value that nobody gave.
inline bool isUnset(const core::Json &value)
{
    if (value.is_null() || (value.is_structured() && value.empty())) {
        return true;
    }
    if (value.is_string()) {
        return value.get_ref<const std::string &>().empty();
    }
    if (value.is_boolean()) {
        return !value.get<bool>();
    }
    return value.is_number() && value == core::Json(0);
}

inline void setOrErase(core::Json &object, const char *key, core::Json value)
{
    if (value.empty()) {
        object.erase(key);
    } else {
        object[key] = std::move(value);
    }
}

inline bool flag(const core::Json &object, const char *key)
{
    const core::Json &value = core::memberOf(object, key);
    return value.is_boolean() && value.get<bool>();
}

/// A whole number, or `fallback` when the member is none.
inline qint64 integer(const core::Json &object, const char *key, qint64 fallback = 0)
{
    const core::Json &value = core::memberOf(object, key);
    return value.is_number_integer() ? value.get<qint64>() : fallback;
}

} // namespace dockerauto::domain
