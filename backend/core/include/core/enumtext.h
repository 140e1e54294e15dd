#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace dockerauto::core {

/// Specialise with `static constexpr std::array names{std::pair{Enum::A, std::string_view("a")}, …};` to give
/// an enum the words it has in JSON, in the database and in logs.
template <class Enum>
struct EnumText;

template <class Enum>
concept NamedEnum = requires
{
    EnumText<Enum>::names;
};

template <NamedEnum Enum>
constexpr std::string_view toText(Enum value)
{
    for (const auto &[candidate, name] : EnumText<Enum>::names) {
        if (candidate == value) {
            return name;
        }
    }
    return {};
}

template <NamedEnum Enum>
constexpr std::optional<Enum> fromText(std::string_view text)
{
    for (const auto &[candidate, name] : EnumText<Enum>::names) {
        if (name == text) {
            return candidate;
        }
    }
    return std::nullopt;
}

} // namespace dockerauto::core
