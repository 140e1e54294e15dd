#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace dockerauto::core {

/// A value, or the reason why there is none. Functions that return it never throw.
template <class T = void>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorCode code, QString message, QString path = {})
{
    return Failure(Error{code, std::move(message), std::move(path), nullptr});
}

[[nodiscard]] inline Failure fail(Error error)
{
    return Failure(std::move(error));
}

} // namespace dockerauto::core

#define DOCKERAUTO_JOIN_EXPANDED(a, b) a##b
#define DOCKERAUTO_JOIN(a, b) DOCKERAUTO_JOIN_EXPANDED(a, b)

#define DOCKERAUTO_TRY_NAMED(tried, ...)                                                                     \
    do {                                                                                                     \
        if (auto tried = (__VA_ARGS__); !tried) {                                                            \
            return ::dockerauto::core::fail(std::move(tried.error()));                                       \
        }                                                                                                    \
    } while (false)

/// Leaves the calling function with the error of the expression, if it has one. May be nested by way of
/// lambdas.
#define DOCKERAUTO_TRY(...) DOCKERAUTO_TRY_NAMED(DOCKERAUTO_JOIN(dockerautoTried, __COUNTER__), __VA_ARGS__)

/// Declares `name` as the value of the expression, or leaves the calling function with its error.
#define DOCKERAUTO_TRY_ASSIGN(name, ...)                                                                     \
    auto name##Result = (__VA_ARGS__);                                                                       \
    if (!name##Result) {                                                                                     \
        return ::dockerauto::core::fail(std::move(name##Result.error()));                                    \
    }                                                                                                        \
    auto name = std::move(*name##Result)
