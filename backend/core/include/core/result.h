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

/// Leaves the calling function with the error of `expression`, if it has one.
#define DOCKERAUTO_TRY(expression)                                                                           \
    do {                                                                                                     \
        if (auto dockerautoTried = (expression); !dockerautoTried) {                                         \
            return ::dockerauto::core::fail(std::move(dockerautoTried.error()));                             \
        }                                                                                                    \
    } while (false)

/// Declares `name` as the value of `expression`, or leaves the calling function with its error.
#define DOCKERAUTO_TRY_ASSIGN(name, expression)                                                              \
    auto name##Result = (expression);                                                                        \
    if (!name##Result) {                                                                                     \
        return ::dockerauto::core::fail(std::move(name##Result.error()));                                    \
    }                                                                                                        \
    auto name = std::move(*name##Result)
